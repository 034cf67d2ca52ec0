// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/models/safety.h"

#include "client-gui/models/error_text.h"

namespace kith::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr int groupSize = 5;

} // namespace

Safety::Safety(AgentLink &link, Notices &notices, QObject *parent) : QObject(parent), link_(link), notices_(notices)
{
    connect(&link_, &AgentLink::event, this, [this](const QJsonObject &event) {
        if (event.value(u"type").toString() == u"identity.changed" && event.value(u"user").toString() == user_)
            show(user_);
    });
}

void Safety::show(const QString &user)
{
    if (user != user_)
        clear();
    user_ = user;
    if (user.isEmpty())
        return;
    link_.call(u"safety.show"_s, { { u"user"_s, user } }).then(this, [this, user](const Answer &answer) {
        if (user != user_)
            return;
        groups_.clear();
        if (answer) {
            digits_ = answer->value(u"digits").toString();
            for (qsizetype i = 0; i < digits_.size(); i += groupSize)
                groups_.append(digits_.mid(i, groupSize));
            code_ = answer->value(u"qr").toString();
            state_ = answer->value(u"state").toString();
        }
        error_ = answer ? QString()
            : answer.error().code == rpc::ErrorCode::notFound
            ? tr("There is no safety number yet: it comes with the first message between you.")
            : errorText(answer.error());
        Q_EMIT changed();
    });
}

void Safety::verify()
{
    link_.call(u"safety.verify"_s, { { u"user"_s, user_ }, { u"digits"_s, digits_ } })
        .then(this, [this](const Answer &answer) { after(answer); });
}

void Safety::reset()
{
    link_.call(u"safety.reset"_s, { { u"user"_s, user_ } }).then(this, [this](const Answer &answer) { after(answer); });
}

void Safety::after(const Answer &answer)
{
    if (!answer)
        notices_.fail(answer.error());
    show(user_);
}

void Safety::clear()
{
    user_.clear();
    digits_.clear();
    code_.clear();
    state_.clear();
    error_.clear();
    groups_.clear();
    Q_EMIT changed();
}

} // namespace kith::gui
