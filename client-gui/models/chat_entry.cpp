// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/models/chat_entry.h"

#include "client-gui/models/foreign_text.h"

#include <QCoreApplication>

namespace kith::gui {

QString nameOfAddress(const QString &address)
{
    return address.startsWith(u'@') ? address.mid(1) : address;
}

QString previewOf(const QJsonObject &message)
{
    const QString kind = message.value(u"kind").toString();
    if (kind == u"undecryptable")
        return QCoreApplication::translate("kith::gui::ChatEntry", "Waiting for this message");
    return shownLine(message.value(u"text").toString());
}

ChatEntry ChatEntry::fromJson(const QJsonObject &document)
{
    ChatEntry entry;
    entry.chat = document.value(u"chat").toString();
    entry.isSelf = document.value(u"kind").toString() == u"self";
    const QString name = document.value(u"title").toString();
    entry.title = entry.isSelf ? QCoreApplication::translate("kith::gui::ChatEntry", "Note to self") : shownName(name);
    if (entry.title.isEmpty())
        entry.title = shownName(nameOfAddress(entry.chat));
    entry.initials = initialsOf(entry.title);
    entry.hue = hueOf(entry.chat);
    entry.unread = document.value(u"unread").toInteger();
    entry.firstUnread = document.value(u"firstUnread").toString();
    entry.isRequest = document.value(u"request").toBool();
    entry.trust = document.value(u"trust").toString();
    entry.relation = document.value(u"relation").toString();
    entry.lastTs = document.value(u"lastTs").toInteger();
    entry.isPinned = document.value(u"pinned").toBool();
    entry.isArchived = document.value(u"archived").toBool();
    entry.isMarkedUnread = document.value(u"markedUnread").toBool();
    entry.mutedUntil = document.value(u"mutedUntil").toInteger();
    const QJsonObject draft = document.value(u"draft").toObject();
    entry.draftText = draft.value(u"text").toString();
    entry.draftReplyTo = draft.value(u"replyTo").toString();
    entry.draft = shownLine(entry.draftText);
    if (const QJsonObject last = document.value(u"last").toObject(); !last.isEmpty()) {
        entry.preview = previewOf(last);
        const bool mine = last.value(u"from").toObject().value(u"me").toBool();
        if (mine && !entry.isSelf && last.value(u"kind").toString() == u"text")
            entry.state = last.value(u"state").toString();
    }
    return entry;
}

} // namespace kith::gui
