// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/rpc/fake_agent.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>

#include <map>
#include <vector>

namespace kith::test {

/// An agent with chats and messages in memory, for the window: pages, sends, read cursors and drafts behave as the real
/// one's; everything else answers from the documents. Holds no account and no key.
class ScriptedAgent final {
public:
    ScriptedAgent();

    QString socket() const { return folder_.filePath("agent.sock"); }
    const QString folder() const { return folder_.path(); }
    FakeAgent &agent() { return *agent_; }

    /// ready, locked or unregistered, for hello; goes on by tell().
    void setState(const QString &state) { state_ = state; }
    /// agent.state as an event.
    void tellState(const QString &state);
    void setConnection(const QString &connection) { connection_ = connection; }

    /// A chat; `more` overrides members of its document.
    void addChat(const QString &chat, const QString &title, const QJsonObject &more = {});
    /// A message at a time; returns its mid. `from` empty: an own one.
    QString addMessage(const QString &chat, const QString &from, const QString &text, qint64 ts,
                       const QJsonObject &more = {});
    /// The same with the event that tells it.
    QString receive(const QString &chat, const QString &text, qint64 ts);
    void setStatus(const QString &chat, const QString &mid, const QString &state);
    void removeAll();
    const std::vector<QJsonObject> &messages(const QString &chat) { return messages_[chat]; }
    void tell(QJsonObject event);
    void setMember(const QString &chat, const QString &member, const QJsonValue &value);

    /// What a conversation looks like: the people of the demo, all kinds of rows. `now` in ms.
    void fillDemo(qint64 now);

private:
    QJsonObject chatDocument(const QString &chat) const;
    rpc::RpcResult<QJsonValue> list(const QJsonObject &params);
    rpc::RpcResult<QJsonValue> send(const QJsonObject &params);
    rpc::RpcResult<QJsonValue> markRead(const QJsonObject &params);
    void answerChats();
    void answerRest();

    QTemporaryDir folder_;
    std::unique_ptr<FakeAgent> agent_;
    std::map<QString, QJsonObject> chats_;
    std::map<QString, std::vector<QJsonObject>> messages_; ///< oldest first
    QString state_ = "ready";
    QString connection_ = "online";
    qint64 cursor_ = 1;
    int lastMid_ = 0;
};

} // namespace kith::test
