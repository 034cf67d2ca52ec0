// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/models/navigation.h"

#include <QRegularExpression>

namespace kith::gui {

using namespace Qt::StringLiterals;

QString userOfLink(const QString &uri)
{
    static const QRegularExpression pattern(u"^kith://chat/@?([a-z0-9_.]{3,32})/?$"_s);
    const auto match = pattern.match(uri);
    return match.hasMatch() ? u'@' + match.captured(1) : QString();
}

Navigation::Navigation(ChatListModel &chats, ChatFilterModel &filter, Conversation &conversation, QObject *parent)
    : QObject(parent)
    , chats_(chats)
    , filter_(filter)
    , conversation_(conversation)
{
    connect(&chats_, &ChatListModel::totalsChanged, this, &Navigation::totalsChanged);
    connect(&chats_, &ChatListModel::loadingChanged, this, &Navigation::totalsChanged);
    connect(&chats_, &QAbstractItemModel::rowsRemoved, this, [this] {
        if (!conversation_.chat().isEmpty() && !chats_.find(conversation_.chat()) && !chats_.isLoading())
            conversation_.close(); // it was deleted
    });
}

void Navigation::open(const QString &chat, const QString &mid)
{
    if (conversation_.chat() != chat)
        before_ = conversation_.chat();
    conversation_.open(chat, mid);
    filter_.setKeep(chat);
}

void Navigation::close()
{
    open({});
}

void Navigation::step(int by, bool unread)
{
    int row = filter_.rowOf(conversation_.chat());
    if (row < 0 && by < 0)
        row = filter_.rowCount();
    for (row += by; row >= 0 && row < filter_.rowCount(); row += by) {
        const QModelIndex index = filter_.index(row, 0);
        const bool hasNews =
            index.data(ChatListModel::UnreadRole).toInt() > 0 || index.data(ChatListModel::MarkedUnreadRole).toBool();
        if (!unread || hasNews)
            return open(filter_.chatAt(row));
    }
}

void Navigation::openNth(int row)
{
    if (const QString chat = filter_.chatAt(row); !chat.isEmpty())
        open(chat);
}

void Navigation::openLast()
{
    if (!before_.isEmpty())
        open(QString(before_)); // a copy: open() writes before_
}

void Navigation::follow(const QString &uri)
{
    Q_EMIT raise();
    if (const QString user = userOfLink(uri); !user.isEmpty())
        Q_EMIT askOpenChat(user);
    else if (uri.startsWith(u"kith://server?"_s) && uri.size() < 2048)
        Q_EMIT askServer(uri);
    else
        Q_EMIT linkUnknown();
}

void Navigation::clear()
{
    before_.clear();
    conversation_.close();
    filter_.setText({});
    filter_.setShow(ChatFilterModel::All);
    chats_.clear();
}

} // namespace kith::gui
