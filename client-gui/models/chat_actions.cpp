// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/models/chat_actions.h"

namespace kith::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 hourMs = 3'600'000;

} // namespace

ChatActions::ChatActions(AgentLink &link, ChatListModel &chats, Notices &notices, const World &world, QObject *parent)
    : QObject(parent)
    , link_(link)
    , chats_(chats)
    , notices_(notices)
    , world_(world)
{
}

void ChatActions::call(const QString &method, const QJsonObject &params, const QString &chat)
{
    link_.call(method, params).then(this, [this, chat](const Answer &answer) {
        if (!answer)
            notices_.fail(answer.error());
        chats_.refreshChat(chat);
    });
}

void ChatActions::set(const QString &chat, const QJsonObject &what)
{
    QJsonObject params = what;
    params.insert(u"chat"_s, chat);
    call(u"chats.set"_s, params, chat);
}

void ChatActions::pin(const QString &chat, bool on)
{
    set(chat, { { u"pinned"_s, on } });
}

void ChatActions::mute(const QString &chat, int hours)
{
    const qint64 until = hours == 0 ? 0 : hours < 0 ? always : toMs(world_.clock.now()) + hours * hourMs;
    set(chat, { { u"mutedUntil"_s, until } });
}

void ChatActions::archive(const QString &chat, bool on)
{
    set(chat, { { u"archived"_s, on } });
    notices_.offerUndo(on ? tr("Chat archived") : tr("Chat back in the list"), [this, chat, on] {
        set(chat, { { u"archived"_s, !on } });
    });
}

void ChatActions::markUnread(const QString &chat)
{
    set(chat, { { u"markedUnread"_s, true } });
}

void ChatActions::markRead(const QString &chat)
{
    call(u"chats.markRead"_s, { { u"chat"_s, chat } }, chat);
}

void ChatActions::clear(const QString &chat)
{
    call(u"chats.clear"_s, { { u"chat"_s, chat } }, chat);
}

void ChatActions::remove(const QString &chat)
{
    call(u"chats.delete"_s, { { u"chat"_s, chat } }, chat);
}

void ChatActions::block(const QString &user, bool on)
{
    call(on ? u"contacts.block"_s : u"contacts.unblock"_s, { { u"user"_s, user } }, user);
}

void ChatActions::rename(const QString &user, const QString &name)
{
    call(u"contacts.rename"_s,
         { { u"user"_s, user }, { u"name"_s, name.trimmed().isEmpty() ? user.mid(1) : name.trimmed() } }, user);
}

} // namespace kith::gui
