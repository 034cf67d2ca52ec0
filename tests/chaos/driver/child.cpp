// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/driver/child.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <csignal>

namespace kith::chaos {

QProcessEnvironment cleanEnvironment()
{
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const auto &name : environment.keys()) {
        if (name.startsWith("KITH_") || name.startsWith("XDG_") || name == "FAILPOINT" || name == "LD_PRELOAD")
            environment.remove(name);
    }
    environment.insert("QT_NO_GLIB", "1");
    return environment;
}

Child::~Child()
{
    onDeath = nullptr;
    if (!isRunning())
        return;
    signal(SIGCONT);
    process_->kill();
    process_->waitForFinished(10'000);
}

void Child::start(const QStringList &arguments, const QProcessEnvironment &environment)
{
    if (process_)
        process_.release()->deleteLater(); // it may be telling its end right now
    process_ = std::make_unique<QProcess>();
    process_->setProcessEnvironment(environment);
    process_->setStandardErrorFile(errorFile_, QIODevice::Append);
    errorsBefore_ = QFileInfo(errorFile_).size();
    connect(process_.get(), &QProcess::readyReadStandardOutput, this, [this] {
        while (process_->canReadLine()) {
            const auto object = QJsonDocument::fromJson(process_->readLine()).object();
            if (onLine && !object.isEmpty())
                onLine(object);
        }
    });
    connect(process_.get(), &QProcess::finished, this,
            [this](int code, QProcess::ExitStatus status) { ended(code, status == QProcess::CrashExit); });
    connect(process_.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            qFatal("%s does not start", qPrintable(program_));
    });
    process_->start(program_, arguments);
}

void Child::say(const QByteArray &line)
{
    if (isRunning())
        process_->write(line + '\n');
}

void Child::signal(int number) const
{
    if (isRunning() && pid() > 0)
        ::kill(static_cast<pid_t>(pid()), number);
}

void Child::ended(int code, bool crashed)
{
    Death death { crashed && code == SIGKILL, code, {} };
    QFile file(errorFile_);
    if (file.open(QIODevice::ReadOnly) && file.seek(std::max(errorsBefore_, file.size() - 200))) {
        const auto words = QString::fromUtf8(file.readAll()).trimmed();
        const auto last = words.mid(words.lastIndexOf('\n') + 1);
        if (death.killed && last.startsWith("failpoint "))
            death.point = last.mid(10);
    }
    if (onDeath)
        onDeath(death);
}

} // namespace kith::chaos
