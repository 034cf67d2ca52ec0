// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/service/doctor.h"

#include "common/client/connection.h"
#include "common/client/store/database.h"
#include "common/rpc/service/service.h"

#include <QJsonArray>

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace kith::rpc::service {

namespace {

constexpr std::int64_t enoughPreKeys = 25;
constexpr std::uint64_t littleDisk = std::uint64_t { 64 } * 1024 * 1024;
constexpr std::uint64_t muchTooLittleDisk = std::uint64_t { 8 } * 1024 * 1024;
constexpr milliseconds longInOutbox { 10 * 60 * 1000 };
constexpr milliseconds skewed { 30 * 1000 }; // cli 6
constexpr milliseconds muchSkewed { 5 * 60 * 1000 };

enum class Outcome { ok, warn, fail };

/// The checks of one examination, in order.
class Findings {
public:
    void add(const char *name, Outcome outcome, const QString &message, const QString &fix = {})
    {
        static constexpr const char *names[] = { "ok", "warn", "fail" };
        QJsonObject check { { QStringLiteral("name"), QString::fromLatin1(name) },
                            { QStringLiteral("result"), QString::fromLatin1(names[static_cast<int>(outcome)]) },
                            { QStringLiteral("message"), message.left(1024) } };
        if (outcome != Outcome::ok && !fix.isEmpty())
            check.insert(QStringLiteral("fix"), fix);
        isGood_ = isGood_ && outcome != Outcome::fail;
        checks_.append(check);
    }
    QJsonObject document() const
    {
        return { { QStringLiteral("schema"), 1 },
                 { QStringLiteral("ok"), isGood_ },
                 { QStringLiteral("checks"), checks_ } };
    }

private:
    QJsonArray checks_;
    bool isGood_ = true;
};

void checkFile(Findings &findings, const char *name, const std::string &path)
{
    struct stat info { };
    const QString shown = QString::fromStdString(path);
    if (::lstat(path.c_str(), &info) != 0)
        return findings.add(name, Outcome::fail, QStringLiteral("%1 is missing").arg(shown),
                            QStringLiteral("restore the profile from a backup"));
    if (info.st_uid != ::geteuid())
        return findings.add(name, Outcome::fail, QStringLiteral("%1 belongs to another user").arg(shown),
                            QStringLiteral("chown it to yourself"));
    if ((info.st_mode & 0077U) != 0)
        return findings.add(name, Outcome::fail, QStringLiteral("%1 is open to others").arg(shown),
                            QStringLiteral("chmod go= %1").arg(shown));
    findings.add(name, Outcome::ok, QStringLiteral("%1 is yours alone").arg(shown));
}

void checkDisk(Findings &findings, const std::string &folder)
{
    struct statvfs info { };
    if (::statvfs(folder.c_str(), &info) != 0)
        return findings.add("disk", Outcome::warn, QStringLiteral("the free space is unknown"));
    const std::uint64_t bytes = static_cast<std::uint64_t>(info.f_bavail) * info.f_frsize;
    const Outcome outcome = bytes < muchTooLittleDisk ? Outcome::fail
        : bytes < littleDisk                          ? Outcome::warn
                                                      : Outcome::ok;
    findings.add("disk", outcome, QStringLiteral("%1 MiB are free").arg(bytes / (1024 * 1024)),
                 QStringLiteral("free some disk space"));
}

void checkSlots(Findings &findings, const client::Profile &profile)
{
    const auto count = profile.slotList().size();
    findings.add("slots", count >= 2 ? Outcome::ok : Outcome::warn,
                 QStringLiteral("%1 key slots open the profile").arg(count),
                 QStringLiteral("add a second one, so that losing the first does not lose your messages"));
}

void checkStore(Findings &findings, client::store::Database &database)
{
    const auto problems = database.check();
    const bool sound = problems && problems->empty();
    findings.add("database", sound ? Outcome::ok : Outcome::fail,
                 sound ? QStringLiteral("the database is whole")
                       : QString::fromStdString(problems ? problems->front() : problems.error().detail),
                 QStringLiteral("restore the profile from a backup"));
    const auto preKeys = database.crypto().preKeys.count();
    const std::int64_t count = preKeys ? *preKeys : 0;
    findings.add("prekeys", count >= enoughPreKeys ? Outcome::ok : Outcome::warn,
                 QStringLiteral("%1 one-time keys are ready").arg(count),
                 QStringLiteral("stay connected for a minute: more are made by themselves"));
}

void checkOutbox(Findings &findings, client::store::Database &database, WallTime now)
{
    const auto oldest = database.outbox().oldest();
    if (!oldest)
        return findings.add("outbox", Outcome::fail, QString::fromStdString(oldest.error().detail));
    if (!*oldest)
        return findings.add("outbox", Outcome::ok, QStringLiteral("nothing waits to be sent"));
    const milliseconds age = now - **oldest;
    findings.add("outbox", age > longInOutbox ? Outcome::warn : Outcome::ok,
                 QStringLiteral("the oldest unsent message waits for %1 s").arg(age.count() / 1000),
                 QStringLiteral("look at the checks of the server and the identity of its recipient"));
}

void checkDevice(Findings &findings, client::Engine &engine)
{
    const auto devices = engine.account().devices();
    const bool listed = devices
        && std::ranges::any_of(*devices, [](const client::DeviceView &device) { return device.me && !device.removed; });
    findings.add("device", listed ? Outcome::ok : Outcome::fail,
                 listed ? QStringLiteral("this device is in the account's signed list")
                        : QStringLiteral("this device is not in the account's signed list"),
                 QStringLiteral("register again, in a new profile"));
    const auto account = engine.account().show();
    if (account && account->state != client::AccountState::registered)
        findings.add("account", Outcome::fail, QStringLiteral("the account is signed out"),
                     QStringLiteral("register again, in a new profile"));
    else if (account)
        findings.add("account", account->updateNeeded ? Outcome::fail : Outcome::ok,
                     account->updateNeeded ? QStringLiteral("the server needs a newer Kith")
                                           : QString::fromStdString("@" + account->name + " is signed in"),
                     QStringLiteral("update Kith"));
}

void checkClock(Findings &findings, const client::Connection &connection)
{
    const auto ahead = connection.serverAhead();
    if (!ahead)
        return findings.add("clock", Outcome::warn, QStringLiteral("no server has told its time yet"),
                            QStringLiteral("connect once, then ask again"));
    const milliseconds skew = std::chrono::abs(*ahead);
    const Outcome outcome = skew > muchSkewed ? Outcome::fail : skew > skewed ? Outcome::warn : Outcome::ok;
    findings.add("clock", outcome,
                 outcome == Outcome::ok
                     ? QStringLiteral("this clock and the server's agree")
                     : QStringLiteral("this clock is %1 s %2 the server's")
                           .arg(skew.count() / 1000)
                           .arg(*ahead > milliseconds { 0 } ? QStringLiteral("behind") : QStringLiteral("ahead of")),
                 QStringLiteral("set this machine's time, best by NTP: timedatectl set-ntp true"));
}

void checkServer(Findings &findings, client::Engine &engine, const client::Answer<client::PingResult> &pong)
{
    const auto server = engine.account().server();
    if (!pong) {
        const QString why = QString::fromStdString(pong.error().detail);
        const bool untrusted = pong.error().code == client::FailureCode::untrustedIdentity;
        findings.add("server", Outcome::fail, why.isEmpty() ? QStringLiteral("the server cannot be reached") : why,
                     untrusted ? QStringLiteral("ask the operator for the server's address and pin; kith server set")
                               : QStringLiteral("check the network and the address: kith server show"));
        return;
    }
    findings.add("server", Outcome::ok,
                 QStringLiteral("%1 answers in %2 ms").arg(QString::fromStdString(pong->url)).arg(pong->time.count()));
    const bool plain = server && server->address.url.startsWith(u"ws://");
    const bool pinned = server && !server->address.pin.isEmpty();
    findings.add("tls", Outcome::ok,
                 plain        ? QStringLiteral("ws:// on this machine: not encrypted, and nobody is in between")
                     : pinned ? QStringLiteral("the server is the one that was pinned")
                              : QStringLiteral("the system's certificate authorities vouch for the server"));
}

void checkOnline(Findings &findings, client::Engine &engine, const client::Answer<client::PingResult> &pong)
{
    checkServer(findings, engine, pong);
    checkClock(findings, engine.connection());
}

void checkWithoutEngine(Findings &findings, Host &host)
{
    if (host.trouble())
        findings.add("database", Outcome::fail, QString::fromStdString(host.trouble()->detail),
                     QString::fromStdString(host.trouble()->hint));
    else
        findings.add(
            "store", Outcome::warn, QStringLiteral("the profile is %1").arg(QLatin1StringView(toString(host.state()))),
            host.state() == HostState::locked ? QStringLiteral("kith agent unlock") : QStringLiteral("kith register"));
}

} // namespace

Task<Reply> examine(Service &service)
{
    Host &host = service.host();
    const auto findings = std::make_shared<Findings>(); // shared with the continuation
    client::Profile &profile = host.profile();
    checkFile(*findings, "socket", service.options().socket.toStdString());
    if (profile.exists()) {
        checkFile(*findings, "folder", profile.folder());
        checkFile(*findings, "keyslots", profile.slotsPath());
        checkFile(*findings, "databaseFile", profile.databasePath());
        checkDisk(*findings, profile.folder());
        checkSlots(*findings, profile);
    }
    client::Engine *engine = host.engine();
    if (!engine || host.state() != HostState::ready) {
        checkWithoutEngine(*findings, host);
        return ready(findings->document());
    }
    checkStore(*findings, engine->database());
    checkOutbox(*findings, engine->database(), host.world().clock.now());
    checkDevice(*findings, *engine);
    return engine->account().ping().map(&service,
                                        [&host, findings](const client::Answer<client::PingResult> &pong) -> Reply {
                                            if (host.engine())
                                                checkOnline(*findings, *host.engine(), pong);
                                            return findings->document();
                                        });
}

} // namespace kith::rpc::service
