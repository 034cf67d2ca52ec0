// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/agent/desktop_keyring.h"

#include "common/base/timers.h"

#include <qt6keychain/keychain.h>

#include <memory>

namespace kith::agent {

namespace {

constexpr milliseconds longestWait { 10'000 };

Error toError(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return { ErrorCode::notFound, "the keyring does not hold this profile's secret" };
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return { ErrorCode::permission, "the keyring refused" };
    default:
        return { ErrorCode::unsupported, "no keyring answers" };
    }
}

/// Runs a job; `finish` makes its result. The task comes once, from the job or from the deadline.
template <class T, class Finish>
Task<Result<T>> run(QObject *context, QKeychain::Job *job, const std::string &name, Finish finish)
{
    struct Wait { // shared by the job's signal and the deadline
        Promise<Result<T>> promise;
        QtTimers timers;
        Timer deadline;
    };
    auto wait = std::make_shared<Wait>();
    auto task = wait->promise.task();
    job->setKey(QString::fromStdString(name));
    job->setInsecureFallback(false);
    job->setAutoDelete(true);
    QObject::connect(job, &QKeychain::Job::finished, context, [wait, finish](QKeychain::Job *done) {
        if (wait->promise.isDone())
            return;
        wait->deadline.cancel();
        wait->promise.complete(finish(*done));
    });
    wait->deadline = wait->timers.after(longestWait, [weak = std::weak_ptr<Wait>(wait)] {
        const auto late = weak.lock();
        if (late && !late->promise.isDone())
            late->promise.complete(Error { ErrorCode::unsupported, "the keyring did not answer" });
    });
    job->start();
    return task;
}

Result<void> done(const QKeychain::Job &job)
{
    if (job.error() == QKeychain::NoError)
        return {};
    return toError(job);
}

} // namespace

Task<Result<SecretBytes>> DesktopKeyring::read(const std::string &name)
{
    auto *job = new QKeychain::ReadPasswordJob(QStringLiteral("kith"));
    return run<SecretBytes>(this, job, name, [](QKeychain::Job &finished) -> Result<SecretBytes> {
        KITH_CHECK(done(finished));
        QByteArray data = static_cast<QKeychain::ReadPasswordJob &>(finished).binaryData();
        SecretBytes secret(viewOf(data));
        wipe({ reinterpret_cast<std::uint8_t *>(data.data()), static_cast<std::size_t>(data.size()) });
        return secret;
    });
}

Task<Result<void>> DesktopKeyring::write(const std::string &name, const SecretBytes &secret)
{
    auto *job = new QKeychain::WritePasswordJob(QStringLiteral("kith"));
    job->setBinaryData(toByteArray(secret.view()));
    return run<void>(this, job, name, [](const QKeychain::Job &finished) { return done(finished); });
}

Task<Result<void>> DesktopKeyring::remove(const std::string &name)
{
    auto *job = new QKeychain::DeletePasswordJob(QStringLiteral("kith"));
    return run<void>(this, job, name, [](const QKeychain::Job &finished) -> Result<void> {
        if (finished.error() == QKeychain::EntryNotFound)
            return {};
        return done(finished);
    });
}

} // namespace kith::agent
