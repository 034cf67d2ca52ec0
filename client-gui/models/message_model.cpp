// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/models/message_model.h"

#include "client-gui/models/time_text.h"

#include <QJsonArray>

namespace kith::gui {

using namespace Qt::StringLiterals;

MessageModel::MessageModel(AgentLink &link, const World &world, QObject *parent)
    : QAbstractListModel(parent)
    , link_(link)
    , world_(world)
{
    connect(&link_, &AgentLink::event, this, &MessageModel::onEvent);
    for (const auto signal : { &QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved })
        connect(this, signal, this, &MessageModel::countChanged);
    connect(this, &QAbstractItemModel::modelReset, this, &MessageModel::countChanged);
}

const MessageEntry *MessageModel::at(int row) const
{
    return row >= 0 && row < count() ? &rows_[static_cast<std::size_t>(row)] : nullptr;
}

int MessageModel::rowOf(const QString &mid) const
{
    if (mid.isEmpty())
        return -1;
    const auto it = std::ranges::find(rows_, mid, &MessageEntry::mid);
    return it == rows_.end() ? -1 : static_cast<int>(it - rows_.begin());
}

QString MessageModel::midAt(int row) const
{
    const MessageEntry *entry = at(row);
    return entry ? entry->mid : QString();
}

QString MessageModel::textOf(const QString &mid) const
{
    const MessageEntry *entry = at(rowOf(mid));
    return entry ? entry->text : QString();
}

QString MessageModel::newestIncomingFrom(int row) const
{
    for (; row < count(); ++row) {
        if (!at(row)->mine)
            return at(row)->mid;
    }
    return {};
}

QString MessageModel::neighbour(const QString &mid, bool older) const
{
    int row = mid.isEmpty() ? -1 : rowOf(mid);
    const int step = older ? 1 : -1;
    for (row += step; row >= 0 && row < count(); row += step) {
        if (at(row)->kind == u"text")
            return at(row)->mid;
    }
    return {};
}

void MessageModel::open(const QString &chat, qint64 unread, const QString &firstUnread)
{
    ++generation_;
    chat_ = chat;
    beginResetModel();
    rows_.clear();
    endResetModel();
    firstUnread_.clear();
    failed_ = false;
    missed_ = false;
    atNewest_ = atOldest_ = chat.isEmpty();
    Q_EMIT edgesChanged();
    if (chat.isEmpty())
        return setLoading(false);
    if (!firstUnread.isEmpty() && unread > biggestPage - pageSize / 2) { // too far up for one page
        firstUnread_ = firstUnread;
        return openAround(firstUnread, false);
    }
    const qint64 wanted = std::clamp<qint64>(unread + pageSize / 2, pageSize, biggestPage);
    fetch({ { u"limit"_s, wanted } }, [this, unread](std::vector<MessageEntry> page, bool more) {
        replaceWindow(std::move(page), true, !more);
        findFirstUnread(unread);
        Q_EMIT opened();
    });
}

/// Unread messages are the newest incoming ones: the cursor is the agent's, the line stays where it was at opening.
void MessageModel::findFirstUnread(qint64 unread)
{
    int row = -1;
    for (int i = 0; i < count() && unread > 0; ++i) {
        if (at(i)->mine)
            continue;
        row = i;
        --unread;
    }
    firstUnread_ = midAt(row);
    if (row >= 0)
        Q_EMIT dataChanged(index(row), index(row), { UnreadLineRole });
    Q_EMIT edgesChanged();
}

void MessageModel::refresh()
{
    if (chat_.isEmpty())
        return;
    ++generation_;
    QJsonObject params { { u"limit"_s, std::clamp(count(), pageSize, biggestPage) } };
    if (!atNewest_ && !rows_.empty())
        params.insert(u"around"_s, rows_[rows_.size() / 2].mid);
    const bool wasAtNewest = atNewest_ || rows_.empty();
    const bool isFirst = rows_.empty();
    fetch(params, [this, wasAtNewest, isFirst](std::vector<MessageEntry> page, bool more) {
        bool reachesOldest = !more && wasAtNewest;
        const int end = page.empty() || !wasAtNewest ? -1 : rowOf(page.back().mid);
        if (end >= 0 && end + 1 < count()) { // what is older than the page stays: somebody may be reading there
            page.insert(page.end(), rows_.begin() + end + 1, rows_.end());
            reachesOldest = atOldest_;
        }
        replaceWindow(std::move(page), wasAtNewest, reachesOldest);
        if (isFirst)
            Q_EMIT opened();
    });
}

void MessageModel::hide(const QString &mid)
{
    hidden_.append(mid);
    removeMids({ mid });
}

void MessageModel::unhide(const QString &mid)
{
    hidden_.removeAll(mid);
    refresh();
}

void MessageModel::fetch(QJsonObject params, std::function<void(std::vector<MessageEntry>, bool)> take)
{
    params.insert(u"chat"_s, chat_);
    setLoading(true);
    link_.call(u"messages.list"_s, params)
        .then(this, [this, generation = generation_, take = std::move(take)](const Answer &answer) {
            if (generation != generation_)
                return;
            failed_ = !answer && answer.error().code != rpc::ErrorCode::notFound; // a chat without messages is empty
            if (failed_)
                return setLoading(false);
            std::vector<MessageEntry> page;
            if (answer) {
                const QJsonArray items = answer->value(u"items").toArray();
                for (qsizetype i = items.size(); i-- > 0;) {
                    MessageEntry entry = MessageEntry::fromJson(items[i].toObject());
                    if (!hidden_.contains(entry.mid))
                        page.push_back(std::move(entry));
                }
            }
            take(std::move(page), answer && answer->value(u"more").toBool());
            setLoading(false);
            if (std::exchange(missed_, false) && atNewest_)
                refresh();
        });
}

/// Rows that stay are kept as rows, so that a view does not jump when the window is read again.
void MessageModel::replaceWindow(std::vector<MessageEntry> page, bool reachesNewest, bool reachesOldest)
{
    const bool overlaps = std::ranges::any_of(page, [&](const MessageEntry &entry) { return rowOf(entry.mid) >= 0; });
    if (!overlaps) {
        beginResetModel();
        rows_.assign(std::make_move_iterator(page.begin()), std::make_move_iterator(page.end()));
        endResetModel();
    } else {
        QStringList gone;
        for (const MessageEntry &entry : rows_) {
            if (std::ranges::find(page, entry.mid, &MessageEntry::mid) == page.end())
                gone.append(entry.mid);
        }
        removeMids(gone);
        for (int row = 0; row < static_cast<int>(page.size()); ++row) {
            MessageEntry &entry = page[static_cast<std::size_t>(row)];
            if (midAt(row) == entry.mid) {
                if (rows_[static_cast<std::size_t>(row)] != entry) {
                    rows_[static_cast<std::size_t>(row)] = std::move(entry);
                    Q_EMIT dataChanged(index(row), index(row));
                }
                continue;
            }
            if (rowOf(entry.mid) >= 0) // its order changed
                removeMids({ entry.mid });
            insertAt(row, std::move(entry));
        }
    }
    atNewest_ = reachesNewest;
    atOldest_ = reachesOldest;
    neighboursChanged(count() - 1); // the oldest row says its day by atOldest_
    Q_EMIT edgesChanged();
}

void MessageModel::loadOlder()
{
    if (loading_ || atOldest_ || rows_.empty())
        return;
    fetch({ { u"before"_s, rows_.back().mid }, { u"limit"_s, pageSize } },
          [this](std::vector<MessageEntry> page, bool more) {
              atOldest_ = !more;
              neighboursChanged(count() - 1); // the page may be empty
              append(std::move(page));
              dropNewest();
              Q_EMIT edgesChanged();
          });
}

void MessageModel::loadNewer()
{
    if (loading_ || atNewest_ || rows_.empty())
        return;
    fetch({ { u"after"_s, rows_.front().mid }, { u"limit"_s, pageSize } },
          [this](std::vector<MessageEntry> page, bool more) {
              atNewest_ = !more;
              prepend(std::move(page));
              dropOldest();
              Q_EMIT edgesChanged();
          });
}

void MessageModel::jumpTo(const QString &mid)
{
    if (const int row = rowOf(mid); row >= 0) {
        Q_EMIT jumped(row, true);
        return;
    }
    openAround(mid, true);
}

void MessageModel::openAround(const QString &mid, bool flash)
{
    ++generation_;
    QJsonObject params { { u"chat"_s, chat_ }, { u"around"_s, mid }, { u"limit"_s, pageSize } };
    setLoading(true);
    link_.call(u"messages.list"_s, params)
        .then(this, [this, generation = generation_, mid, flash](const Answer &answer) {
            if (generation != generation_)
                return;
            setLoading(false);
            if (!answer) {
                Q_EMIT jumpFailed();
                return;
            }
            std::vector<MessageEntry> page;
            const QJsonArray items = answer->value(u"items").toArray();
            for (qsizetype i = items.size(); i-- > 0;)
                page.push_back(MessageEntry::fromJson(items[i].toObject()));
            // `more` says either end; the pages at both ends will tell.
            const bool more = answer->value(u"more").toBool();
            replaceWindow(std::move(page), !more, !more);
            Q_EMIT jumped(rowOf(mid), flash);
        });
}

void MessageModel::jumpToNewest()
{
    if (atNewest_) {
        Q_EMIT jumped(0, false);
        return;
    }
    ++generation_;
    fetch({ { u"limit"_s, pageSize } }, [this](std::vector<MessageEntry> page, bool more) {
        replaceWindow(std::move(page), true, !more);
        Q_EMIT jumped(0, false);
    });
}

void MessageModel::append(std::vector<MessageEntry> older)
{
    std::erase_if(older, [&](const MessageEntry &entry) { return rowOf(entry.mid) >= 0; });
    if (older.empty())
        return;
    const int first = count();
    beginInsertRows({}, first, first + static_cast<int>(older.size()) - 1);
    for (MessageEntry &entry : older)
        rows_.push_back(std::move(entry));
    endInsertRows();
    neighboursChanged(first);
}

void MessageModel::prepend(std::vector<MessageEntry> newer)
{
    std::erase_if(newer, [&](const MessageEntry &entry) { return rowOf(entry.mid) >= 0; });
    if (newer.empty())
        return;
    const int size = static_cast<int>(newer.size());
    beginInsertRows({}, 0, size - 1);
    for (auto it = newer.rbegin(); it != newer.rend(); ++it)
        rows_.push_front(std::move(*it));
    endInsertRows();
    neighboursChanged(size);
}

void MessageModel::dropNewest()
{
    const int surplus = count() - mostRows;
    if (surplus <= 0)
        return;
    beginRemoveRows({}, 0, surplus - 1);
    rows_.erase(rows_.begin(), rows_.begin() + surplus);
    endRemoveRows();
    atNewest_ = false;
    neighboursChanged(0);
}

void MessageModel::dropOldest()
{
    const int surplus = count() - mostRows;
    if (surplus <= 0)
        return;
    beginRemoveRows({}, mostRows, count() - 1);
    rows_.erase(rows_.begin() + mostRows, rows_.end());
    endRemoveRows();
    atOldest_ = false;
    neighboursChanged(count() - 1);
}

void MessageModel::insertAt(int row, MessageEntry entry)
{
    beginInsertRows({}, row, row);
    rows_.insert(rows_.begin() + row, std::move(entry));
    endInsertRows();
    neighboursChanged(row);
}

/// Runs and days depend on the rows beside a change.
void MessageModel::neighboursChanged(int row)
{
    const int from = std::max(0, row - 1);
    const int to = std::min(count() - 1, row + 1);
    if (from <= to)
        Q_EMIT dataChanged(index(from), index(to), { DayRole, FirstRole, LastRole });
}

void MessageModel::removeMids(const QStringList &mids)
{
    for (const QString &mid : mids) {
        const int row = rowOf(mid);
        if (row < 0)
            continue;
        beginRemoveRows({}, row, row);
        rows_.erase(rows_.begin() + row);
        endRemoveRows();
        neighboursChanged(row);
    }
}

void MessageModel::onEvent(const QJsonObject &event)
{
    if (chat_.isEmpty() || event.value(u"chat").toString() != chat_)
        return;
    const QString type = event.value(u"type").toString();
    if (type == u"message.received" || type == u"message.sent")
        onMessage(event.value(u"message").toObject(), type == u"message.received");
    else if (type == u"message.status")
        onStatus(event);
    else if (type == u"message.deleted")
        removeMids(event.value(u"mids").toVariant().toStringList());
    else if (type == u"messages.missing")
        refresh(); // a line that says so has no event of its own
    else if (type == u"chat.updated" && (event.value(u"cleared").toBool() || event.value(u"deleted").toBool()))
        open(chat_, 0, {});
}

void MessageModel::onMessage(const QJsonObject &message, bool isReceived)
{
    if (message.value(u"deleted").toBool())
        return;
    MessageEntry entry = MessageEntry::fromJson(message);
    if (const int row = rowOf(entry.mid); row >= 0) { // an undecryptable one that came again, or a repeated event
        rows_[static_cast<std::size_t>(row)] = std::move(entry);
        Q_EMIT dataChanged(index(row), index(row));
        return;
    }
    if (loading_ && rows_.empty()) {
        missed_ = true; // the page under way may have been read before it
        return;
    }
    const auto place = std::ranges::find_if(rows_, [&](const MessageEntry &other) { return !isOlder(entry, other); });
    const int row = static_cast<int>(place - rows_.begin());
    if ((row == 0 && !atNewest_) || (row == count() && !atOldest_ && count() > 0))
        return; // beyond the window: its page will bring it
    const bool isNews = isReceived && row == 0;
    const QString words = isNews ? spoken(entry) : QString();
    insertAt(row, std::move(entry));
    if (row == 0)
        dropOldest();
    if (isNews)
        Q_EMIT arrived(words);
}

void MessageModel::onStatus(const QJsonObject &event)
{
    const int row = rowOf(event.value(u"mid").toString());
    if (row < 0)
        return;
    MessageEntry &entry = rows_[static_cast<std::size_t>(row)];
    entry.state = event.value(u"state").toString();
    entry.reason = event.value(u"reason").toString();
    Q_EMIT dataChanged(index(row), index(row), { StateRole, ReasonRole, SpokenRole });
}

void MessageModel::setLoading(bool loading)
{
    loading_ = loading;
    Q_EMIT loadingChanged();
}

} // namespace kith::gui
