// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/models/chat_list_model.h"

#include "client-gui/models/time_text.h"

#include <QJsonArray>

namespace kith::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr int pageSize = 60; // each with its newest message: a page of long ones must fit into a line of 1 MiB
constexpr milliseconds typingLasts { 8'000 }; // the sender repeats it every few seconds

bool isBefore(const ChatEntry &one, const ChatEntry &other)
{
    if (one.isPinned != other.isPinned)
        return one.isPinned;
    if (one.lastTs != other.lastTs)
        return one.lastTs > other.lastTs;
    return one.chat < other.chat;
}

} // namespace

ChatListModel::ChatListModel(AgentLink &link, const World &world, QObject *parent)
    : QAbstractListModel(parent)
    , link_(link)
    , world_(world)
{
    connect(&link_, &AgentLink::refresh, this, &ChatListModel::reload);
    connect(&link_, &AgentLink::event, this, &ChatListModel::onEvent);
    watchMidnight();
}

int ChatListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

const ChatEntry *ChatListModel::at(int row) const
{
    return row >= 0 && row < count() ? &entries_[static_cast<std::size_t>(row)] : nullptr;
}

const ChatEntry *ChatListModel::find(const QString &chat) const
{
    return at(rowOf(chat));
}

int ChatListModel::rowOf(const QString &chat) const
{
    const auto it = std::ranges::find(entries_, chat, &ChatEntry::chat);
    return it == entries_.end() ? -1 : static_cast<int>(it - entries_.begin());
}

QVariant ChatListModel::data(const QModelIndex &index, int role) const
{
    const ChatEntry *entry = at(index.row());
    if (!entry || !index.isValid())
        return {};
    switch (role) {
    case ChatRole:
        return entry->chat;
    case Qt::DisplayRole:
    case TitleRole:
        return entry->title;
    case InitialsRole:
        return entry->initials;
    case HueRole:
        return entry->hue;
    case PreviewRole:
        return entry->preview;
    case DraftRole:
        return entry->draft;
    case TimeRole:
        return entry->lastTs ? listTime(entry->lastTs, world_.clock.now()) : QString();
    case StateRole:
        return entry->state;
    case UnreadRole:
        return static_cast<int>(std::min<qint64>(entry->unread, 1'000'000));
    case MarkedUnreadRole:
        return entry->isMarkedUnread;
    case MutedRole:
        return entry->isMuted(world_.clock.now());
    case PinnedRole:
        return entry->isPinned;
    case ArchivedRole:
        return entry->isArchived;
    case RequestRole:
        return entry->isRequest;
    case VerifiedRole:
        return entry->trust == u"verified";
    case BlockedRole:
        return entry->isBlocked();
    case SelfRole:
        return entry->isSelf;
    case TypingRole:
        return typing_.contains(entry->chat);
    case Qt::AccessibleTextRole:
    case SpokenRole:
        return spoken(*entry);
    default:
        return {};
    }
}

QHash<int, QByteArray> ChatListModel::roleNames() const
{
    return { { ChatRole, "chat" },         { TitleRole, "title" },
             { InitialsRole, "initials" }, { HueRole, "hue" },
             { PreviewRole, "preview" },   { DraftRole, "draft" },
             { TimeRole, "time" },         { StateRole, "delivery" },
             { UnreadRole, "unread" },     { MarkedUnreadRole, "markedUnread" },
             { MutedRole, "muted" },       { PinnedRole, "pinned" },
             { ArchivedRole, "archived" }, { RequestRole, "request" },
             { VerifiedRole, "verified" }, { BlockedRole, "blocked" },
             { SelfRole, "self" },         { TypingRole, "typing" },
             { SpokenRole, "spoken" } };
}

/// "name, n unread, preview, time" (ui 11), with words for what icons say.
QString ChatListModel::spoken(const ChatEntry &entry) const
{
    QStringList parts { entry.title };
    if (entry.unread > 0)
        parts << tr("%n unread", nullptr, static_cast<int>(entry.unread));
    else if (entry.isMarkedUnread)
        parts << tr("marked unread");
    if (entry.isRequest)
        parts << tr("message request");
    if (entry.isPinned)
        parts << tr("pinned");
    if (entry.isMuted(world_.clock.now()))
        parts << tr("muted");
    if (!entry.draft.isEmpty())
        parts << tr("Draft: %1").arg(entry.draft);
    else if (!entry.preview.isEmpty())
        parts << entry.preview;
    if (entry.lastTs)
        parts << listTime(entry.lastTs, world_.clock.now());
    return parts.join(u", "_s);
}

void ChatListModel::reload()
{
    ++generation_;
    setLoading(true);
    readPage({}, {}, generation_);
}

void ChatListModel::readPage(const QString &after, std::vector<ChatEntry> soFar, int generation)
{
    QJsonObject params { { u"limit"_s, pageSize } };
    if (!after.isEmpty())
        params.insert(u"after"_s, after);
    link_.call(u"chats.list"_s, params)
        .then(this, [this, generation, entries = std::move(soFar)](const Answer &answer) {
            if (generation != generation_)
                return;
            if (!answer)
                return setLoading(false); // the agent went: refresh() comes when it is back
            auto all = entries;
            const QJsonArray items = answer->value(u"items").toArray();
            for (const QJsonValue &item : items)
                all.push_back(ChatEntry::fromJson(item.toObject()));
            if (answer->value(u"more").toBool() && !items.isEmpty()) {
                const QString last = all.back().chat;
                return readPage(last, std::move(all), generation);
            }
            setLoading(false);
            replaceAll(std::move(all));
        });
}

/// Keeps the rows that stay, so that a list that is read again after a lost connection neither jumps nor flickers.
void ChatListModel::replaceAll(std::vector<ChatEntry> entries)
{
    std::ranges::sort(entries, isBefore);
    if (entries_.empty()) {
        beginResetModel();
        entries_ = std::move(entries);
        endResetModel();
        retotal();
        for (const ChatEntry &entry : entries_)
            Q_EMIT entryChanged(entry.chat);
        return;
    }
    QSet<QString> kept;
    for (const ChatEntry &entry : entries)
        kept.insert(entry.chat);
    const auto old = entries_;
    for (const ChatEntry &entry : old) {
        if (!kept.contains(entry.chat))
            remove(entry.chat);
    }
    for (ChatEntry &entry : entries)
        put(std::move(entry));
}

void ChatListModel::clear()
{
    ++generation_;
    beginResetModel();
    entries_.clear();
    endResetModel();
    reading_.clear();
    stale_.clear();
    typing_.clear();
    setLoading(false);
    retotal();
}

void ChatListModel::refreshChat(const QString &chat)
{
    if (chat.isEmpty())
        return;
    if (reading_.contains(chat)) {
        stale_.insert(chat);
        return;
    }
    reading_.insert(chat);
    link_.call(u"chats.get"_s, { { u"chat"_s, chat } })
        .then(this, [this, chat, generation = generation_](const Answer &answer) {
            reading_.remove(chat);
            const bool again = stale_.remove(chat);
            if (generation == generation_) {
                if (answer)
                    put(ChatEntry::fromJson(*answer));
                else if (answer.error().code == rpc::ErrorCode::notFound)
                    remove(chat);
            }
            if (again)
                refreshChat(chat);
        });
}

void ChatListModel::take(const QJsonObject &chat)
{
    put(ChatEntry::fromJson(chat));
}

void ChatListModel::onEvent(const QJsonObject &event)
{
    const QString type = event.value(u"type").toString();
    const QString chat = event.value(u"chat").toString();
    if (type == u"typing")
        return onTyping(event);
    if (type == u"message.received")
        typing_.remove(chat);
    if (type == u"chat.updated" && event.value(u"deleted").toBool())
        return remove(chat);
    if (type == u"contact.updated")
        return refreshChat(event.value(u"user").toString());
    static const QSet<QString> aboutChats { u"message.received"_s, u"message.sent"_s,     u"message.status"_s,
                                            u"chat.updated"_s,     u"message.deleted"_s,  u"request.received"_s,
                                            u"chat.draft"_s,       u"identity.changed"_s, u"messages.missing"_s };
    if (aboutChats.contains(type))
        refreshChat(chat.isEmpty() ? event.value(u"user").toString() : chat);
}

void ChatListModel::onTyping(const QJsonObject &event)
{
    const QString chat = event.value(u"chat").toString();
    const auto changed = [this, chat] {
        if (const int row = rowOf(chat); row >= 0)
            Q_EMIT dataChanged(index(row), index(row), { TypingRole });
        Q_EMIT entryChanged(chat);
    };
    if (event.value(u"on").toBool()) {
        auto timer = std::make_shared<Timer>(world_.timers.after(typingLasts, [this, chat, changed] {
            typing_.remove(chat);
            changed();
        }));
        typing_.insert(chat, std::move(timer));
    } else {
        typing_.remove(chat);
    }
    changed();
}

int ChatListModel::placeOf(const ChatEntry &entry) const
{
    const auto it = std::ranges::lower_bound(entries_, entry, isBefore);
    return static_cast<int>(it - entries_.begin());
}

void ChatListModel::put(ChatEntry entry)
{
    const QString chat = entry.chat;
    const int row = rowOf(chat);
    if (row < 0) {
        const int place = placeOf(entry);
        beginInsertRows({}, place, place);
        entries_.insert(entries_.begin() + place, std::move(entry));
        endInsertRows();
    } else if (entries_[static_cast<std::size_t>(row)] != entry) {
        const ChatEntry old = std::exchange(entries_[static_cast<std::size_t>(row)], entry);
        if (isBefore(old, entry) || isBefore(entry, old)) {
            const auto from = entries_.begin() + row;
            // Where it belongs among the others: counted as if it had left its row.
            const auto place = std::ranges::count_if(
                entries_, [&](const ChatEntry &other) { return other.chat != chat && isBefore(other, entry); });
            const int to = static_cast<int>(place);
            if (to != row && beginMoveRows({}, row, row, {}, to > row ? to + 1 : to)) {
                if (to > row)
                    std::rotate(from, from + 1, entries_.begin() + to + 1);
                else
                    std::rotate(entries_.begin() + to, from, from + 1);
                endMoveRows();
            }
        }
        const int now = rowOf(chat);
        Q_EMIT dataChanged(index(now), index(now));
    } else {
        return;
    }
    retotal();
    Q_EMIT entryChanged(chat);
}

void ChatListModel::remove(const QString &chat)
{
    const int row = rowOf(chat);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    entries_.erase(entries_.begin() + row);
    endRemoveRows();
    retotal();
    Q_EMIT entryChanged(chat);
}

/// Muted and archived chats do not count for the tray and the dock.
void ChatListModel::retotal()
{
    unreadChats_ = 0;
    unreadMessages_ = 0;
    archivedChats_ = 0;
    for (const ChatEntry &entry : entries_) {
        archivedChats_ += entry.isArchived ? 1 : 0;
        if (entry.isArchived || entry.isMuted(world_.clock.now()) || (entry.unread == 0 && !entry.isMarkedUnread))
            continue;
        ++unreadChats_;
        unreadMessages_ += static_cast<int>(std::min<qint64>(entry.unread, 1'000'000));
    }
    Q_EMIT totalsChanged();
}

void ChatListModel::setLoading(bool loading)
{
    if (std::exchange(loading_, loading) != loading)
        Q_EMIT loadingChanged();
}

/// "Yesterday" and weekdays change at midnight, although no row does.
void ChatListModel::watchMidnight()
{
    midnight_ = world_.timers.after(untilMidnight(world_.clock.now()) + milliseconds { 500 }, [this] {
        if (!entries_.empty())
            Q_EMIT dataChanged(index(0), index(count() - 1), { TimeRole, SpokenRole });
        watchMidnight();
    });
}

} // namespace kith::gui
