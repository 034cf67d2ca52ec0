// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/models/conversation.h"

#include "client-gui/models/error_text.h"
#include "client-gui/models/foreign_text.h"

#include <QJsonArray>

namespace kith::gui {

using namespace Qt::StringLiterals;

Conversation::Conversation(AgentLink &link, ChatListModel &chats, Notices &notices, const World &world, QObject *parent)
    : QObject(parent)
    , link_(link)
    , chats_(chats)
    , notices_(notices)
    , world_(world)
    , messages_(link, world)
{
    connect(&chats_, &ChatListModel::entryChanged, this, &Conversation::onEntryChanged);
    connect(&link_, &AgentLink::refresh, this, [this] {
        messages_.refresh();
        readLimits();
    });
    connect(&link_, &AgentLink::stateChanged, this, &Conversation::featuresChanged);
}

bool Conversation::isMuted() const
{
    return entry_.isMuted(world_.clock.now());
}

bool Conversation::isTyping() const
{
    const ChatEntry *entry = chats_.find(entry_.chat);
    return entry
        && chats_.data(chats_.index(static_cast<int>(entry - chats_.at(0))), ChatListModel::TypingRole).toBool();
}

void Conversation::open(const QString &chat, const QString &mid)
{
    if (chat == entry_.chat) {
        if (!mid.isEmpty())
            messages_.jumpTo(mid);
        return;
    }
    flushDraft();
    stopTyping();
    notices_.dismiss();
    const ChatEntry *known = chats_.find(chat);
    entry_ = known ? *known : ChatEntry {};
    entry_.chat = chat;
    if (!known && !chat.isEmpty()) { // a new person without a message yet
        entry_.title = shownName(nameOfAddress(chat));
        entry_.initials = initialsOf(entry_.title);
        entry_.hue = hueOf(chat);
        chats_.refreshChat(chat);
    }
    seenUpTo_.clear();
    draft_ = entry_.draftText;
    draftDirty_ = false;
    setReply({}, {}, {});
    Q_EMIT chatChanged();
    Q_EMIT changed();
    messages_.open(chat, entry_.unread, entry_.firstUnread);
    if (!mid.isEmpty())
        messages_.jumpTo(mid);
    Q_EMIT draftRestored(draft_);
    if (!entry_.draftReplyTo.isEmpty())
        reply(entry_.draftReplyTo);
}

void Conversation::onEntryChanged(const QString &chat)
{
    if (chat != entry_.chat || chat.isEmpty())
        return;
    const ChatEntry *known = chats_.find(chat);
    if (!known)
        return;
    const bool cameLate = entry_.relation.isEmpty() && !entry_.isSelf; // opened before the list knew it
    entry_ = *known;
    if (cameLate && draft_.isEmpty() && !entry_.draftText.isEmpty()) {
        draft_ = entry_.draftText;
        Q_EMIT draftRestored(draft_);
    }
    Q_EMIT changed();
}

int Conversation::surplusOf(const QString &text) const
{
    return std::max(0, static_cast<int>(text.toUtf8().size()) - textLimit_);
}

bool Conversation::send(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty() || entry_.chat.isEmpty() || link_.state() != AgentLink::State::open || surplusOf(trimmed) > 0)
        return false;
    QJsonObject params { { u"to"_s, QJsonArray { entry_.chat } }, { u"text"_s, trimmed } };
    if (!replyMid_.isEmpty())
        params.insert(u"replyTo"_s, replyMid_);
    if (link_.hasFeature(u"drafts"_s))
        params.insert(u"clearDraft"_s, true);
    stopTyping();
    draftTimer_.cancel();
    draft_.clear();
    draftDirty_ = false;
    const QString replyTo = replyMid_;
    setReply({}, {}, {});
    link_.call(u"send"_s, params).then(this, [this, trimmed, replyTo, chat = entry_.chat](const Answer &answer) {
        if (answer) {
            const QJsonObject target = answer->value(u"targets").toArray().first().toObject();
            const QJsonObject fault = target.value(u"error").toObject();
            if (!fault.isEmpty() && target.value(u"mid").toString().isEmpty())
                notices_.say(failedText(fault.value(u"code").toString()));
            return;
        }
        notices_.fail(answer.error());
        if (chat == entry_.chat && draft_.isEmpty()) { // nothing that was typed is lost
            draft_ = trimmed;
            draftDirty_ = true;
            Q_EMIT draftRestored(trimmed);
            if (!replyTo.isEmpty())
                reply(replyTo);
        }
    });
    Q_EMIT sent();
    return true;
}

void Conversation::setDraft(const QString &text)
{
    if (text == draft_ || entry_.chat.isEmpty())
        return;
    draft_ = text;
    draftDirty_ = true;
    if (!draftTimer_.isSet()) // not put off by the next key: who types without a pause loses half a second at most
        draftTimer_ = world_.timers.after(draftPause, [this] { flushDraft(); });
    if (text.isEmpty()) {
        stopTyping();
    } else if (!typingSent_ && !entry_.isSelf && !entry_.isRequest) {
        typingSent_ = true;
        typingTimer_ = world_.timers.after(typingEvery, [this] { typingSent_ = false; });
        call(u"typing.set"_s, { { u"chat"_s, entry_.chat }, { u"on"_s, true } });
    }
}

void Conversation::stopTyping()
{
    typingTimer_.cancel();
    if (std::exchange(typingSent_, false))
        call(u"typing.set"_s, { { u"chat"_s, entry_.chat }, { u"on"_s, false } });
}

void Conversation::flushDraft()
{
    draftTimer_.cancel();
    if (!std::exchange(draftDirty_, false) || entry_.chat.isEmpty() || !link_.hasFeature(u"drafts"_s))
        return;
    QString text = draft_;
    while (surplusOf(text) > 0) // a text that is too long to be sent is kept as far as a draft may be
        text.chop(std::max<qsizetype>(1, surplusOf(text) / 4));
    QJsonObject params { { u"chat"_s, entry_.chat }, { u"text"_s, text } };
    if (!replyMid_.isEmpty())
        params.insert(u"replyTo"_s, replyMid_);
    call(u"chats.setDraft"_s, params);
}

void Conversation::reply(const QString &mid)
{
    if (!canQuote())
        return;
    const MessageEntry *entry = messages_.at(messages_.rowOf(mid));
    if (entry)
        return setReply(mid, entry->sender, shownLine(entry->text));
    link_.call(u"messages.get"_s, { { u"mid"_s, mid } })
        .then(this, [this, mid, chat = entry_.chat](const Answer &answer) {
            if (!answer || chat != entry_.chat)
                return;
            const auto message = MessageEntry::fromJson(*answer);
            setReply(mid, message.sender, shownLine(message.text));
        });
}

void Conversation::cancelReply()
{
    if (replyMid_.isEmpty())
        return;
    setReply({}, {}, {});
    draftDirty_ = !draft_.isEmpty();
}

void Conversation::setReply(const QString &mid, const QString &sender, const QString &text)
{
    replyMid_ = mid;
    replySender_ = sender;
    replyText_ = text;
    Q_EMIT replyChanged();
}

void Conversation::seen(const QString &mid)
{
    const bool nothingNew = mid.isEmpty() || mid == seenUpTo_ || (entry_.unread == 0 && !entry_.isMarkedUnread);
    // Before a stranger is accepted, nothing tells them that somebody looks.
    if (nothingNew || entry_.isRequest)
        return;
    seenUpTo_ = mid;
    call(u"chats.markRead"_s, { { u"chat"_s, entry_.chat }, { u"upTo"_s, mid } });
}

void Conversation::retry(const QString &mid)
{
    call(u"messages.retry"_s, { { u"mid"_s, mid } });
}

void Conversation::cancelSending(const QString &mid)
{
    link_.call(u"messages.cancel"_s, { { u"mid"_s, mid } }).then(this, [this](const Answer &answer) {
        if (!answer)
            notices_.fail(answer.error());
        else if (!answer->value(u"cancelled").toBool())
            notices_.say(tr("Too late: the message has left already."));
        messages_.refresh();
    });
}

void Conversation::deleteForMe(const QString &mid)
{
    if (messages_.rowOf(mid) < 0)
        return;
    messages_.hide(mid);
    notices_.offerUndo(
        tr("Message deleted on this device"), [this, mid] { messages_.unhide(mid); },
        [this, mid] {
            call(u"messages.delete"_s, { { u"mids"_s, QJsonArray { mid } } });
        });
}

void Conversation::accept()
{
    call(u"requests.accept"_s, { { u"user"_s, entry_.chat } });
}

void Conversation::refuse(bool block)
{
    const QString chat = entry_.chat;
    call(u"requests.refuse"_s, { { u"user"_s, chat }, { u"block"_s, block } });
    chats_.refreshChat(chat);
    close();
}

void Conversation::acceptNewKey()
{
    call(u"safety.reset"_s, { { u"user"_s, entry_.chat } });
}

QString Conversation::failedWhy(const QString &reason) const
{
    return failedText(reason);
}

void Conversation::readLimits()
{
    link_.call(u"account.limits"_s).then(this, [this](const Answer &answer) {
        if (!answer)
            return;
        textLimit_ = answer->value(u"limits").toObject().value(u"textBytes").toInt(defaultTextLimit);
        Q_EMIT featuresChanged();
    });
}

/// A call whose effect comes back as an event.
void Conversation::call(const QString &method, const QJsonObject &params)
{
    const bool matters = method != u"typing.set" && method != u"chats.markRead";
    link_.call(method, params).then(this, [this, matters, chat = entry_.chat](const Answer &answer) {
        if (!answer && matters && answer.error().code != rpc::ErrorCode::locked) // the lock screen says that itself
            notices_.fail(answer.error());
        else if (answer && matters)
            chats_.refreshChat(chat);
    });
}

} // namespace kith::gui
