// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/models/search_model.h"

#include "client-gui/models/chat_entry.h"
#include "client-gui/models/error_text.h"
#include "client-gui/models/foreign_text.h"
#include "client-gui/models/time_text.h"

#include <QJsonArray>

namespace kith::gui {

using namespace Qt::StringLiterals;

SearchModel::SearchModel(AgentLink &link, const World &world, QObject *parent)
    : QAbstractListModel(parent)
    , link_(link)
    , world_(world)
{
}

int SearchModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant SearchModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= count())
        return {};
    const Hit &hit = hits_[static_cast<std::size_t>(index.row())];
    switch (role) {
    case MidRole:
        return hit.mid;
    case ChatRole:
        return hit.chat;
    case Qt::DisplayRole:
    case TitleRole:
        return hit.title;
    case SenderRole:
        return hit.sender;
    case TimeRole:
        return listTime(hit.ts, world_.clock.now());
    case BeforeRole:
        return hit.before;
    case MarkedRole:
        return hit.marked;
    case AfterRole:
        return hit.after;
    default:
        return {};
    }
}

QHash<int, QByteArray> SearchModel::roleNames() const
{
    return { { MidRole, "mid" },   { ChatRole, "chat" },     { TitleRole, "title" },   { SenderRole, "sender" },
             { TimeRole, "time" }, { BeforeRole, "before" }, { MarkedRole, "marked" }, { AfterRole, "after" } };
}

QString SearchModel::midAt(int row) const
{
    return row >= 0 && row < count() ? hits_[static_cast<std::size_t>(row)].mid : QString();
}

QString SearchModel::chatAt(int row) const
{
    return row >= 0 && row < count() ? hits_[static_cast<std::size_t>(row)].chat : QString();
}

void SearchModel::search(const QString &query, const QString &chat)
{
    const QString wanted = query.trimmed().left(256);
    if (wanted == query_ && chat == chat_)
        return;
    query_ = wanted;
    chat_ = chat;
    ++round_;
    error_.clear();
    beginResetModel();
    hits_.clear();
    endResetModel();
    more_ = false;
    busy_ = !query_.isEmpty();
    if (busy_)
        timer_ = world_.timers.after(pause, [this] { ask(); });
    else
        timer_.cancel();
    Q_EMIT changed();
}

void SearchModel::loadMore()
{
    if (busy_ || !more_)
        return;
    busy_ = true;
    ask();
}

void SearchModel::ask()
{
    QJsonObject params { { u"query"_s, query_ }, { u"limit"_s, pageSize } };
    if (!chat_.isEmpty())
        params.insert(u"chat"_s, chat_);
    if (!hits_.empty())
        params.insert(u"before"_s, hits_.back().mid);
    link_.call(u"messages.search"_s, params).then(this, [this, round = round_](const Answer &answer) {
        if (round != round_)
            return;
        busy_ = false;
        if (answer) {
            const QJsonArray items = answer->value(u"items").toArray();
            more_ = answer->value(u"more").toBool();
            if (!items.isEmpty()) {
                beginInsertRows({}, count(), count() + static_cast<int>(items.size()) - 1);
                for (const QJsonValue &item : items)
                    hits_.push_back(hitOf(item.toObject()));
                endInsertRows();
            }
        } else if (answer.error().code != rpc::ErrorCode::notFound) {
            error_ = errorText(answer.error());
        }
        Q_EMIT changed();
    });
}

/// The first range is drawn as a mark, with what stands around it: a line has room for one.
SearchModel::Hit SearchModel::hitOf(const QJsonObject &item)
{
    const QJsonObject message = item.value(u"message").toObject();
    const QJsonObject from = message.value(u"from").toObject();
    const QJsonObject snippet = item.value(u"snippet").toObject();
    const QString text = snippet.value(u"text").toString();
    const QJsonObject range = snippet.value(u"ranges").toArray().first().toObject();
    const int start = std::clamp(range.value(u"start").toInt(), 0, static_cast<int>(text.size()));
    const int length = std::clamp(range.value(u"len").toInt(), 0, static_cast<int>(text.size()) - start);
    constexpr int lead = 28; // characters before the mark that stay in sight
    Hit hit;
    hit.mid = message.value(u"mid").toString();
    hit.chat = message.value(u"chat").toString();
    hit.title = shownName(nameOfAddress(hit.chat));
    hit.sender = from.value(u"me").toBool() ? tr("You") : shownName(from.value(u"name").toString());
    hit.ts = message.value(u"ts").toInteger();
    const bool isCut = start > lead || snippet.value(u"cutStart").toBool();
    // Spaces at the seams are kept by hand: shownLine trims.
    const QString before = text.mid(std::max(0, start - lead), std::min(start, lead));
    hit.before = (isCut ? u"…"_s : QString()) + shownLine(before) + (before.endsWith(u' ') ? u" "_s : QString());
    hit.marked = shownLine(text.mid(start, length));
    const QString after = text.mid(start + length);
    hit.after = (after.startsWith(u' ') ? u" "_s : QString()) + shownLine(after);
    return hit;
}

void Finder::clear()
{
    inChat_.clear();
    everywhere_.clear();
}

} // namespace kith::gui
