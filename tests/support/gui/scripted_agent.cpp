// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gui/scripted_agent.h"

#include <algorithm>

namespace kith::test {

namespace {

rpc::RpcError notFound()
{
    return { rpc::ErrorCode::notFound, "there is no such thing" };
}

QJsonObject page(QJsonArray items, bool more)
{
    return { { "schema", 1 }, { "items", items }, { "more", more } };
}

} // namespace

ScriptedAgent::ScriptedAgent()
    : agent_(std::make_unique<FakeAgent>(folder_.filePath("agent.sock"),
                                         Documents(KITH_SOURCE_DIR "/tests/data/json/documents.json")))
{
    answerChats();
    answerRest();
}

void ScriptedAgent::answerRest()
{
    agent_->answer("hello", [this](const QJsonObject &) {
        return QJsonValue(QJsonObject {
            { "api", 1 },
            { "minor", 1 },
            { "agent", "0.1.0" },
            { "profile", "default" },
            { "state", state_ },
            { "features", QJsonArray { "chatSettings", "drafts", "search", "deleteForMe", "recovery", "serverCheck" } },
            { "limits", QJsonObject {} } });
    });
    agent_->answer("events.subscribe", [this](const QJsonObject &) {
        const QString at = QString::number(cursor_);
        return QJsonValue(QJsonObject { { "schema", 1 }, { "cursor", at }, { "head", at }, { "pending", 0 } });
    });
    agent_->answer("account.show", [](const QJsonObject &) {
        return QJsonValue(QJsonObject { { "schema", 1 },
                                        { "user", "@mei" },
                                        { "name", "Mei Tanaka" },
                                        { "about", "" },
                                        { "account", QString(32, 'a') },
                                        { "device", 1 },
                                        { "server", "ws://127.0.0.1:8480" },
                                        { "state", "ready" } });
    });
    agent_->answer("account.limits", [](const QJsonObject &) {
        return QJsonValue(QJsonObject { { "schema", 1 }, { "limits", QJsonObject { { "textBytes", 8192 } } } });
    });
    agent_->answer("agent.status", [this](const QJsonObject &) {
        return QJsonValue(QJsonObject { { "schema", 1 }, { "connection", connection_ }, { "state", state_ } });
    });
    agent_->answer("safety.show", [](const QJsonObject &params) {
        return QJsonValue(QJsonObject { { "schema", 1 },
                                        { "user", params["user"] },
                                        { "digits", QString("12345678901234567890").repeated(3) },
                                        { "qr", "kith-safety:1:demo" },
                                        { "state", "tofu" } });
    });
    agent_->answer("server.check", [](const QJsonObject &params) -> rpc::RpcResult<QJsonValue> {
        if (!params["server"].toString().contains("127.0.0.1"))
            return rpc::RpcError { rpc::ErrorCode::network, "connection refused" };
        return QJsonValue(QJsonObject { { "schema", 1 }, { "url", params["server"] }, { "registration", "open" } });
    });
    agent_->answer("account.available", [](const QJsonObject &params) {
        const bool isFree = params["user"] != "taken";
        return QJsonValue(QJsonObject { { "schema", 1 },
                                        { "user", params["user"] },
                                        { "available", isFree },
                                        { "reason", isFree ? QJsonValue() : QJsonValue("taken") } });
    });
    agent_->answer("recovery.create", [](const QJsonObject &) {
        return QJsonValue(
            QJsonObject { { "schema", 1 }, { "recoveryKey", "7K4M-Q2XA-90ZD-RT5V-3HNB-8WEC-J6PY-1SGF" } });
    });
}

void ScriptedAgent::answerChats()
{
    agent_->answer("chats.list", [this](const QJsonObject &params) {
        QJsonArray items;
        for (const auto &[chat, document] : chats_)
            items.append(chatDocument(chat));
        const int limit = params["limit"].toInt(50);
        int from = 0;
        for (int i = 0; i < items.size(); ++i)
            if (params.contains("after") && items[i].toObject()["chat"] == params["after"])
                from = i + 1;
        QJsonArray part;
        for (int i = from; i < items.size() && i < from + limit; ++i)
            part.append(items[i]);
        return QJsonValue(page(part, from + limit < items.size()));
    });
    agent_->answer("chats.get", [this](const QJsonObject &params) -> rpc::RpcResult<QJsonValue> {
        const QString chat = params["chat"].toString();
        if (!chats_.contains(chat))
            return notFound();
        return QJsonValue(chatDocument(chat));
    });
    agent_->answer("chats.set", [this](const QJsonObject &params) -> rpc::RpcResult<QJsonValue> {
        const QString chat = params["chat"].toString();
        for (const auto &member : { "pinned", "archived", "markedUnread", "mutedUntil" })
            if (params.contains(member))
                chats_[chat][member] = params[member];
        return QJsonValue(chatDocument(chat));
    });
    agent_->answer("chats.setDraft", [this](const QJsonObject &params) -> rpc::RpcResult<QJsonValue> {
        const QString chat = params["chat"].toString();
        if (params["text"].toString().isEmpty())
            chats_[chat].remove("draft");
        else
            chats_[chat]["draft"] = QJsonObject { { "text", params["text"] }, { "ts", 1 } };
        return QJsonValue(QJsonObject { { "schema", 1 }, { "chat", chat } });
    });
    agent_->answer("messages.list", [this](const QJsonObject &params) { return list(params); });
    agent_->answer("send", [this](const QJsonObject &params) { return send(params); });
    agent_->answer("chats.markRead", [this](const QJsonObject &params) { return markRead(params); });
}

void ScriptedAgent::addChat(const QString &chat, const QString &title, const QJsonObject &more)
{
    QJsonObject document { { "schema", 1 },     { "chat", chat },          { "kind", chat == "me" ? "self" : "direct" },
                           { "title", title },  { "unread", 0 },           { "request", false },
                           { "trust", "tofu" }, { "relation", "accepted" } };
    for (auto it = more.begin(); it != more.end(); ++it)
        document[it.key()] = it.value();
    chats_[chat] = document;
}

QJsonObject ScriptedAgent::chatDocument(const QString &chat) const
{
    QJsonObject document = chats_.at(chat);
    const auto it = messages_.find(chat);
    if (it != messages_.end() && !it->second.empty()) {
        document["last"] = it->second.back();
        document["lastTs"] = it->second.back()["ts"];
    }
    return document;
}

QString ScriptedAgent::addMessage(const QString &chat, const QString &from, const QString &text, qint64 ts,
                                  const QJsonObject &more)
{
    const QString mid = QString("%1").arg(++lastMid_, 26, 10, QChar('0'));
    const bool mine = from.isEmpty();
    QJsonObject document { { "schema", 1 },
                           { "mid", mid },
                           { "chat", chat },
                           { "ts", ts },
                           { "serverTs", ts },
                           { "sid", QString::number(lastMid_) },
                           { "late", false },
                           { "kind", "text" },
                           { "text", text },
                           { "state", mine ? "read" : "delivered" },
                           { "starred", false },
                           { "from",
                             QJsonObject { { "user", mine ? "@mei" : chat },
                                           { "name", mine ? "Mei Tanaka" : from },
                                           { "device", 1 },
                                           { "me", mine } } } };
    for (auto it = more.begin(); it != more.end(); ++it)
        document[it.key()] = it.value();
    auto &all = messages_[chat];
    const auto place = std::upper_bound(all.begin(), all.end(), ts, [](qint64 time, const QJsonObject &other) {
        return time < other["ts"].toInteger();
    });
    all.insert(place, document);
    return mid;
}

QString ScriptedAgent::receive(const QString &chat, const QString &text, qint64 ts)
{
    const QString mid = addMessage(chat, chats_[chat]["title"].toString(), text, ts);
    chats_[chat]["unread"] = chats_[chat]["unread"].toInt() + 1;
    for (const QJsonObject &message : messages_[chat])
        if (message["mid"] == mid)
            tell({ { "type", "message.received" }, { "chat", chat }, { "message", message } });
    return mid;
}

void ScriptedAgent::setStatus(const QString &chat, const QString &mid, const QString &state)
{
    for (QJsonObject &message : messages_[chat])
        if (message["mid"] == mid)
            message["state"] = state;
    tell({ { "type", "message.status" }, { "chat", chat }, { "mid", mid }, { "state", state } });
}

void ScriptedAgent::setMember(const QString &chat, const QString &member, const QJsonValue &value)
{
    chats_[chat][member] = value;
    tell({ { "type", "chat.updated" }, { "chat", chat } });
}

void ScriptedAgent::removeAll()
{
    chats_.clear();
    messages_.clear();
}

void ScriptedAgent::tell(QJsonObject event)
{
    event["schema"] = 1;
    event["ts"] = 1;
    event["cursor"] = QString::number(++cursor_);
    agent_->sendRaw(rpc::toLine(rpc::notification(event)));
}

void ScriptedAgent::tellState(const QString &state)
{
    state_ = state;
    agent_->sendRaw(rpc::toLine(
        rpc::notification({ { "schema", 1 }, { "ts", 1 }, { "type", "agent.state" }, { "state", state } })));
}

rpc::RpcResult<QJsonValue> ScriptedAgent::list(const QJsonObject &params)
{
    const auto &all = messages_[params["chat"].toString()];
    const int size = static_cast<int>(all.size());
    const int limit = params["limit"].toInt(50);
    const auto rowOf = [&](const QString &member) {
        const auto it = std::ranges::find_if(all, [&](const QJsonObject &m) { return m["mid"] == params[member]; });
        return it == all.end() ? -1 : static_cast<int>(it - all.begin());
    };
    int from = std::max(0, size - limit);
    int to = size;
    bool more = from > 0;
    if (params.contains("before")) {
        to = rowOf("before");
        from = std::max(0, to - limit);
        more = from > 0;
    } else if (params.contains("after")) {
        from = rowOf("after") + 1;
        to = std::min(size, from + limit);
        more = to < size;
    } else if (params.contains("around")) {
        const int middle = rowOf("around");
        if (middle < 0)
            return notFound();
        from = std::max(0, middle - limit / 2);
        to = std::min(size, from + limit);
        more = from > 0 || to < size;
    }
    QJsonArray items;
    for (int i = from; i < to; ++i)
        items.append(all[static_cast<std::size_t>(i)]);
    return QJsonValue(page(items, more));
}

rpc::RpcResult<QJsonValue> ScriptedAgent::send(const QJsonObject &params)
{
    const QString chat = params["to"].toArray().first().toString();
    const auto &all = messages_[chat];
    const qint64 ts = all.empty() ? 1'767'225'600'000 : all.back()["ts"].toInteger() + 1'000;
    const QString mid = addMessage(chat, {}, params["text"].toString(), ts, { { "state", "queued" } });
    if (params["clearDraft"].toBool())
        chats_[chat].remove("draft");
    tell({ { "type", "message.sent" }, { "chat", chat }, { "message", messages_[chat].back() } });
    return QJsonValue(QJsonObject {
        { "schema", 1 },
        { "mid", mid },
        { "state", "queued" },
        { "targets", QJsonArray { QJsonObject { { "to", chat }, { "mid", mid }, { "state", "queued" } } } } });
}

rpc::RpcResult<QJsonValue> ScriptedAgent::markRead(const QJsonObject &params)
{
    const QString chat = params["chat"].toString();
    chats_[chat]["unread"] = 0;
    chats_[chat]["markedUnread"] = false;
    tell({ { "type", "chat.updated" }, { "chat", chat }, { "unread", 0 } });
    return QJsonValue(QJsonObject { { "schema", 1 }, { "chat", chat }, { "unread", 0 } });
}

void ScriptedAgent::fillDemo(qint64 now)
{
    constexpr qint64 minute = 60'000;
    const qint64 day = 24 * 60 * minute;
    addChat("@amara", "Amara Okafor", { { "pinned", true }, { "trust", "verified" } });
    addChat("@jonas", "Jonas Lind", { { "unread", 3 } });
    addChat("@tomas", "Tomás Rivera", { { "mutedUntil", qint64 { 253402300799999 } }, { "unread", 12 } });
    addChat("@noor", "Noor Haddad", { { "unread", 1 } });
    addChat("@lena", "Lena Vogt",
            { { "draft", QJsonObject { { "text", "I would rather read the long" }, { "ts", 1 } } } });
    addChat("@sam", "Sam Whitfield", { { "request", true }, { "relation", "none" }, { "unread", 1 } });
    addChat("@ines", "Inês Duarte", { { "trust", "changed" } });
    addChat("@oleg", "Oleg", { { "relation", "blocked" } });
    addChat("@new", "Ada Byron");
    addChat("me", "");
    addMessage("@jonas", "Jonas Lind", "Which of the two do you prefer?", now - 29 * minute);
    addMessage("@tomas", "Tomás Rivera", "The photos are wonderful 😍", now - 75 * minute);
    addMessage("@noor", "Noor Haddad", "مرحبا، كيف حالك؟", now - 4 * 60 * minute);
    addMessage("@lena", "Lena Vogt", "Have you finished the book?", now - day);
    addMessage("@sam", "Sam Whitfield", "Hi, we met at the conference. May I ask you something?",
               now - day - 9 * minute);
    addMessage("@ines", {}, "See you on Thursday", now - 2 * day);
    addMessage("@oleg", "Oleg", "Buy now!", now - 5 * day);
    addMessage("@new", "Ada Byron", " ", now - 9 * day);
    addMessage("me", {}, "Bring the charger", now - 8 * day);
    const QString amara = "Amara Okafor";
    addMessage("@amara", amara, "Morning! ☕ Did the build pass on the second machine?", now - day - 130 * minute);
    addMessage("@amara", {}, "Yes. All tests green, and the ratchet survives a restart now.", now - day - 128 * minute);
    addMessage("@amara", amara, "🎉", now - day - 127 * minute);
    const QString asked =
        addMessage("@amara", {},
                   "Could you send me the draft of the agenda before noon? I would like to read it on the train and "
                   "bring comments to the meeting instead of writing them afterwards.",
                   now - day - 100 * minute);
    addMessage("@amara", amara, "On it", now - day - 98 * minute,
               { { "quote",
                   QJsonObject { { "mid", asked },
                                 { "user", "@mei" },
                                 { "name", "Mei Tanaka" },
                                 { "me", true },
                                 { "text", "Could you send me the draft of the agenda before noon?" },
                                 { "known", true } } } });
    addMessage("@amara", {}, "שלום! נתראה מחר בעשר", now - day - 20 * minute);
    addMessage("@amara", amara, "Does that cover a device that was offline for a week?", now - 62 * minute);
    addMessage("@amara", {}, "It does: 30 days.", now - 60 * minute);
    addMessage("@amara", {}, "Lunch at 12:30? There's a new place by the river 🍜", now - 59 * minute);
    addMessage("@amara", amara, "Perfect, thanks a lot 🙏🏽", now - 20 * minute);
    addMessage("@amara", amara, "", now - 18 * minute, { { "kind", "undecryptable" } });
    addMessage("@amara", {},
               "I pushed the change to the queue: a message stays on the server until every device acknowledges it, "
               "then it is deleted.",
               now - 6 * minute, { { "state", "delivered" } });
    addMessage("@amara", {}, "👍", now - 5 * minute, { { "state", "accepted" } });
}

} // namespace kith::test
