// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/models/people.h"

#include "client-gui/models/chat_entry.h"
#include "client-gui/models/chat_filter_model.h"
#include "client-gui/models/error_text.h"
#include "client-gui/models/foreign_text.h"
#include "client-gui/models/navigation.h"

#include <QJsonArray>
#include <QRegularExpression>

namespace kith::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr int pageSize = 200;

} // namespace

People::People(AgentLink &link, Notices &notices, QObject *parent)
    : QAbstractListModel(parent)
    , link_(link)
    , notices_(notices)
{
    connect(&link_, &AgentLink::event, this, [this](const QJsonObject &event) {
        if (event.value(u"type").toString() == u"contact.updated")
            reload();
    });
}

int People::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant People::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= count())
        return {};
    const Person &person = shown_[static_cast<std::size_t>(index.row())];
    switch (role) {
    case UserRole:
        return person.user;
    case Qt::DisplayRole:
    case TitleRole:
        return person.title;
    case InitialsRole:
        return person.initials;
    case HueRole:
        return person.hue;
    case VerifiedRole:
        return person.isVerified;
    case BlockedRole:
        return person.isBlocked;
    default:
        return {};
    }
}

QHash<int, QByteArray> People::roleNames() const
{
    return { { UserRole, "user" }, { TitleRole, "title" },       { InitialsRole, "initials" },
             { HueRole, "hue" },   { VerifiedRole, "verified" }, { BlockedRole, "blocked" } };
}

void People::setText(const QString &text)
{
    if (text == text_)
        return;
    text_ = text;
    error_.clear();
    refilter();
}

void People::setBlockedOnly(bool on)
{
    blockedOnly_ = on;
    refilter();
}

QString People::candidate() const
{
    static const QRegularExpression name(u"^@?([a-z0-9_.]{3,32})$"_s);
    QString user = userOfLink(text_.trimmed());
    if (const auto match = name.match(text_.trimmed().toLower()); match.hasMatch())
        user = u'@' + match.captured(1);
    const bool isKnown = std::ranges::any_of(people_, [&](const Person &person) { return person.user == user; });
    return isKnown ? QString() : user;
}

void People::reload()
{
    readPage({}, {}, ++generation_);
}

void People::readPage(const QString &after, std::vector<Person> soFar, int generation)
{
    QJsonObject params { { u"limit"_s, pageSize } };
    if (!after.isEmpty())
        params.insert(u"after"_s, after);
    link_.call(u"contacts.list"_s, params)
        .then(this, [this, generation, all = std::move(soFar)](const Answer &answer) mutable {
            if (!answer || generation != generation_)
                return;
            const QJsonArray items = answer->value(u"items").toArray();
            for (const QJsonValue &item : items) {
                const QJsonObject contact = item.toObject();
                Person person;
                person.user = contact.value(u"user").toString();
                person.title = shownName(contact.value(u"name").toString());
                if (person.title.isEmpty())
                    person.title = shownName(contact.value(u"profileName").toString());
                if (person.title.isEmpty())
                    person.title = shownName(nameOfAddress(person.user));
                person.initials = initialsOf(person.title);
                person.hue = hueOf(person.user);
                person.isVerified = contact.value(u"trust").toString() == u"verified";
                person.isBlocked = contact.value(u"relation").toString() == u"blocked";
                all.push_back(std::move(person));
            }
            if (answer->value(u"more").toBool() && !items.isEmpty()) {
                const QString last = all.back().user;
                return readPage(last, std::move(all), generation);
            }
            people_ = std::move(all);
            refilter();
        });
}

void People::refilter()
{
    beginResetModel();
    shown_.clear();
    for (const Person &person : people_) {
        if (person.isBlocked == blockedOnly_ && matchesName(person.title + u' ' + person.user, text_))
            shown_.push_back(person);
    }
    std::ranges::sort(
        shown_, [](const Person &one, const Person &other) { return one.title.localeAwareCompare(other.title) < 0; });
    endResetModel();
    Q_EMIT changed();
}

void People::add(const QString &user)
{
    if (busy_ || user.isEmpty())
        return;
    busy_ = true;
    error_.clear();
    Q_EMIT changed();
    link_.call(u"contacts.add"_s, { { u"user"_s, user } }).then(this, [this, user](const Answer &answer) {
        busy_ = false;
        if (answer)
            Q_EMIT found(answer->value(u"chat").toString(user));
        else if (answer.error().code == rpc::ErrorCode::notFound)
            error_ = tr("There is nobody called %1 on this server. Check the spelling.").arg(user);
        else
            error_ = errorText(answer.error());
        Q_EMIT changed();
    });
}

void People::unblock(const QString &user)
{
    link_.call(u"contacts.unblock"_s, { { u"user"_s, user } }).then(this, [this](const Answer &answer) {
        if (!answer)
            notices_.fail(answer.error());
        reload();
    });
}

void People::clear()
{
    ++generation_;
    people_.clear();
    text_.clear();
    error_.clear();
    refilter();
}

} // namespace kith::gui
