// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/models/agent_link.h"
#include "client-gui/models/chat_entry.h"

#include <QAbstractListModel>
#include <QSet>

#include <vector>

namespace kith::gui {

/// Every chat of the profile, in the order of the list: pinned first, then latest activity.
///
/// An event about a chat makes it stale; a stale chat is read again with chats.get, one call under way per chat. So a
/// burst of 10,000 messages costs as many reads as the agent answers in that time, and what is shown is what the agent
/// says and no sum of events (phantom badges: ui 2).
class ChatListModel final : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(bool loading READ isLoading NOTIFY loadingChanged)
    Q_PROPERTY(int unreadChats READ unreadChats NOTIFY totalsChanged)
    Q_PROPERTY(int unreadMessages READ unreadMessages NOTIFY totalsChanged)
    Q_PROPERTY(int archivedChats READ archivedChats NOTIFY totalsChanged)
    Q_PROPERTY(int count READ count NOTIFY totalsChanged)
public:
    enum Role {
        ChatRole = Qt::UserRole + 1,
        TitleRole,
        InitialsRole,
        HueRole,
        PreviewRole,
        DraftRole,
        TimeRole,
        StateRole,
        UnreadRole,
        MarkedUnreadRole,
        MutedRole,
        PinnedRole,
        ArchivedRole,
        RequestRole,
        VerifiedRole,
        BlockedRole,
        SelfRole,
        TypingRole,
        SpokenRole,
    };

    /// Both outlive this.
    ChatListModel(AgentLink &link, const World &world, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// The chat in a row, or with an address; null when there is none.
    const ChatEntry *at(int row) const;
    const ChatEntry *find(const QString &chat) const;
    int count() const { return static_cast<int>(entries_.size()); }

    bool isLoading() const { return loading_; }
    int unreadChats() const { return unreadChats_; }
    int unreadMessages() const { return unreadMessages_; }
    int archivedChats() const { return archivedChats_; }

    /// Forgets everything: the store was locked.
    void clear();
    /// Reads one chat again.
    void refreshChat(const QString &chat);
    /// Takes a document that a call has answered.
    void take(const QJsonObject &chat);

Q_SIGNALS:
    void loadingChanged();
    void totalsChanged();
    /// What is known of a chat changed; also after it went.
    void entryChanged(const QString &chat);

private:
    void reload();
    void readPage(const QString &after, std::vector<ChatEntry> soFar, int generation);
    void replaceAll(std::vector<ChatEntry> entries);
    void onEvent(const QJsonObject &event);
    void onTyping(const QJsonObject &event);
    void put(ChatEntry entry);
    void remove(const QString &chat);
    int rowOf(const QString &chat) const;
    int placeOf(const ChatEntry &entry) const;
    void retotal();
    void setLoading(bool loading);
    void watchMidnight();
    QString spoken(const ChatEntry &entry) const;

    AgentLink &link_;
    const World world_;
    std::vector<ChatEntry> entries_;
    QSet<QString> reading_; ///< chats.get is under way
    QSet<QString> stale_; ///< changed meanwhile
    QHash<QString, std::shared_ptr<Timer>> typing_; // QHash wants copies; the timer ends a forgotten "typing"
    Timer midnight_;
    int generation_ = 0;
    int unreadChats_ = 0;
    int unreadMessages_ = 0;
    int archivedChats_ = 0;
    bool loading_ = false;
};

} // namespace kith::gui
