// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/models/message_entry.h"

#include "client-gui/models/chat_entry.h"
#include "client-gui/models/foreign_text.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <limits>
#include <tuple>

namespace kith::gui {

namespace {

QString senderOf(const QJsonObject &from)
{
    if (from.value(u"me").toBool())
        return QCoreApplication::translate("kith::gui::MessageEntry", "You");
    const QString name = shownName(from.value(u"name").toString());
    return name.isEmpty() ? shownName(nameOfAddress(from.value(u"user").toString())) : name;
}

} // namespace

MessageEntry MessageEntry::fromJson(const QJsonObject &document)
{
    MessageEntry entry;
    const QJsonObject from = document.value(u"from").toObject();
    entry.mid = document.value(u"mid").toString();
    entry.chat = document.value(u"chat").toString();
    entry.user = from.value(u"user").toString();
    entry.mine = from.value(u"me").toBool();
    entry.sender = senderOf(from);
    entry.hue = hueOf(entry.user);
    entry.kind = document.value(u"kind").toString();
    entry.text = shownText(document.value(u"text").toString());
    entry.state = document.value(u"state").toString();
    entry.reason = document.value(u"reason").toString();
    entry.ts = document.value(u"ts").toInteger();
    entry.serverTs = document.value(u"serverTs").toInteger();
    entry.sid = document.value(u"sid").toString().toULongLong();
    entry.isJumbo = entry.kind == u"text" && gui::isJumbo(entry.text);
    entry.isRightToLeft = gui::isRightToLeft(entry.text);
    entry.link = entry.kind == u"text" ? firstLink(entry.text) : QString();
    QStringList marks;
    for (const QJsonValue &mark : document.value(u"marks").toArray())
        marks.append(mark.toString());
    entry.marks = marks.join(u',');
    if (const QJsonObject quote = document.value(u"quote").toObject(); !quote.isEmpty()) {
        entry.hasQuote = true;
        entry.isQuoteKnown = quote.value(u"known").toBool();
        entry.quoteMid = quote.value(u"mid").toString();
        entry.quoteText = shownLine(quote.value(u"text").toString());
        const bool isNamed = quote.contains(u"user");
        entry.quoteSender = isNamed
            ? senderOf(quote)
            : QCoreApplication::translate("kith::gui::MessageEntry", "Message that is not here");
        entry.quoteHue = hueOf(quote.value(u"user").toString());
    }
    return entry;
}

bool isOlder(const MessageEntry &one, const MessageEntry &other)
{
    constexpr auto never = std::numeric_limits<qint64>::max();
    constexpr auto last = std::numeric_limits<quint64>::max();
    const auto key = [&](const MessageEntry &entry) {
        return std::tuple(entry.ts, entry.serverTs ? entry.serverTs : never, entry.sid ? entry.sid : last);
    };
    return key(one) < key(other);
}

} // namespace kith::gui
