// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/document.h"

#include <QDateTime>
#include <QJsonArray>

namespace kith::client {

namespace {

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

QString text(const char *ascii)
{
    return QString::fromLatin1(ascii);
}

/// No more than `limit` UTF-16 units, as the schema promises.
QString clipped(const std::string &utf8, qsizetype limit)
{
    return text(utf8).left(limit);
}

constexpr qsizetype maxName = 256;
constexpr qsizetype maxReason = 64;

QJsonObject quoteDocument(const Mid &mid, const Quote &quote, const Names &names)
{
    QJsonObject result { { QStringLiteral("mid"), text(mid.base32()) },
                         { QStringLiteral("text"), text(quote.text) },
                         { QStringLiteral("known"), quote.known } };
    if (quote.sender) {
        result.insert(QStringLiteral("user"), text(names.user(*quote.sender)));
        result.insert(QStringLiteral("name"), clipped(names.shown(*quote.sender), maxName));
        result.insert(QStringLiteral("me"), names.self() == *quote.sender);
    }
    return result;
}

QJsonArray marksDocument(const MessageMarks &marks)
{
    QJsonArray result;
    if (marks.old)
        result.append(QStringLiteral("old"));
    if (marks.removedDevice)
        result.append(QStringLiteral("removedDevice"));
    if (marks.brokenChain)
        result.append(QStringLiteral("brokenChain"));
    return result;
}

} // namespace

const char *toString(MessageState state)
{
    switch (state) {
    case MessageState::queued:
        return "queued";
    case MessageState::accepted:
        return "accepted";
    case MessageState::delivered:
        return "delivered";
    case MessageState::read:
        return "read";
    }
    return "queued";
}

const char *toString(MessageKind kind)
{
    switch (kind) {
    case MessageKind::text:
        return "text";
    case MessageKind::system:
        return "system";
    case MessageKind::undecryptable:
    case MessageKind::unknown: // needs a newer Kith: to this one it is as unreadable
        return "undecryptable";
    }
    return "undecryptable";
}

const char *toString(Trust trust)
{
    switch (trust) {
    case Trust::unseen:
        return "unseen";
    case Trust::tofu:
        return "tofu";
    case Trust::verified:
        return "verified";
    case Trust::changed:
        return "changed";
    }
    return "unseen";
}

const char *toString(ContactRelation relation)
{
    switch (relation) {
    case ContactRelation::none:
        return "none";
    case ContactRelation::accepted:
        return "accepted";
    case ContactRelation::blocked:
        return "blocked";
    }
    return "none";
}

const char *shownState(const Message &message)
{
    return message.failedReason ? "failed" : toString(message.state);
}

QString timeText(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(toMs(time), Qt::UTC).toString(Qt::ISODateWithMs);
}

QJsonObject messageDocument(const Message &message, const Names &names)
{
    const QJsonObject from { { QStringLiteral("user"), text(names.user(message.from.account)) },
                             { QStringLiteral("name"), clipped(names.shown(message.from.account), maxName) },
                             { QStringLiteral("device"), message.from.number },
                             { QStringLiteral("me"), message.fromMe } };
    QJsonObject result { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("mid"), text(message.mid.base32()) },
                         { QStringLiteral("chat"), text(names.chat(message.chat)) },
                         { QStringLiteral("from"), from },
                         { QStringLiteral("ts"), static_cast<qint64>(toMs(message.effectiveTime)) },
                         { QStringLiteral("late"), message.late },
                         { QStringLiteral("kind"), text(toString(message.kind)) },
                         { QStringLiteral("text"), text(message.text) },
                         { QStringLiteral("state"), text(shownState(message)) },
                         { QStringLiteral("starred"), false } };
    if (message.serverTime)
        result.insert(QStringLiteral("serverTs"), static_cast<qint64>(toMs(*message.serverTime)));
    if (message.sid)
        result.insert(QStringLiteral("sid"), QString::number(message.sid->value));
    if (message.replyTo)
        result.insert(QStringLiteral("replyTo"), text(message.replyTo->base32()));
    if (message.replyTo && message.quote)
        result.insert(QStringLiteral("quote"), quoteDocument(*message.replyTo, *message.quote, names));
    if (message.failedReason)
        result.insert(QStringLiteral("reason"), clipped(*message.failedReason, maxReason));
    if (message.marks.any())
        result.insert(QStringLiteral("marks"), marksDocument(message.marks));
    return result;
}

QJsonObject contactDocument(const Contact &contact, const Names &names)
{
    QJsonObject result { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("user"), text("@" + contact.name) },
                         { QStringLiteral("account"), text(contact.account.hex()) },
                         { QStringLiteral("name"), clipped(contact.alias, maxName) },
                         { QStringLiteral("profileName"), clipped(contact.displayName, maxName) },
                         { QStringLiteral("relation"), text(toString(contact.relation)) },
                         { QStringLiteral("trust"), text(toString(contact.trust)) },
                         { QStringLiteral("chat"), text(names.chat(contact.account)) } };
    if (contact.added)
        result.insert(QStringLiteral("addedAt"), timeText(*contact.added));
    return result;
}

namespace {

void putSettings(QJsonObject &object, const ChatSettings &settings)
{
    object.insert(QStringLiteral("pinned"), settings.pinned);
    object.insert(QStringLiteral("archived"), settings.archived);
    object.insert(QStringLiteral("markedUnread"), settings.markedUnread);
}

QJsonObject draftDocument(const ChatDraft &draft)
{
    QJsonObject result { { QStringLiteral("text"), text(draft.text) },
                         { QStringLiteral("ts"), static_cast<qint64>(toMs(draft.time)) } };
    if (draft.replyTo)
        result.insert(QStringLiteral("replyTo"), text(draft.replyTo->base32()));
    return result;
}

} // namespace

QJsonObject chatDocument(const Chat &chat, const Names &names)
{
    const bool isSelf = names.self() == chat.peer;
    QJsonObject result { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("chat"), text(names.chat(chat.peer)) },
                         { QStringLiteral("kind"), text(isSelf ? "self" : "direct") },
                         { QStringLiteral("title"), clipped(chat.name, maxName) },
                         { QStringLiteral("unread"), static_cast<qint64>(chat.unread) },
                         { QStringLiteral("request"), chat.request } };
    if (chat.firstUnread)
        result.insert(QStringLiteral("firstUnread"), text(chat.firstUnread->base32()));
    putSettings(result, chat.settings);
    if (chat.settings.mutedUntil)
        result.insert(QStringLiteral("mutedUntil"), static_cast<qint64>(toMs(*chat.settings.mutedUntil)));
    if (chat.draft)
        result.insert(QStringLiteral("draft"), draftDocument(*chat.draft));
    if (!isSelf) {
        result.insert(QStringLiteral("trust"), text(toString(chat.trust)));
        result.insert(QStringLiteral("relation"), text(toString(chat.relation)));
    }
    if (chat.last) {
        result.insert(QStringLiteral("lastTs"), static_cast<qint64>(toMs(chat.last->effectiveTime)));
        result.insert(QStringLiteral("last"), messageDocument(*chat.last, names));
    }
    return result;
}

QJsonObject messageEventBody(const Message &message, const Names &names)
{
    return { { QStringLiteral("chat"), text(names.chat(message.chat)) },
             { QStringLiteral("message"), messageDocument(message, names) } };
}

QJsonObject statusEventBody(const Message &message, const Names &names)
{
    QJsonObject body { { QStringLiteral("chat"), text(names.chat(message.chat)) },
                       { QStringLiteral("mid"), text(message.mid.base32()) },
                       { QStringLiteral("state"), text(shownState(message)) } };
    if (message.failedReason)
        body.insert(QStringLiteral("reason"), clipped(*message.failedReason, maxReason));
    return body;
}

QJsonObject chatEventBody(const Chat &chat, const Names &names)
{
    QJsonObject body { { QStringLiteral("chat"), text(names.chat(chat.peer)) },
                       { QStringLiteral("title"), clipped(chat.name, maxName) },
                       { QStringLiteral("unread"), static_cast<qint64>(chat.unread) },
                       { QStringLiteral("request"), chat.request } };
    putSettings(body, chat.settings);
    const auto until = chat.settings.mutedUntil.value_or(WallTime {});
    body.insert(QStringLiteral("mutedUntil"), static_cast<qint64>(toMs(until)));
    return body;
}

QJsonObject draftEventBody(const AccountId &chat, const std::optional<ChatDraft> &draft, const Names &names)
{
    QJsonObject body { { QStringLiteral("chat"), text(names.chat(chat)) } };
    if (draft)
        body.insert(QStringLiteral("draft"), draftDocument(*draft));
    return body;
}

QJsonObject contactEventBody(const Contact &contact, const Names &names)
{
    return { { QStringLiteral("user"), text("@" + contact.name) },
             { QStringLiteral("contact"), contactDocument(contact, names) } };
}

} // namespace kith::client
