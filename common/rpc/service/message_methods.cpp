// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/conversations.h"
#include "common/client/deletion.h"
#include "common/client/document.h"
#include "common/client/outbox.h"
#include "common/client/search.h"
#include "common/client/store/database.h"
#include "common/rpc/service/documents.h"
#include "common/rpc/service/service.h"

namespace kith::rpc::service {

namespace {

constexpr milliseconds longestWait { 24 * 3600 * 1000 };

Task<Reply> send(Service &service, const Call &call)
{
    if (call.has("expireS") || call.has("at") || call.has("mentions"))
        return ready(RpcError { ErrorCode::unsupported,
                                QStringLiteral("this version sends no timed, disappearing or mentioning messages") });
    client::Draft draft;
    for (const QJsonValue &to : call.params.value(u"to").toArray())
        draft.to.push_back(to.toString().toStdString());
    draft.text = call.utf8("text");
    if (call.has("replyTo")) {
        const auto parent = midOf(call.text("replyTo"));
        if (!parent)
            return ready(parent.error());
        draft.replyTo = *parent;
    }
    draft.clearDraft = call.flag("clearDraft").value_or(false);
    QString key = call.text("key");
    if (key.isEmpty()) {
        const auto random = service.host().world().random.id<Mid>();
        if (!random)
            return ready(RpcError(random.error()));
        key = QString::fromStdString(random->base32());
    }
    draft.key = key.toStdString();
    return call.engine->outbox()
        .send(std::move(draft))
        .map(&service, [key](const client::Answer<std::vector<client::TargetState>> &targets) -> Reply {
            if (!targets)
                return toRpc(targets.error());
            return sendDocument(*targets, key);
        });
}

client::MessageState stateNamed(const QString &name)
{
    for (const auto state :
         { client::MessageState::accepted, client::MessageState::delivered, client::MessageState::read }) {
        if (name == QLatin1StringView(client::toString(state)))
            return state;
    }
    return client::MessageState::queued;
}

Task<Reply> wait(Service &service, const Call &call)
{
    const auto mid = midOf(call.text("mid"));
    if (!mid)
        return ready(mid.error());
    const milliseconds timeout { call.params.value(u"timeoutMs").toInteger(30'000) };
    return call.engine->outbox()
        .wait(*mid, stateNamed(call.text("state")), std::min(timeout, longestWait))
        .map(&service, [mid = *mid](const client::Answer<client::WaitResult> &result) -> Reply {
            if (!result)
                return toRpc(result.error());
            const bool held = result->failedReason == client::toString(client::FailureCode::untrustedIdentity);
            const QString state = result->failedReason && !held && !result->reached
                ? QStringLiteral("failed")
                : QString::fromLatin1(client::toString(result->state));
            QJsonObject reply { { QStringLiteral("schema"), 1 },
                                { QStringLiteral("mid"), QString::fromStdString(mid.base32()) },
                                { QStringLiteral("state"), state },
                                { QStringLiteral("reached"), result->reached },
                                { QStringLiteral("devices"), result->devices } };
            if (result->failedReason)
                reply.insert(QStringLiteral("reason"), QString::fromStdString(*result->failedReason).left(64));
            return reply;
        });
}

client::Answer<client::MessagePage> readPage(const Call &call, const AccountId &chat, const std::optional<Mid> &anchor)
{
    const client::Conversations &conversations = call.engine->conversations();
    const int limit = call.limit();
    if (call.has("before"))
        return conversations.before(chat, *anchor, limit);
    if (call.has("after"))
        return conversations.after(chat, *anchor, limit);
    if (call.has("around"))
        return conversations.around(chat, *anchor, limit);
    return conversations.latest(chat, limit);
}

Reply listMessages(const Call &call)
{
    std::optional<Mid> anchor;
    for (const char *member : { "before", "after", "around" }) {
        if (!call.has(member))
            continue;
        if (anchor)
            return RpcError { ErrorCode::invalidParams, QStringLiteral("only one of before, after and around") };
        KITH_TRY(anchor, midOf(call.text(member)));
    }
    KITH_ANSWER(const AccountId chat, chatOf(*call.engine, call.utf8("chat")));
    KITH_ANSWER(const client::MessagePage page, readPage(call, chat, anchor));
    const client::Names names = namesOf(call);
    QJsonArray items;
    for (const client::Message &message : page.messages)
        items.append(client::messageDocument(message, names));
    return QJsonObject { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("items"), items },
                         { QStringLiteral("more"), page.more } };
}

Reply getMessage(const Call &call)
{
    KITH_TRY(const Mid mid, midOf(call.text("mid")));
    KITH_ANSWER(const client::Message message, call.engine->conversations().get(mid));
    return client::messageDocument(message, namesOf(call));
}

Reply messageInfo(const Call &call)
{
    KITH_TRY(const Mid mid, midOf(call.text("mid")));
    KITH_ANSWER(const client::MessageWay way, call.engine->conversations().info(mid));
    const client::Names names = namesOf(call);
    QJsonArray recipients;
    if (way.message.fromMe) {
        QJsonObject recipient { { QStringLiteral("user"), QString::fromStdString(names.user(way.message.chat)) },
                                { QStringLiteral("state"), QString::fromLatin1(client::shownState(way.message)) } };
        const auto put = [&](const char *name, const std::optional<WallTime> &time) {
            if (time)
                recipient.insert(QString::fromLatin1(name), client::timeText(*time));
        };
        put("acceptedAt", way.accepted);
        put("deliveredAt", way.delivered);
        put("readAt", way.read);
        if (way.message.failedReason)
            recipient.insert(QStringLiteral("reason"), QString::fromStdString(*way.message.failedReason).left(64));
        recipients.append(recipient);
    }
    return QJsonObject { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("message"), client::messageDocument(way.message, names) },
                         { QStringLiteral("recipients"), recipients } };
}

Reply retry(const Call &call)
{
    KITH_TRY(const Mid mid, midOf(call.text("mid")));
    KITH_ANSWER(const client::MessageState state, call.engine->outbox().retry(mid));
    return QJsonObject { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("mid"), QString::fromStdString(mid.base32()) },
                         { QStringLiteral("state"), QString::fromLatin1(client::toString(state)) } };
}

Reply cancel(const Call &call)
{
    KITH_TRY(const Mid mid, midOf(call.text("mid")));
    KITH_ANSWER(const bool cancelled, call.engine->outbox().cancel(mid));
    return QJsonObject { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("mid"), QString::fromStdString(mid.base32()) },
                         { QStringLiteral("cancelled"), cancelled } };
}

Reply deleteMessages(const Call &call)
{
    std::vector<Mid> mids;
    for (const QJsonValue &text : call.params.value(u"mids").toArray()) {
        KITH_TRY(const Mid mid, midOf(text.toString()));
        mids.push_back(mid);
    }
    KITH_ANSWER(const auto deleted, call.engine->deletion().remove(mids));
    QJsonArray gone;
    for (const Mid &mid : deleted)
        gone.append(QString::fromStdString(mid.base32()));
    return QJsonObject { { QStringLiteral("schema"), 1 }, { QStringLiteral("mids"), gone } };
}

QJsonObject hitDocument(const client::SearchHit &hit, const client::Names &names)
{
    QJsonArray ranges;
    for (const auto &range : hit.ranges)
        ranges.append(
            QJsonObject { { QStringLiteral("start"), range.start }, { QStringLiteral("len"), range.length } });
    return { { QStringLiteral("message"), client::messageDocument(hit.message, names) },
             { QStringLiteral("snippet"),
               QJsonObject { { QStringLiteral("text"), hit.snippet },
                             { QStringLiteral("ranges"), ranges },
                             { QStringLiteral("cutStart"), hit.cutStart },
                             { QStringLiteral("cutEnd"), hit.cutEnd } } } };
}

Reply search(const Call &call)
{
    std::optional<Mid> before;
    std::optional<AccountId> chat;
    if (call.has("before")) {
        KITH_TRY(before, midOf(call.text("before")));
    }
    if (call.has("chat")) {
        KITH_ANSWER(chat, chatOf(*call.engine, call.utf8("chat")));
    }
    const client::Search index(call.engine->database());
    KITH_ANSWER(const client::SearchPage page, index.find(call.text("query"), chat, before, call.limit()));
    const client::Names names = namesOf(call);
    QJsonArray items;
    for (const client::SearchHit &hit : page.hits)
        items.append(hitDocument(hit, names));
    return QJsonObject { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("items"), items },
                         { QStringLiteral("more"), page.more } };
}

} // namespace

void addMessageMethods(Handlers &handlers, Service &service)
{
    handlers.insert(QStringLiteral("send"), [&](const Call &call) { return send(service, call); });
    handlers.insert(QStringLiteral("messages.wait"), [&](const Call &call) { return wait(service, call); });
    handlers.insert(QStringLiteral("messages.list"), [](const Call &call) { return ready(listMessages(call)); });
    handlers.insert(QStringLiteral("messages.get"), [](const Call &call) { return ready(getMessage(call)); });
    handlers.insert(QStringLiteral("messages.info"), [](const Call &call) { return ready(messageInfo(call)); });
    handlers.insert(QStringLiteral("messages.retry"), [](const Call &call) { return ready(retry(call)); });
    handlers.insert(QStringLiteral("messages.search"), [](const Call &call) { return ready(search(call)); });
    handlers.insert(QStringLiteral("messages.delete"), [](const Call &call) { return ready(deleteMessages(call)); });
    handlers.insert(QStringLiteral("messages.cancel"), [](const Call &call) { return ready(cancel(call)); });
}

} // namespace kith::rpc::service
