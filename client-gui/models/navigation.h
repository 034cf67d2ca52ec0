// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/models/chat_filter_model.h"
#include "client-gui/models/conversation.h"
#include "client-gui/models/handover.h"

#include <QtQml/qqmlregistration.h>

namespace kith::gui {

/// Where the window is and how it gets elsewhere: clicks, shortcuts, notifications and links all come here.
class Navigation final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(kith::gui::ChatFilterModel *chats READ chats CONSTANT)
    Q_PROPERTY(bool loading READ isLoading NOTIFY totalsChanged)
    Q_PROPERTY(int allChats READ allChats NOTIFY totalsChanged)
    Q_PROPERTY(int archivedChats READ archivedChats NOTIFY totalsChanged)
    Q_PROPERTY(int unreadChats READ unreadChats NOTIFY totalsChanged)
    Q_PROPERTY(int unreadMessages READ unreadMessages NOTIFY totalsChanged)
public:
    Navigation(ChatListModel &chats, ChatFilterModel &filter, Conversation &conversation, QObject *parent = nullptr);
    static Navigation *create(QQmlEngine *, QJSEngine *engine) { return handedOver<Navigation>(engine); }

    ChatFilterModel *chats() { return &filter_; }
    bool isLoading() const { return chats_.isLoading(); }
    int allChats() const { return chats_.count(); }
    int archivedChats() const { return chats_.archivedChats(); }
    int unreadChats() const { return chats_.unreadChats(); }
    int unreadMessages() const { return chats_.unreadMessages(); }

    Q_INVOKABLE void open(const QString &chat, const QString &mid = {});
    Q_INVOKABLE void close();
    /// The chat above or below in the list; with `unread` the next one that has news.
    Q_INVOKABLE void step(int by, bool unread);
    Q_INVOKABLE void openNth(int row);
    /// The one that was open before.
    Q_INVOKABLE void openLast();
    /// Reads a kith: link and asks the window to confirm what it means; nothing happens by the link alone.
    Q_INVOKABLE void follow(const QString &uri);
    /// Forgets which chats were open.
    void clear();

Q_SIGNALS:
    void totalsChanged();
    /// A link names somebody to talk with.
    void askOpenChat(const QString &user);
    /// A link names a server; only a profile without an account can use it.
    void askServer(const QString &address);
    void linkUnknown();
    /// The window should come to the front.
    void raise();

private:
    ChatListModel &chats_;
    ChatFilterModel &filter_;
    Conversation &conversation_;
    QString before_;
};

/// The user that `kith://chat/<user>` names as @user; empty for any other text.
QString userOfLink(const QString &uri);

} // namespace kith::gui
