// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/encoding.h"
#include "common/client/connection.h"
#include "common/client/server_check.h"
#include "common/rpc/service/documents.h"
#include "common/rpc/service/service.h"
#include "common/rpc/service/slot_params.h"

namespace kith::rpc::service {

namespace {

Reply accountReply(const client::Answer<client::AccountView> &account)
{
    if (!account)
        return toRpc(account.error());
    return accountDocument(*account);
}

RpcResult<net::ServerAddress> addressOf(const Call &call)
{
    auto address = net::ServerAddress::parse(call.text("server"), call.text("pin"));
    if (!address)
        return RpcError { ErrorCode::invalidParams, QString::fromStdString(address.error().detail) };
    return std::move(*address);
}

Task<Reply> registerAccount(Service &service, const Call &call)
{
    auto slot = slotOf(call.params.value(u"unlock").toObject(), "kind");
    if (!slot)
        return ready(slot.error());
    const auto address = addressOf(call);
    if (!address)
        return ready(address.error());
    if (!call.has("user"))
        return ready(RpcError { ErrorCode::invalidParams, QStringLiteral("the user name is missing") });
    client::Account::Registration wish;
    wish.name = call.utf8("user");
    wish.server = *address;
    wish.invite = call.utf8("invite");
    wish.displayName = call.utf8("name");
    return service.host().registerAccount(std::move(*slot), std::move(wish)).map(&service, accountReply);
}

Task<Reply> deleteAccount(Service &service, const Call &call)
{
    const auto account = call.engine->account().show();
    if (!account)
        return ready(toRpc(account.error()));
    const QString user = QString::fromStdString("@" + account->name);
    const QString typed = call.text("confirm");
    if (typed != user && u'@' + typed != user)
        return ready(RpcError { ErrorCode::invalidParams, QStringLiteral("the own user name was not confirmed") });
    return service.host().deleteAccount().map(&service, [user](const client::Answer<void> &deleted) -> Reply {
        if (!deleted)
            return toRpc(deleted.error());
        return QJsonObject { { QStringLiteral("schema"), 1 },
                             { QStringLiteral("user"), user },
                             { QStringLiteral("deleted"), true } };
    });
}

Reply setAccount(const Call &call)
{
    const auto given = [&](const char *name) { return call.has(name) ? std::optional(call.utf8(name)) : std::nullopt; };
    return accountReply(call.engine->account().set(given("name"), given("about")));
}

Reply limits(const Call &call)
{
    QJsonObject result;
    if (const auto &hello = call.engine->connection().serverHello()) {
        const auto put = [&](const char *name, std::uint64_t value) {
            result.insert(QString::fromLatin1(name), static_cast<qint64>(value));
        };
        put("frameBytes", hello->limits.frameBytes);
        put("contentBytes", hello->limits.contentBytes);
        put("textBytes", hello->limits.textBytes);
        put("devices", hello->limits.devices);
        put("queueMessages", hello->limits.queueMessages);
    }
    return QJsonObject { { QStringLiteral("schema"), 1 }, { QStringLiteral("limits"), result } };
}

Reply privacy(const Call &call)
{
    KITH_ANSWER(const bool receipts, call.engine->account().readReceipts());
    KITH_ANSWER(const bool strict, call.engine->account().strictTrust());
    return QJsonObject { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("receipts"), receipts },
                         { QStringLiteral("trust"), strict ? QStringLiteral("strict") : QStringLiteral("firstUse") } };
}

Reply setPrivacy(const Call &call)
{
    if (call.has("receipts")) {
        if (const auto set = call.engine->account().setReadReceipts(call.params.value(u"receipts").toBool()); !set)
            return toRpc(set.error());
    }
    if (call.has("trust")) {
        if (const auto set = call.engine->account().setStrictTrust(call.params.value(u"trust").toString() == u"strict");
            !set)
            return toRpc(set.error());
    }
    return privacy(call);
}

Reply serverReply(const Call &call, const client::Answer<client::ServerView> &server)
{
    if (!server)
        return toRpc(server.error());
    return serverDocument(*server, QString::fromLatin1(client::toString(call.engine->connection().state())));
}

Reply setServer(const Call &call)
{
    KITH_TRY(const auto address, addressOf(call));
    return serverReply(call, call.engine->account().setServer(address));
}

QJsonObject reportDocument(const client::ServerReport &report)
{
    QJsonObject result = serverDocument({ report.address, report.hello.serverId, report.hello.registration }, {});
    result.remove(QStringLiteral("connection"));
    result.insert(QStringLiteral("lab"), report.hello.lab);
    result.insert(QStringLiteral("protocol"), static_cast<qint64>(report.hello.version));
    result.insert(QStringLiteral("ms"), static_cast<qint64>(report.time.count()));
    result.insert(QStringLiteral("skewMs"), static_cast<qint64>(report.ahead.count()));
    if (!report.certificate.isEmpty())
        result.insert(QStringLiteral("certificate"),
                      QString::fromStdString("sha256:" + toBase64Url(viewOf(report.certificate))));
    return result;
}

Task<Reply> checkServer(Service &service, const Call &call)
{
    auto address = addressOf(call);
    if (!address)
        return ready(address.error());
    auto *check = new client::ServerCheck(service.host().world(), std::move(*address), &service); // deletes itself
    return check->run().map(&service, [](const client::Answer<client::ServerReport> &report) -> Reply {
        if (!report)
            return toRpc(report.error());
        return reportDocument(*report);
    });
}

Task<Reply> ping(Service &service, const Call &call)
{
    return call.engine->account().ping().map(&service, [](const client::Answer<client::PingResult> &pong) -> Reply {
        if (!pong)
            return toRpc(pong.error());
        return QJsonObject { { QStringLiteral("schema"), 1 },
                             { QStringLiteral("url"), QString::fromStdString(pong->url) },
                             { QStringLiteral("ms"), static_cast<qint64>(pong->time.count()) },
                             { QStringLiteral("serverId"), QString::fromStdString(pong->serverId.hex()) } };
    });
}

} // namespace

void addAccountMethods(Handlers &handlers, Service &service)
{
    handlers.insert(QStringLiteral("account.register"),
                    [&](const Call &call) { return registerAccount(service, call); });
    handlers.insert(QStringLiteral("account.show"),
                    [](const Call &call) { return ready(accountReply(call.engine->account().show())); });
    handlers.insert(QStringLiteral("account.set"), [](const Call &call) { return ready(setAccount(call)); });
    handlers.insert(QStringLiteral("account.delete"), [&](const Call &call) { return deleteAccount(service, call); });
    handlers.insert(QStringLiteral("account.limits"), [](const Call &call) { return ready(limits(call)); });
    handlers.insert(QStringLiteral("privacy.get"), [](const Call &call) { return ready(privacy(call)); });
    handlers.insert(QStringLiteral("privacy.set"), [](const Call &call) { return ready(setPrivacy(call)); });
    handlers.insert(QStringLiteral("server.show"),
                    [](const Call &call) { return ready(serverReply(call, call.engine->account().server())); });
    handlers.insert(QStringLiteral("server.set"), [](const Call &call) { return ready(setServer(call)); });
    handlers.insert(QStringLiteral("server.check"), [&](const Call &call) { return checkServer(service, call); });
    handlers.insert(QStringLiteral("server.ping"), [&](const Call &call) { return ping(service, call); });
}

} // namespace kith::rpc::service
