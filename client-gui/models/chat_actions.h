// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/models/chat_list_model.h"
#include "client-gui/models/handover.h"
#include "client-gui/models/notices.h"

#include <QtQml/qqmlregistration.h>

namespace kith::gui {

/// What can be done with a chat from its row, its header or a shortcut.
class ChatActions final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
public:
    static constexpr qint64 always = 253402300799999; // the RPC's word for a mute without end

    ChatActions(AgentLink &link, ChatListModel &chats, Notices &notices, const World &world, QObject *parent = nullptr);
    static ChatActions *create(QQmlEngine *, QJSEngine *engine) { return handedOver<ChatActions>(engine); }

    Q_INVOKABLE void pin(const QString &chat, bool on);
    /// For so many hours; 0 ends it, below 0 is for ever.
    Q_INVOKABLE void mute(const QString &chat, int hours);
    /// Can be taken back for 6 seconds.
    Q_INVOKABLE void archive(const QString &chat, bool on);
    Q_INVOKABLE void markUnread(const QString &chat);
    Q_INVOKABLE void markRead(const QString &chat);
    /// All messages of a chat, here.
    Q_INVOKABLE void clear(const QString &chat);
    Q_INVOKABLE void remove(const QString &chat);
    Q_INVOKABLE void block(const QString &user, bool on);
    Q_INVOKABLE void rename(const QString &user, const QString &name);

private:
    void set(const QString &chat, const QJsonObject &what);
    void call(const QString &method, const QJsonObject &params, const QString &chat);

    AgentLink &link_;
    ChatListModel &chats_;
    Notices &notices_;
    const World world_;
};

} // namespace kith::gui
