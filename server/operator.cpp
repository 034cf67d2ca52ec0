// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/operator.h"

#include "common/base/encoding.h"
#include "server/admin/admin_client.h"
#include "server/admin/config_values.h"
#include "server/admin/init.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

#include <cstdio>

namespace kith::server {

int exitOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::network:
    case ErrorCode::timeout:
        return 3;
    case ErrorCode::notFound:
        return 5;
    case ErrorCode::invalid:
    case ErrorCode::unsupported:
        return 2;
    case ErrorCode::permission:
    case ErrorCode::exists:
    case ErrorCode::conflict:
    case ErrorCode::tooLarge:
    case ErrorCode::untrusted:
        return 12;
    case ErrorCode::busy:
        return 9;
    case ErrorCode::locked:
    case ErrorCode::full:
    case ErrorCode::corrupt:
        return 11;
    case ErrorCode::io:
    case ErrorCode::cancelled:
    case ErrorCode::internal:
        return 1;
    }
    return 1;
}

void printJson(QJsonObject object)
{
    object.insert("schema", 1);
    std::puts(QJsonDocument(object).toJson(QJsonDocument::Compact).constData());
}

namespace {

/// Asks the running server; prints `text(answer)` or the answer itself as JSON.
template <class Text>
int ask(const OperatorOptions &options, const char *command, const QJsonObject &arguments, Text text)
{
    const auto config = admin::readConfig(options.sources);
    if (!config)
        return fail(config.error(), exitConfiguration, options.json);
    const auto answer = admin::callAdmin(admin::runtimeFolderOf(config->store.dataDir), command, arguments);
    if (!answer)
        return fail(answer.error(), exitOf(answer.error().code), options.json,
                    answer.error().code == ErrorCode::network ? "start it with: kith-server run, or name --data-dir"
                                                              : "");
    if (options.json)
        printJson(*answer);
    else
        std::fputs(qPrintable(text(*answer)), stdout);
    return 0;
}

} // namespace

int fail(const Error &error, int exit, bool json, const std::string &hint)
{
    if (json) {
        QJsonObject body { { "code", toString(error.code) },
                           { "message", QString::fromStdString(error.detail) },
                           { "exit", exit } };
        if (!hint.empty())
            body.insert("hint", QString::fromStdString(hint));
        const auto text =
            QJsonDocument(QJsonObject { { "schema", 1 }, { "error", body } }).toJson(QJsonDocument::Compact);
        std::fprintf(stderr, "%s\n", text.constData());
        return exit;
    }
    std::fprintf(stderr, "kith-server: %s\n", error.detail.c_str());
    if (!hint.empty())
        std::fprintf(stderr, "hint: %s\n", hint.c_str());
    return exit;
}

int initCommand(const OperatorOptions &options)
{
    admin::InitWish wish;
    if (!options.sources.file.empty())
        wish.configFile = options.sources.file;
    if (const auto dir = options.sources.options.find("store.data_dir"); dir != options.sources.options.end())
        wish.dataDir = dir->second;
    if (const auto listen = options.sources.options.find("listen.gateway"); listen != options.sources.options.end())
        wish.listen = listen->second;
    wish.hosts = options.hosts;
    wish.renew = options.renew;
    if (wish.hosts.empty())
        return fail({ ErrorCode::invalid, "--host is missing: the name or address that clients will use" }, 2,
                    options.json);
    const auto endpoint = admin::parseEndpoint(wish.listen);
    SystemRandom random;
    const auto done = admin::initServer(wish, random);
    if (!done || !endpoint)
        return fail(done ? endpoint.error() : done.error(), exitOf((done ? endpoint.error() : done.error()).code),
                    options.json);
    const auto pin = "sha256:" + toBase64Url(viewOf(done->pin));
    const auto address = QStringLiteral("kith://server?host=%1:%2&pin=%3")
                             .arg(QString::fromStdString(wish.hosts.front()))
                             .arg(endpoint->port)
                             .arg(QString::fromStdString(pin));
    if (options.json) {
        printJson({ { "address", address }, { "config", QString::fromStdString(wish.configFile) } });
        return 0;
    }
    if (wish.renew)
        std::printf("wrote %s for the key that was there\n", done->certificateFile.c_str());
    else
        std::printf("wrote %s, %s and %s\n", wish.configFile.c_str(), done->certificateFile.c_str(),
                    done->keyFile.c_str());
    std::puts(qPrintable(address));
    return 0;
}

int configCheck(const OperatorOptions &options)
{
    const auto config = admin::readConfig(options.sources);
    if (!config)
        return fail(config.error(), exitConfiguration, options.json);
    if (options.json)
        printJson({ { "ok", true } });
    else
        std::puts("ok");
    return 0;
}

int configShow(const OperatorOptions &options)
{
    const auto config = admin::readConfig(options.sources);
    if (!config)
        return fail(config.error(), exitConfiguration, options.json);
    if (!options.json) {
        std::fputs(admin::describeConfig(*config).c_str(), stdout);
        return 0;
    }
    QJsonObject keys;
    for (const auto &key : admin::configKeys()) {
        const std::string name(key.name);
        keys.insert(QString::fromStdString(name),
                    QJsonObject { { "value", QString::fromStdString(key.show(*config)) },
                                  { "origin", QString::fromStdString(config->origins.at(name)) },
                                  { "reloads", key.reloads } });
    }
    printJson({ { "keys", keys } });
    return 0;
}

int configDefault()
{
    std::fputs(admin::defaultConfigText().c_str(), stdout);
    return 0;
}

int inviteCreate(const OperatorOptions &options)
{
    QJsonObject arguments { { "uses", options.uses } };
    if (!options.expires.empty()) {
        const auto span = admin::parseSpan(options.expires);
        if (!span)
            return fail(span.error(), 2, options.json);
        arguments.insert("expires_seconds", static_cast<double>(span->count()) / 1'000);
    }
    return ask(options, "invite/create", arguments,
               [](const QJsonObject &answer) { return answer.value("token").toString() + '\n'; });
}

int inviteList(const OperatorOptions &options)
{
    return ask(options, "invite/list", {}, [](const QJsonObject &answer) {
        QString text;
        for (const auto &value : answer.value("invites").toArray()) {
            const QJsonObject invite = value.toObject();
            text += QStringLiteral("%1\t%2\t%3\t%4\n")
                        .arg(invite["token"].toString(), QString::number(invite["uses_left"].toInt()),
                             invite["expires"].toString(), invite["revoked"].toBool() ? "revoked" : "valid");
        }
        return text;
    });
}

int inviteRevoke(const OperatorOptions &options)
{
    return ask(options, "invite/revoke", { { "token", QString::fromStdString(options.word) } },
               [](const QJsonObject &) { return QStringLiteral("revoked\n"); });
}

int userList(const OperatorOptions &options)
{
    return ask(options, "user/list", { { "after", QString::fromStdString(options.word) } },
               [](const QJsonObject &answer) {
                   QString text;
                   for (const auto &value : answer.value("users").toArray()) {
                       const QJsonObject user = value.toObject();
                       text += user.value("name").toString() + u'\t' + user.value("created").toString() + u'\n';
                   }
                   return text;
               });
}

int userDelete(const OperatorOptions &options)
{
    return ask(options, "user/delete", { { "name", QString::fromStdString(options.word) } },
               [](const QJsonObject &receipt) {
                   return QString::fromUtf8(QJsonDocument(receipt).toJson(QJsonDocument::Indented));
               });
}

} // namespace kith::server
