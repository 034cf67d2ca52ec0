// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/models/agent_link.h"
#include "client-gui/models/message_entry.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <deque>

namespace kith::gui {

/// A window of one chat's history around what is read, row 0 = newest (ui 9.2).
///
/// At most `mostRows` rows are held. Reading on at one end drops rows at the other; pages are keyset pages of
/// messages.list, so a message is never skipped or shown twice. An event about a message inside the window inserts it
/// at its place; one beyond an end that the window does not reach is left for the page that will bring it.
class MessageModel final : public QAbstractListModel {
    Q_OBJECT
    QML_NAMED_ELEMENT(Messages)
    QML_UNCREATABLE("a part of Conversation")
    Q_PROPERTY(bool loading READ isLoading NOTIFY loadingChanged)
    Q_PROPERTY(bool failed READ isFailed NOTIFY loadingChanged)
    Q_PROPERTY(bool atNewest READ isAtNewest NOTIFY edgesChanged)
    Q_PROPERTY(bool atOldest READ isAtOldest NOTIFY edgesChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(int unreadRow READ unreadRow NOTIFY edgesChanged)
public:
    enum Role {
        MidRole = Qt::UserRole + 1,
        SenderRole,
        HueRole,
        BodyRole,
        ClippedRole,
        TimeRole,
        StateRole,
        ReasonRole,
        MineRole,
        DayRole,
        FirstRole,
        LastRole,
        KindRole,
        JumboRole,
        RightToLeftRole,
        QuoteMidRole,
        QuoteSenderRole,
        QuoteTextRole,
        QuoteHueRole,
        QuoteKnownRole,
        LinkRole,
        MarksRole,
        UnreadLineRole,
        SpokenRole,
    };

    static constexpr int pageSize = 60;
    static constexpr int mostRows = 300;
    static constexpr int biggestPage = 100; // texts of 8 KiB: such a page fits into a line of 1 MiB
    /// Longer texts are cut in their bubble and shown whole on demand: laying out 64 KiB in a row would stop a scroll.
    static constexpr qsizetype longestBody = 2'000;
    static constexpr qint64 runGapMs = 5 * 60 * 1000; // ui 4.5

    MessageModel(AgentLink &link, const World &world, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    int count() const { return static_cast<int>(rows_.size()); }
    bool isLoading() const { return loading_; }
    bool isFailed() const { return failed_; }
    bool isAtNewest() const { return atNewest_; }
    bool isAtOldest() const { return atOldest_; }
    /// The row of the oldest message that was unread when the chat was opened, -1 when it is not in the window.
    int unreadRow() const { return rowOf(firstUnread_); }
    const MessageEntry *at(int row) const;
    const QString &chat() const { return chat_; }

    /// Shows another chat, at its newest messages or at the first of `unread` ones. Empty: nothing.
    void open(const QString &chat, qint64 unread, const QString &firstUnread);
    /// Reads the window again: events were lost.
    void refresh();
    /// Takes a message out of the window without deleting it, and brings it back.
    void hide(const QString &mid);
    void unhide(const QString &mid);

    /// The next page at an end; nothing when it is under way or there is no more.
    Q_INVOKABLE void loadOlder();
    Q_INVOKABLE void loadNewer();
    /// Makes the window reach a message and tells its row by jumped(); at once when it is in the window.
    Q_INVOKABLE void jumpTo(const QString &mid);
    /// Back to the newest.
    Q_INVOKABLE void jumpToNewest();
    Q_INVOKABLE int rowOf(const QString &mid) const;
    Q_INVOKABLE QString midAt(int row) const;
    /// The whole text, for copying and for what is cut in its bubble.
    Q_INVOKABLE QString textOf(const QString &mid) const;
    /// The newest incoming message in rows >= row: the one up to which a person who sees that row has read.
    Q_INVOKABLE QString newestIncomingFrom(int row) const;
    /// The next text message older (or newer) than `mid`; empty at the end. From nothing: the newest.
    Q_INVOKABLE QString neighbour(const QString &mid, bool older) const;

Q_SIGNALS:
    void loadingChanged();
    void edgesChanged();
    void countChanged();
    /// The view should show this row in its middle.
    void jumped(int row, bool flash);
    /// The first page of a chat is there.
    void opened();
    /// An incoming message was added at the newest end.
    void arrived(const QString &spoken);
    /// jumpTo found no such message.
    void jumpFailed();

private:
    void onEvent(const QJsonObject &event);
    void onMessage(const QJsonObject &message, bool isReceived);
    void onStatus(const QJsonObject &event);
    void removeMids(const QStringList &mids);
    void fetch(QJsonObject params, std::function<void(std::vector<MessageEntry>, bool more)> take);
    void replaceWindow(std::vector<MessageEntry> newestFirst, bool reachesNewest, bool reachesOldest);
    void insertAt(int row, MessageEntry entry);
    void append(std::vector<MessageEntry> older);
    void prepend(std::vector<MessageEntry> newer);
    void dropNewest();
    void dropOldest();
    void neighboursChanged(int row);
    void findFirstUnread(qint64 unread);
    void setLoading(bool loading);
    void openAround(const QString &mid, bool flash);
    bool hasDay(int row) const;
    bool isFirst(int row) const;
    bool isLast(int row) const;
    QString spoken(const MessageEntry &entry) const;
    QVariant ofPlace(int row, int role) const;

    AgentLink &link_;
    const World world_;
    QString chat_;
    std::deque<MessageEntry> rows_; // [0] = newest
    QString firstUnread_;
    QStringList hidden_;
    int generation_ = 0; ///< answers to an older one are dropped
    bool loading_ = false;
    bool failed_ = false;
    bool atNewest_ = true;
    bool atOldest_ = true;
    bool missed_ = false; ///< something newer came while a page was under way
};

} // namespace kith::gui
