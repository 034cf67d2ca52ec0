// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/document.h"
#include "common/client/event_log.h"
#include "common/rpc/service/peer.h"
#include "common/rpc/service/service.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <limits>

namespace kith::rpc::service {

namespace {

/// A cursor parameter; its pattern was checked. Beyond what a cursor can be it means the end.
std::int64_t cursorOf(const QString &digits)
{
    bool fits = false;
    const qint64 cursor = digits.toLongLong(&fits);
    return fits ? cursor : std::numeric_limits<std::int64_t>::max();
}

/// Absent parameters keep what the consumer wanted last.
QJsonObject wantedBy(const Call &call, const std::string &remembered)
{
    QJsonObject wanted = QJsonDocument::fromJson(QByteArray::fromStdString(remembered)).object();
    for (const char *member : { "types", "chats", "from" }) {
        if (call.has(member))
            wanted.insert(QString::fromLatin1(member), call.params.value(QLatin1StringView(member)));
    }
    return wanted;
}

RpcResult<std::vector<AccountId>> accountsOf(client::Engine &engine, const QJsonArray &addresses)
{
    std::vector<AccountId> accounts;
    for (const QJsonValue &address : addresses) {
        KITH_ANSWER(const AccountId account, chatOf(engine, address.toString().toStdString()));
        accounts.push_back(account);
    }
    return accounts;
}

RpcResult<client::EventFilter> filterOf(client::Engine &engine, const QJsonObject &wanted)
{
    client::EventFilter filter;
    for (const QJsonValue &type : wanted.value(u"types").toArray())
        filter.types.push_back(type.toString().toStdString());
    KITH_TRY(filter.chats, accountsOf(engine, wanted.value(u"chats").toArray()));
    KITH_TRY(filter.from, accountsOf(engine, wanted.value(u"from").toArray()));
    return filter;
}

Reply subscribe(const Call &call)
{
    client::EventLog &log = call.engine->events();
    Subscription subscription;
    subscription.consumer = call.text("consumer");
    const std::string name = subscription.consumer.toStdString();
    std::string remembered = "{}";
    if (!name.empty()) {
        KITH_ANSWER(remembered, log.filterOf(name));
    }
    const QJsonObject wanted = wantedBy(call, remembered);
    KITH_TRY(subscription.filter, filterOf(*call.engine, wanted));
    KITH_ANSWER(const std::int64_t head, log.head());
    subscription.cursor = head;
    if (!name.empty()) {
        const std::string json = QJsonDocument(wanted).toJson(QJsonDocument::Compact).toStdString();
        KITH_ANSWER(const client::Consumer consumer, log.attach(name, json));
        subscription.cursor = consumer.acked;
    }
    if (call.has("since"))
        subscription.cursor = std::min(head, cursorOf(call.text("since")));
    KITH_ANSWER(const std::int64_t pending, log.pending(subscription.cursor, subscription.filter));
    const std::int64_t cursor = subscription.cursor;
    call.peer.subscription() = std::move(subscription);
    return QJsonObject { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("cursor"), QString::number(cursor) },
                         { QStringLiteral("head"), QString::number(head) },
                         { QStringLiteral("pending"), static_cast<qint64>(pending) } };
}

Reply ack(const Call &call)
{
    KITH_ANSWER(const client::Consumer consumer,
                call.engine->events().ack(call.utf8("consumer"), cursorOf(call.text("cursor"))));
    return QJsonObject { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("consumer"), QString::fromStdString(consumer.name) },
                         { QStringLiteral("cursor"), QString::number(consumer.acked) } };
}

RpcResult<QJsonObject> consumerDocument(Service &service, const Call &call, const client::Consumer &consumer)
{
    KITH_ANSWER(const std::string filter, call.engine->events().filterOf(consumer.name));
    QJsonObject result = QJsonDocument::fromJson(QByteArray::fromStdString(filter)).object();
    const QString name = QString::fromStdString(consumer.name);
    result.insert(QStringLiteral("schema"), 1);
    result.insert(QStringLiteral("name"), name);
    result.insert(QStringLiteral("cursor"), QString::number(consumer.acked));
    result.insert(QStringLiteral("lag"), static_cast<qint64>(consumer.lag));
    result.insert(QStringLiteral("connected"), service.isConnected(name));
    result.insert(QStringLiteral("lastSeenAt"), client::timeText(consumer.seen));
    return result;
}

Reply listConsumers(Service &service, const Call &call)
{
    KITH_ANSWER(const auto consumers, call.engine->events().consumers());
    QJsonArray items;
    for (const client::Consumer &consumer : consumers) {
        KITH_TRY(const QJsonObject item, consumerDocument(service, call, consumer));
        items.append(item);
    }
    return pageOf(call, items, "name");
}

Reply resetConsumer(Service &service, const Call &call)
{
    const QString to = call.text("to");
    const std::int64_t cursor = to == u"start" ? 0
        : to == u"end"                         ? std::numeric_limits<std::int64_t>::max()
                                               : cursorOf(to);
    KITH_ANSWER(const client::Consumer consumer, call.engine->events().reset(call.utf8("name"), cursor));
    service.moveConsumer(call.text("name"), consumer.acked);
    return consumerDocument(service, call, consumer);
}

Reply removeConsumer(const Call &call)
{
    KITH_ANSWER(const bool removed, call.engine->events().remove(call.utf8("name")));
    return QJsonObject { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("name"), call.text("name") },
                         { QStringLiteral("removed"), removed } };
}

} // namespace

void addEventMethods(Handlers &handlers, Service &service)
{
    handlers.insert(QStringLiteral("events.subscribe"), [](const Call &call) { return ready(subscribe(call)); });
    handlers.insert(QStringLiteral("events.ack"), [](const Call &call) { return ready(ack(call)); });
    handlers.insert(QStringLiteral("events.unsubscribe"), [](const Call &call) {
        call.peer.subscription().reset();
        return ready(QJsonObject { { QStringLiteral("schema"), 1 } });
    });
    handlers.insert(QStringLiteral("consumers.list"),
                    [&](const Call &call) { return ready(listConsumers(service, call)); });
    handlers.insert(QStringLiteral("consumers.reset"),
                    [&](const Call &call) { return ready(resetConsumer(service, call)); });
    handlers.insert(QStringLiteral("consumers.remove"), [](const Call &call) { return ready(removeConsumer(call)); });
}

} // namespace kith::rpc::service
