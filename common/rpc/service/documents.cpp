// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/service/documents.h"

#include "common/client/document.h"
#include "common/rpc/error.h"

#include <algorithm>

namespace kith::rpc::service {

namespace {

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

QString stateName(const client::AccountView &account)
{
    switch (account.state) {
    case client::AccountState::signedOut:
        return QStringLiteral("signedOut");
    case client::AccountState::removed:
        return QStringLiteral("deviceRemoved");
    case client::AccountState::registering:
    case client::AccountState::registered:
        break;
    }
    return account.updateNeeded ? QStringLiteral("updateNeeded") : QStringLiteral("ready");
}

QString modeName(wire::RegistrationMode mode)
{
    switch (mode) {
    case wire::RegistrationMode::open:
        return QStringLiteral("open");
    case wire::RegistrationMode::invite:
        return QStringLiteral("invite");
    case wire::RegistrationMode::closed:
        return QStringLiteral("closed");
    }
    return QStringLiteral("closed");
}

QJsonObject targetDocument(const client::TargetState &target)
{
    QJsonObject result { { QStringLiteral("to"), text(target.to).left(256) },
                         { QStringLiteral("devices"), target.devices } };
    if (!target.mid.isNull())
        result.insert(QStringLiteral("mid"), text(target.mid.base32()));
    // An address that failed has no message; one that is held has both.
    const bool failed = target.failedReason && target.mid.isNull();
    result.insert(QStringLiteral("state"),
                  failed ? QStringLiteral("failed") : QString::fromLatin1(client::toString(target.state)));
    if (!target.failedReason)
        return result;
    const QString reason = text(*target.failedReason);
    const auto code = errorCodeNamed(reason);
    result.insert(QStringLiteral("error"),
                  QJsonObject { { QStringLiteral("code"), reason.left(32) },
                                { QStringLiteral("message"), reason.left(1024) },
                                { QStringLiteral("retryable"), code && rowOf(*code).retryable } });
    return result;
}

} // namespace

QJsonObject accountDocument(const client::AccountView &account)
{
    return { { QStringLiteral("schema"), 1 },
             { QStringLiteral("user"), text("@" + account.name) },
             { QStringLiteral("name"), text(account.displayName).left(256) },
             { QStringLiteral("about"), text(account.about).left(512) },
             { QStringLiteral("account"), text(account.account.hex()) },
             { QStringLiteral("device"), account.device },
             { QStringLiteral("server"), text(account.server) },
             { QStringLiteral("state"), stateName(account) },
             { QStringLiteral("createdAt"), client::timeText(account.created) } };
}

QJsonObject serverDocument(const client::ServerView &server, const QString &connection)
{
    QJsonObject result { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("url"), server.address.url },
                         { QStringLiteral("connection"), connection } };
    if (!server.address.pin.isEmpty())
        result.insert(QStringLiteral("pin"), text("sha256:" + toBase64Url(viewOf(server.address.pin))));
    if (server.serverId)
        result.insert(QStringLiteral("serverId"), text(server.serverId->hex()));
    if (server.registration)
        result.insert(QStringLiteral("registration"), modeName(*server.registration));
    return result;
}

QJsonArray deviceDocuments(const std::vector<client::DeviceView> &devices)
{
    QJsonArray items;
    for (const client::DeviceView &device : devices) {
        QJsonObject item { { QStringLiteral("schema"), 1 },
                           { QStringLiteral("number"), device.number },
                           { QStringLiteral("me"), device.me },
                           { QStringLiteral("primary"), device.primary },
                           { QStringLiteral("active"), !device.removed.has_value() },
                           { QStringLiteral("addedAt"), client::timeText(device.added) } };
        if (device.removed)
            item.insert(QStringLiteral("removedAt"), client::timeText(*device.removed));
        items.append(item);
    }
    return items;
}

QJsonObject requestDocument(const client::Request &request)
{
    const QString user = text("@" + request.contact.name);
    return { { QStringLiteral("schema"), 1 },
             { QStringLiteral("user"), user },
             { QStringLiteral("chat"), user },
             { QStringLiteral("name"), text(request.contact.displayName).left(256) },
             { QStringLiteral("messages"), static_cast<qint64>(request.messages) },
             { QStringLiteral("firstTs"), static_cast<qint64>(toMs(request.first)) },
             { QStringLiteral("text"), text(request.text) } };
}

QJsonObject sendDocument(const std::vector<client::TargetState> &targets, const QString &key)
{
    QJsonArray items;
    std::optional<Mid> mid;
    auto least = client::MessageState::read;
    for (const client::TargetState &target : targets) {
        items.append(targetDocument(target));
        if (target.mid.isNull())
            continue;
        mid = mid.value_or(target.mid);
        least = std::min(least, target.state);
    }
    return { { QStringLiteral("schema"), 1 },
             { QStringLiteral("mid"), text(mid.value_or(Mid {}).base32()) },
             { QStringLiteral("key"), key },
             { QStringLiteral("state"), mid ? QString::fromLatin1(client::toString(least)) : QStringLiteral("failed") },
             { QStringLiteral("targets"), items } };
}

} // namespace kith::rpc::service
