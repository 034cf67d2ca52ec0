// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/models/chat_filter_model.h"

namespace kith::gui {

namespace {

/// Lower case without accents.
QString folded(const QString &text)
{
    QString out;
    for (const QChar c : text.normalized(QString::NormalizationForm_KD)) {
        if (c.category() != QChar::Mark_NonSpacing)
            out.append(c.toCaseFolded());
    }
    return out;
}

} // namespace

bool matchesName(const QString &name, const QString &wanted)
{
    const QString where = folded(name);
    const QStringList words = folded(wanted).split(u' ', Qt::SkipEmptyParts);
    return std::ranges::all_of(words, [&](const QString &word) { return where.contains(word); });
}

ChatFilterModel::ChatFilterModel(ChatListModel &chats, QObject *parent) : QSortFilterProxyModel(parent), chats_(chats)
{
    setSourceModel(&chats);
    for (const auto signal : { &QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved })
        connect(this, signal, this, &ChatFilterModel::countChanged);
    connect(this, &QAbstractItemModel::modelReset, this, &ChatFilterModel::countChanged);
    connect(this, &QAbstractItemModel::layoutChanged, this, &ChatFilterModel::countChanged);
}

void ChatFilterModel::setShow(Show show)
{
    if (std::exchange(show_, show) == show)
        return;
    invalidateFilter();
    Q_EMIT showChanged();
}

void ChatFilterModel::setText(const QString &text)
{
    if (std::exchange(text_, text) == text)
        return;
    invalidateFilter();
    Q_EMIT textChanged();
}

void ChatFilterModel::setKeep(const QString &chat)
{
    if (std::exchange(keep_, chat) == chat)
        return;
    if (show_ == Unread)
        invalidateFilter();
    Q_EMIT keepChanged();
}

QString ChatFilterModel::chatAt(int row) const
{
    return index(row, 0).data(ChatListModel::ChatRole).toString();
}

int ChatFilterModel::rowOf(const QString &chat) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (chatAt(row) == chat)
            return row;
    }
    return -1;
}

bool ChatFilterModel::filterAcceptsRow(int row, const QModelIndex &) const
{
    const ChatEntry *entry = chats_.at(row);
    if (!entry)
        return false;
    if (!text_.trimmed().isEmpty()) // a search looks everywhere
        return matchesName(entry->title + u' ' + entry->chat, text_);
    switch (show_) {
    case All:
        return !entry->isArchived;
    case Unread:
        return !entry->isArchived && (entry->unread > 0 || entry->isMarkedUnread || entry->chat == keep_);
    case Archived:
        return entry->isArchived;
    }
    return true;
}

} // namespace kith::gui
