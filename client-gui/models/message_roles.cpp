// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/models/message_model.h"
#include "client-gui/models/time_text.h"

// What MessageModel says about each row: the half of the class that changes nothing.

namespace kith::gui {

using namespace Qt::StringLiterals;

int MessageModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QHash<int, QByteArray> MessageModel::roleNames() const
{
    return { { MidRole, "mid" },
             { SenderRole, "sender" },
             { HueRole, "hue" },
             { BodyRole, "body" },
             { ClippedRole, "clipped" },
             { TimeRole, "time" },
             { StateRole, "delivery" },
             { ReasonRole, "reason" },
             { MineRole, "mine" },
             { DayRole, "day" },
             { FirstRole, "first" },
             { LastRole, "last" },
             { KindRole, "kind" },
             { JumboRole, "jumbo" },
             { RightToLeftRole, "rightToLeft" },
             { QuoteMidRole, "quoteMid" },
             { QuoteSenderRole, "quoteSender" },
             { QuoteTextRole, "quoteText" },
             { QuoteHueRole, "quoteHue" },
             { QuoteKnownRole, "quoteKnown" },
             { LinkRole, "link" },
             { MarksRole, "marks" },
             { UnreadLineRole, "unreadLine" },
             { SpokenRole, "spoken" } };
}

QVariant MessageModel::data(const QModelIndex &index, int role) const
{
    const MessageEntry *entry = at(index.row());
    if (!entry || !index.isValid())
        return {};
    switch (role) {
    case MidRole:
        return entry->mid;
    case SenderRole:
        return entry->sender;
    case HueRole:
        return entry->hue;
    case Qt::DisplayRole:
    case BodyRole:
        return entry->text.left(longestBody);
    case ClippedRole:
        return entry->text.size() > longestBody;
    case TimeRole:
        return clockText(entry->ts);
    case StateRole:
        return entry->state;
    case ReasonRole:
        return entry->reason;
    case MineRole:
        return entry->mine;
    case KindRole:
        return entry->kind;
    case JumboRole:
        return entry->isJumbo && !entry->hasQuote;
    case RightToLeftRole:
        return entry->isRightToLeft;
    case QuoteMidRole:
        return entry->hasQuote ? entry->quoteMid : QString();
    case QuoteSenderRole:
        return entry->quoteSender;
    case QuoteTextRole:
        return entry->quoteText;
    case QuoteHueRole:
        return entry->quoteHue;
    case QuoteKnownRole:
        return entry->isQuoteKnown;
    case LinkRole:
        return entry->link;
    case MarksRole:
        return entry->marks;
    case Qt::AccessibleTextRole:
    case SpokenRole:
        return spoken(*entry);
    default:
        return ofPlace(index.row(), role);
    }
}

QVariant MessageModel::ofPlace(int row, int role) const
{
    switch (role) {
    case DayRole:
        return hasDay(row) ? dayText(at(row)->ts, world_.clock.now()) : QString();
    case FirstRole:
        return isFirst(row);
    case LastRole:
        return isLast(row);
    case UnreadLineRole:
        return !firstUnread_.isEmpty() && at(row)->mid == firstUnread_;
    default:
        return {};
    }
}

/// The oldest row says its day only when there is nothing above it, or the day would jump when the next page comes.
bool MessageModel::hasDay(int row) const
{
    const MessageEntry *above = at(row + 1);
    return above ? !isSameDay(above->ts, at(row)->ts) : atOldest_;
}

bool MessageModel::isFirst(int row) const
{
    const MessageEntry *entry = at(row);
    const MessageEntry *above = at(row + 1);
    return !above || above->user != entry->user || above->mine != entry->mine || above->kind == u"system"
        || entry->ts - above->ts > runGapMs || hasDay(row) || entry->mid == firstUnread_;
}

bool MessageModel::isLast(int row) const
{
    return row == 0 || isFirst(row - 1) || at(row - 1)->kind == u"system";
}

/// "sender, text, time, state" (ui 11).
QString MessageModel::spoken(const MessageEntry &entry) const
{
    QStringList parts { entry.sender };
    if (entry.hasQuote)
        parts << tr("in reply to %1").arg(entry.quoteText);
    parts << (entry.kind == u"undecryptable" ? tr("Waiting for this message") : entry.text.left(longestBody));
    parts << clockText(entry.ts);
    if (!entry.mine)
        return parts.join(u", "_s);
    if (entry.state == u"queued")
        parts << tr("waiting to be sent");
    else if (entry.state == u"accepted")
        parts << tr("sent");
    else if (entry.state == u"delivered")
        parts << tr("delivered");
    else if (entry.state == u"read")
        parts << tr("read");
    else if (entry.state == u"failed")
        parts << tr("not sent");
    return parts.join(u", "_s);
}

} // namespace kith::gui
