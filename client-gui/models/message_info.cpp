// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/models/message_info.h"

#include "client-gui/models/error_text.h"
#include "client-gui/models/foreign_text.h"
#include "client-gui/models/time_text.h"

#include <QDateTime>
#include <QJsonArray>

namespace kith::gui {

using namespace Qt::StringLiterals;

namespace {

QString timeOf(const QJsonObject &recipient, QLatin1StringView member)
{
    const QString text = recipient.value(member).toString();
    return text.isEmpty() ? QString() : fullTime(QDateTime::fromString(text, Qt::ISODateWithMs).toMSecsSinceEpoch());
}

} // namespace

MessageInfo::MessageInfo(AgentLink &link, QObject *parent) : QObject(parent), link_(link)
{
    connect(&link_, &AgentLink::event, this, [this](const QJsonObject &event) {
        if (event.value(u"type").toString() == u"message.status" && event.value(u"mid").toString() == mid_)
            show(mid_);
    });
}

void MessageInfo::show(const QString &mid)
{
    if (mid != mid_)
        clear();
    mid_ = mid;
    if (mid.isEmpty())
        return;
    link_.call(u"messages.info"_s, { { u"mid"_s, mid } }).then(this, [this, mid](const Answer &answer) {
        if (mid != mid_ || !answer)
            return;
        const QJsonObject message = answer->value(u"message").toObject();
        text_ = shownLine(message.value(u"text").toString());
        mine_ = message.value(u"from").toObject().value(u"me").toBool();
        written_ = fullTime(message.value(u"ts").toInteger());
        recipients_.clear();
        for (const QJsonValue &item : answer->value(u"recipients").toArray()) {
            const QJsonObject recipient = item.toObject();
            const QString reason = recipient.value(u"reason").toString();
            recipients_.append(QVariantMap { { u"user"_s, recipient.value(u"user").toString() },
                                             { u"state"_s, recipient.value(u"state").toString() },
                                             { u"reason"_s, reason.isEmpty() ? QString() : failedText(reason) },
                                             { u"accepted"_s, timeOf(recipient, "acceptedAt"_L1) },
                                             { u"delivered"_s, timeOf(recipient, "deliveredAt"_L1) },
                                             { u"read"_s, timeOf(recipient, "readAt"_L1) } });
        }
        marks_.clear();
        for (const QJsonValue &mark : message.value(u"marks").toArray()) {
            if (mark.toString() == u"old")
                marks_ << tr("Written more than 60 days before it arrived, by its sender's clock.");
            else if (mark.toString() == u"removedDevice")
                marks_ << tr("The device that sent it has been removed since.");
            else if (mark.toString() == u"brokenChain")
                marks_ << tr("Its sender's message before it is another one than the one that arrived here.");
        }
        Q_EMIT changed();
    });
}

void MessageInfo::clear()
{
    mid_.clear();
    text_.clear();
    written_.clear();
    recipients_.clear();
    marks_.clear();
    Q_EMIT changed();
}

} // namespace kith::gui
