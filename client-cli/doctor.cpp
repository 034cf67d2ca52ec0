// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/commands.h"
#include "client-cli/report_bundle.h"
#include "client-cli/session.h"
#include "client-cli/version.h"

#include <QFileInfo>

#include <sys/stat.h>
#include <unistd.h>

namespace kith::cli {

namespace {

QJsonObject check(const QString &name, const char *result, const QString &message, const QString &fix = {})
{
    QJsonObject one { { QStringLiteral("name"), name },
                      { QStringLiteral("result"), QString::fromLatin1(result) },
                      { QStringLiteral("message"), message } };
    if (!fix.isEmpty())
        one.insert(QStringLiteral("fix"), fix);
    return one;
}

/// A folder that must be a real one, this user's, and closed to others.
QJsonObject checkFolder(const QString &name, const QString &path)
{
    struct stat info { };
    if (::lstat(QFile::encodeName(path).constData(), &info) != 0)
        return check(name, "warn", QStringLiteral("%1 does not exist").arg(path));
    if (!S_ISDIR(info.st_mode))
        return check(name, "fail", QStringLiteral("%1 is no folder").arg(path), QStringLiteral("move it away"));
    if (info.st_uid != ::geteuid())
        return check(name, "fail", QStringLiteral("%1 belongs to another user").arg(path), QStringLiteral("chown it"));
    if ((info.st_mode & 0077U) != 0)
        return check(name, "fail", QStringLiteral("%1 is open to others").arg(path),
                     QStringLiteral("chmod 700 %1").arg(path));
    return check(name, "ok", path);
}

/// What the front end can see by itself, with or without an agent.
QJsonArray ownChecks(Session &session)
{
    const rpc::ProfilePaths &paths = session.paths();
    QJsonArray checks { checkFolder(QStringLiteral("profile"), paths.dataDir),
                        checkFolder(QStringLiteral("runtime"), paths.runtimeDir) };
    const auto client = session.connection();
    if (!client) {
        checks.append(check(QStringLiteral("agent"), "fail", client.error().message, client.error().hint));
        return checks;
    }
    checks.append(check(QStringLiteral("agent"), "ok",
                        QStringLiteral("answers as %1").arg(session.hello().value(u"state").toString())));
    const QString version = session.hello().value(u"agent").toString();
    const bool isSame = version == versionText();
    checks.append(check(QStringLiteral("version"), isSame ? "ok" : "warn",
                        QStringLiteral("agent %1, kith %2").arg(version, versionText()),
                        isSame ? QString() : QStringLiteral("kith agent stop --idle")));
    return checks;
}

QString lineOf(const QJsonObject &one)
{
    const QString fix = one.value(u"fix").toString();
    return QStringLiteral("%1  %2: %3%4")
        .arg(one.value(u"result").toString(), -4)
        .arg(one.value(u"name").toString(), one.value(u"message").toString(),
             fix.isEmpty() ? QString() : QStringLiteral("\n      fix: ") + fix);
}

QJsonObject examine(Session &session)
{
    QJsonArray checks = ownChecks(session);
    const auto further = session.call("agent.doctor", {}, session.timeout(milliseconds { 60000 }));
    if (further) {
        for (const QJsonValue &one : further->value(u"checks").toArray())
            checks.append(one);
    }
    bool ok = further.ok();
    for (const QJsonValue &one : checks)
        ok = ok && one.toObject().value(u"result") != QJsonValue(QStringLiteral("fail"));
    return { { QStringLiteral("schema"), 1 }, { QStringLiteral("ok"), ok }, { QStringLiteral("checks"), checks } };
}

int runDoctor(Session &session, const Arguments &arguments)
{
    if (!session.paths().exists()) {
        const auto client = session.connection();
        return session.fail(client
                                ? rpc::RpcError { rpc::ErrorCode::unregistered, QStringLiteral("there is no profile") }
                                : client.error());
    }
    const QJsonObject report = examine(session);
    QStringList lines;
    for (const QJsonValue &one : report.value(u"checks").toArray())
        lines.append(lineOf(one.toObject()));
    session.out().sentence(report, lines.join(u'\n'));
    if (arguments.has("bundle")) {
        if (const auto written = writeBundle(session, report, arguments.value("bundle")); !written)
            return session.fail(written.error());
        session.out().hint(QStringLiteral("look through %1 before you give it away").arg(arguments.value("bundle")));
    }
    return report.value(u"ok").toBool() ? 0 : 1;
}

} // namespace

std::vector<Command> doctorCommands()
{
    return { { "doctor",
               "check the set-up and name each fix",
               Agent::existing,
               runDoctor,
               {},
               { { "--bundle", "F", "also write a report without names, addresses and paths, to give away",
                   Complete::file } },
               "doctor\ndoctor --bundle report.json" } };
}

} // namespace kith::cli
