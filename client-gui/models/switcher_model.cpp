// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/models/switcher_model.h"

namespace kith::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostRows = 50;

} // namespace

int fuzzyScore(const QString &name, const QString &wanted)
{
    int score = 0;
    qsizetype at = 0;
    qsizetype last = -2;
    for (const QChar letter : wanted) {
        if (letter.isSpace())
            continue;
        qsizetype found = at;
        while (found < name.size() && name[found].toCaseFolded() != letter.toCaseFolded())
            ++found;
        if (found == name.size())
            return -1;
        const bool beginsWord = found == 0 || !name[found - 1].isLetterOrNumber();
        score += (beginsWord ? 8 : 1) + (found == last + 1 ? 6 : 0) - (found > 20 ? 1 : 0);
        last = found;
        at = found + 1;
    }
    return score;
}

SwitcherModel::SwitcherModel(ChatListModel &chats, std::vector<SwitcherCommand> commands, QObject *parent)
    : QAbstractListModel(parent)
    , chats_(chats)
    , commands_(std::move(commands))
{
    connect(&chats_, &ChatListModel::totalsChanged, this, &SwitcherModel::rebuild);
}

int SwitcherModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

const SwitcherModel::Row *SwitcherModel::at(int row) const
{
    return row >= 0 && row < count() ? &rows_[static_cast<std::size_t>(row)] : nullptr;
}

QVariant SwitcherModel::data(const QModelIndex &index, int role) const
{
    const Row *row = at(index.row());
    if (!row || !index.isValid())
        return {};
    switch (role) {
    case ChatRole:
        return row->chat;
    case CommandRole:
        return row->command;
    case Qt::DisplayRole:
    case TitleRole:
        return row->title;
    case DetailRole:
        return row->detail;
    case InitialsRole:
        return row->initials;
    case HueRole:
        return row->hue;
    case UnreadRole:
        return row->unread;
    default:
        return {};
    }
}

QHash<int, QByteArray> SwitcherModel::roleNames() const
{
    return { { ChatRole, "chat" }, { CommandRole, "command" },   { TitleRole, "title" },  { DetailRole, "detail" },
             { HueRole, "hue" },   { InitialsRole, "initials" }, { UnreadRole, "unread" } };
}

QString SwitcherModel::chatAt(int row) const
{
    return at(row) ? at(row)->chat : QString();
}

QString SwitcherModel::commandAt(int row) const
{
    return at(row) ? at(row)->command : QString();
}

void SwitcherModel::setText(const QString &text)
{
    text_ = text;
    rebuild();
}

void SwitcherModel::rebuild()
{
    beginResetModel();
    rows_.clear();
    const bool wantsCommands = text_.startsWith(u'>');
    const QString wanted = wantsCommands ? text_.mid(1) : text_;
    if (wantsCommands) {
        for (const SwitcherCommand &command : commands_) {
            const int score = fuzzyScore(command.title, wanted);
            if (score >= 0)
                rows_.push_back({ {}, command.id, command.title, command.keys, {}, 0, 0, score });
        }
    } else {
        std::vector<const ChatEntry *> byTime;
        for (int row = 0; row < chats_.count(); ++row)
            byTime.push_back(chats_.at(row));
        std::ranges::stable_sort(byTime,
                                 [](const auto *one, const auto *other) { return one->lastTs > other->lastTs; });
        for (const ChatEntry *entry : byTime) {
            const int score = std::max(fuzzyScore(entry->title, wanted), fuzzyScore(entry->chat, wanted));
            if (score >= 0)
                rows_.push_back({ entry->chat,
                                  {},
                                  entry->title,
                                  entry->isSelf ? QString() : entry->chat,
                                  entry->initials,
                                  entry->hue,
                                  static_cast<int>(std::min<qint64>(entry->unread, 1'000'000)),
                                  score });
        }
    }
    std::ranges::stable_sort(rows_, [](const Row &one, const Row &other) { return one.score > other.score; });
    if (rows_.size() > mostRows)
        rows_.resize(mostRows);
    endResetModel();
    Q_EMIT changed();
}

} // namespace kith::gui
