// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/report_bundle.h"

#include "client-cli/version.h"
#include "common/base/durable_file.h"

#include <QFile>
#include <QSysInfo>
#include <QUrl>

namespace kith::cli {

using rpc::ErrorCode;
using rpc::RpcError;
using rpc::RpcResult;

namespace {

constexpr std::size_t logLimit = 8 * 1024 * 1024; // the agent turns its log over at 4 MiB
constexpr qsizetype logLines = 200;

/// What this profile knows that nobody else needs to.
QList<std::pair<QString, QString>> secretsOf(Session &session)
{
    const rpc::ProfilePaths &paths = session.paths();
    QList<std::pair<QString, QString>> secrets { { paths.dataDir, QStringLiteral("DATA") },
                                                 { paths.dataRoot, QStringLiteral("DATA") },
                                                 { paths.runtimeDir, QStringLiteral("RUN") },
                                                 { paths.socket, QStringLiteral("SOCKET") },
                                                 { paths.configFile, QStringLiteral("CONFIG") },
                                                 { session.environment().value(QStringLiteral("HOME")),
                                                   QStringLiteral("HOME") },
                                                 { QSysInfo::machineHostName(), QStringLiteral("HOST") } };
    const auto status = session.call("agent.status");
    if (!status)
        return secrets;
    const QString server = status->value(u"server").toString();
    secrets.append({ server, QStringLiteral("SERVER") });
    secrets.append({ QUrl(server).host(), QStringLiteral("SERVER") });
    secrets.append({ status->value(u"user").toString(), QStringLiteral("@USER") });
    if (paths.profile != u"default")
        secrets.append({ paths.profile, QStringLiteral("PROFILE") });
    return secrets;
}

QJsonArray redactedLog(const rpc::ProfilePaths &paths, const QList<std::pair<QString, QString>> &secrets)
{
    QJsonArray lines;
    const auto text = readWhole(QFile::encodeName(paths.logFile).toStdString(), logLimit);
    if (!text)
        return lines;
    const QList<QByteArray> all = text->split('\n');
    for (const QByteArray &line : all.mid(std::max<qsizetype>(0, all.size() - logLines)))
        lines.append(redacted(QString::fromUtf8(line), secrets));
    return lines;
}

} // namespace

QString redacted(QString text, QList<std::pair<QString, QString>> secrets)
{
    std::ranges::sort(secrets, [](const auto &a, const auto &b) { return a.first.size() > b.first.size(); });
    for (const auto &[secret, name] : secrets) {
        if (secret.size() > 1)
            text.replace(secret, name);
    }
    return text;
}

RpcResult<void> writeBundle(Session &session, const QJsonObject &report, const QString &file)
{
    const auto secrets = secretsOf(session);
    QJsonArray checks;
    for (const QJsonValue &value : report.value(u"checks").toArray()) {
        QJsonObject check = value.toObject();
        for (const char *member : { "message", "fix" }) {
            const QString name = QString::fromLatin1(member);
            if (check.contains(name))
                check.insert(name, redacted(check.value(name).toString(), secrets));
        }
        checks.append(check);
    }
    QJsonObject settings;
    for (const Setting &setting : session.settings().all())
        settings.insert(setting.name, redacted(setting.value, secrets));
    const QJsonObject bundle { { QStringLiteral("schema"), 1 },
                               { QStringLiteral("kith"), versionText() },
                               { QStringLiteral("agent"), session.hello().value(u"agent") },
                               { QStringLiteral("system"), QSysInfo::prettyProductName() },
                               { QStringLiteral("kernel"), QSysInfo::kernelVersion() },
                               { QStringLiteral("qt"), QString::fromLatin1(qVersion()) },
                               { QStringLiteral("ok"), report.value(u"ok") },
                               { QStringLiteral("checks"), checks },
                               { QStringLiteral("settings"), settings },
                               { QStringLiteral("log"), redactedLog(session.paths(), secrets) } };
    QFile out(file);
    if (!out.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return RpcError { ErrorCode::invalidParams, QStringLiteral("%1 cannot be made").arg(file),
                          QStringLiteral("name a file that does not exist yet") };
    out.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    if (out.write(QJsonDocument(bundle).toJson()) < 0 || !out.flush())
        return RpcError { ErrorCode::internal, QStringLiteral("%1 cannot be written").arg(file) };
    return {};
}

} // namespace kith::cli
