// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/models/agent_settings.h"

#include "client-gui/models/time_text.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QUrl>

namespace kith::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr milliseconds slotTimeout { 60'000 }; // Argon2id on a slow machine, a keyring that asks

/// Adds "since": a time for people.
QVariantMap withTime(QVariantMap item)
{
    const auto time = QDateTime::fromString(item.value(u"addedAt"_s).toString(), Qt::ISODateWithMs);
    item.insert(u"since"_s, time.isValid() ? fullTime(time.toMSecsSinceEpoch()) : QString());
    return item;
}

QVariantList itemsOf(const QJsonObject &answer)
{
    QVariantList list;
    for (const QJsonValue &item : answer.value(u"items").toArray())
        list.append(withTime(item.toObject().toVariantMap()));
    return list;
}

} // namespace

AgentSettings::AgentSettings(AgentLink &link, Notices &notices, QObject *parent)
    : QObject(parent)
    , link_(link)
    , notices_(notices)
{
    connect(&link_, &AgentLink::refresh, this, &AgentSettings::reload);
}

void AgentSettings::read(const QString &method, std::function<void(const QJsonObject &)> take)
{
    link_.call(method).then(this, [this, take = std::move(take)](const Answer &answer) {
        if (!answer)
            return; // what is shown stays; refresh() reads it again
        take(*answer);
        Q_EMIT changed();
    });
}

void AgentSettings::reload()
{
    read(u"privacy.get"_s, [this](const QJsonObject &privacy) {
        receipts_ = privacy.value(u"receipts").toBool();
        strictTrust_ = privacy.value(u"trust").toString() == u"strict";
    });
    read(u"config.list"_s, [this](const QJsonObject &config) {
        for (const QJsonValue &item : config.value(u"items").toArray())
            config_.insert(item.toObject().value(u"name").toString(), item.toObject().value(u"value").toString());
    });
    read(u"slots.list"_s, [this](const QJsonObject &answer) { slots_ = itemsOf(answer); });
    read(u"devices.list"_s, [this](const QJsonObject &answer) { devices_ = itemsOf(answer); });
    read(u"server.show"_s, [this](const QJsonObject &server) { server_ = server.toVariantMap(); });
    read(u"db.stats"_s, [this](const QJsonObject &stats) { storage_ = stats.toVariantMap(); });
}

void AgentSettings::change(const QString &method, const QJsonObject &params, const QString &done)
{
    busy_ = true;
    Q_EMIT recoveryChanged();
    link_.call(method, params, slotTimeout).then(this, [this, done](const Answer &answer) {
        busy_ = false;
        Q_EMIT recoveryChanged();
        if (!answer)
            notices_.fail(answer.error());
        else if (!done.isEmpty())
            notices_.say(done);
        reload();
    });
}

void AgentSettings::setConfig(const QString &name, const QString &value)
{
    change(u"config.set"_s, { { u"name"_s, name }, { u"value"_s, value } });
}

void AgentSettings::setReceipts(bool on)
{
    change(u"privacy.set"_s, { { u"receipts"_s, on } });
}

void AgentSettings::setStrictTrust(bool on)
{
    change(u"privacy.set"_s, { { u"trust"_s, on ? u"strict"_s : u"firstUse"_s } });
}

void AgentSettings::setLockAfter(const QString &duration)
{
    setConfig(u"lock.after"_s, duration);
}

void AgentSettings::setLockWithScreen(bool on)
{
    setConfig(u"lock.with_screen"_s, on ? u"true"_s : u"false"_s);
}

void AgentSettings::setStayConnected(bool on)
{
    setConfig(u"agent.linger"_s, on ? u"forever"_s : u"60s"_s);
}

void AgentSettings::setOnlyWindow(bool on)
{
    setConfig(u"agent.frontends"_s, on ? u"gui"_s : u"all"_s);
}

bool AgentSettings::hasSlot(const QString &kind) const
{
    return std::ranges::any_of(slots_,
                               [&](const QVariant &slot) { return slot.toMap().value(u"kind"_s).toString() == kind; });
}

void AgentSettings::addKeyring()
{
    change(u"slots.add"_s, { { u"kind"_s, u"keyring"_s } }, tr("The system keyring opens Kith now."));
}

void AgentSettings::setPassphrase(const QString &passphrase)
{
    change(u"slots.add"_s, { { u"kind"_s, u"passphrase"_s }, { u"secret"_s, passphrase } },
           tr("The passphrase opens Kith now."));
}

void AgentSettings::removeSlot(const QString &id)
{
    change(u"slots.remove"_s, { { u"id"_s, id } });
}

void AgentSettings::createRecovery()
{
    busy_ = true;
    Q_EMIT recoveryChanged();
    link_.call(u"recovery.create"_s, {}, slotTimeout).then(this, [this](const Answer &answer) {
        busy_ = false;
        if (answer)
            recoveryKey_ = answer->value(u"recoveryKey").toString();
        else
            notices_.fail(answer.error());
        Q_EMIT recoveryChanged();
        reload();
    });
}

bool AgentSettings::saveRecovery(const QUrl &file)
{
    QFile target(file.toLocalFile());
    const auto onlyOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    const bool opened = target.open(QIODevice::WriteOnly | QIODevice::Truncate, onlyOwner);
    const QByteArray line = recoveryKey_.toLatin1() + '\n';
    const bool saved =
        opened && target.setPermissions(onlyOwner) && target.write(line) == line.size() && target.flush();
    if (!saved)
        notices_.say(tr("The file could not be written. Choose another folder."));
    return saved;
}

void AgentSettings::forgetRecovery()
{
    recoveryKey_.fill(u'0'); // the last copy of ours
    recoveryKey_.clear();
    Q_EMIT recoveryChanged();
}

void AgentSettings::ping()
{
    link_.call(u"server.ping"_s).then(this, [this](const Answer &answer) {
        if (answer)
            Q_EMIT pinged(answer->value(u"ms").toDouble());
        else
            notices_.fail(answer.error());
    });
}

void AgentSettings::clear()
{
    forgetRecovery();
    slots_.clear();
    devices_.clear();
    server_.clear();
    storage_.clear();
    Q_EMIT changed();
}

} // namespace kith::gui
