// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/models/session.h"

#include "client-gui/models/error_text.h"
#include "client-gui/models/foreign_text.h"

#include <QFile>
#include <QJsonArray>

namespace kith::gui {

using namespace Qt::StringLiterals;
using rpc::ErrorCode;

namespace {

constexpr milliseconds second { 1'000 };
constexpr milliseconds activityEvery { 5'000 };
constexpr qint64 excerptBytes = 4'096;
constexpr milliseconds unlockTimeout { 60'000 }; // Argon2id on a slow machine

} // namespace

Session::Session(AgentLink &link, Notices &notices, const World &world, QObject *parent)
    : QObject(parent)
    , link_(link)
    , notices_(notices)
    , world_(world)
{
    connect(&link_, &AgentLink::stateChanged, this, &Session::onLink);
    connect(&link_, &AgentLink::storeStateChanged, this, &Session::onStoreState);
    connect(&link_, &AgentLink::event, this, &Session::onEvent);
    connect(&link_, &AgentLink::refresh, this, &Session::readAccount);
}

void Session::onLink()
{
    if (link_.state() == AgentLink::State::failed)
        setPhase(link_.error().code == ErrorCode::unsupported ? AgentIsOther : AgentFailed, &link_.error());
    else if (link_.state() == AgentLink::State::connecting)
        setPhase(Starting);
    updateStrip();
}

void Session::onStoreState()
{
    const QString &state = link_.storeState();
    if (state == u"unregistered")
        setPhase(Unregistered);
    else if (state == u"locked")
        setPhase(Locked);
    else if (state == u"ready" && phase_ != SignedOut && phase_ != DeviceRemoved && phase_ != UpdateNeeded)
        setPhase(Ready);
}

void Session::setPhase(Phase phase, const rpc::RpcError *error)
{
    problem_ = error ? errorText(*error) : QString();
    problemHint_ = error ? error->hint : QString();
    if (error && phase == AgentFailed)
        problem_ = error->message;
    const bool isShowing = phase == Ready;
    const Phase before = std::exchange(phase_, phase);
    if (phase == Locked || (before == Ready && !isShowing))
        Q_EMIT mustForget();
    if (phase == Locked) {
        user_.clear();
        name_.clear();
        about_.clear();
        Q_EMIT accountChanged();
    }
    Q_EMIT phaseChanged();
    updateStrip();
}

void Session::readAccount()
{
    link_.call(u"account.show"_s).then(this, [this](const Answer &answer) {
        if (answer)
            takeAccount(*answer);
    });
    link_.call(u"agent.status"_s).then(this, [this](const Answer &answer) {
        if (answer)
            setConnection(answer->value(u"connection").toString(), milliseconds { 0 });
    });
}

void Session::takeAccount(const QJsonObject &account)
{
    user_ = account.value(u"user").toString();
    name_ = account.value(u"name").toString();
    about_ = account.value(u"about").toString();
    server_ = account.value(u"server").toString();
    Q_EMIT accountChanged();
    const QString state = account.value(u"state").toString();
    if (state == u"signedOut")
        setPhase(SignedOut);
    else if (state == u"deviceRemoved")
        setPhase(DeviceRemoved);
    else if (state == u"updateNeeded")
        setPhase(UpdateNeeded);
    else if (phase_ != Ready && link_.storeState() == u"ready")
        setPhase(Ready);
}

void Session::onEvent(const QJsonObject &event)
{
    const QString type = event.value(u"type").toString();
    if (type == u"connection.state")
        setConnection(event.value(u"state").toString(), milliseconds { event.value(u"retryInMs").toInteger() });
    else if (type == u"account.signedOut")
        readAccount();
}

void Session::setConnection(const QString &connection, milliseconds retryIn)
{
    connection_ = connection;
    retryAt_ = world_.clock.monotonic() + retryIn;
    updateStrip();
}

QString Session::stripNow() const
{
    if (phase_ != Ready)
        return {};
    if (link_.state() != AgentLink::State::open)
        return tr("Kith's background service stopped. Restarting…");
    if (connection_ == u"connecting")
        return tr("Connecting…");
    if (connection_ != u"offline")
        return {};
    const auto left = (retryAt_ - world_.clock.monotonic() + second - milliseconds { 1 }) / second;
    return left > 0 ? tr("Offline, retrying in %n s", nullptr, static_cast<int>(left)) : tr("Offline");
}

/// A strip comes after 2 s of trouble, so that a short one does not flicker, and counts down while it is there.
void Session::updateStrip()
{
    const QString wanted = stripNow();
    if (wanted.isEmpty()) {
        stripTimer_.cancel();
        stripDue_ = false;
    } else if (!stripDue_ && strip_.isEmpty()) {
        if (!stripTimer_.isSet()) {
            stripTimer_ = world_.timers.after(stripAfter, [this] {
                stripDue_ = true;
                stripTimer_.cancel();
                updateStrip();
            });
        }
    } else {
        stripTimer_ = world_.timers.after(second, [this] { updateStrip(); });
    }
    const QString now = wanted.isEmpty() || stripDue_ ? wanted : QString();
    strip_ = now;
    Q_EMIT stripChanged();
}

void Session::lock()
{
    link_.call(u"agent.lock"_s).then(this, [this](const Answer &answer) {
        if (answer)
            link_.setStoreState(answer->value(u"state").toString());
        else
            notices_.fail(answer.error());
    });
}

void Session::unlock(const QString &slot, const QString &secret)
{
    if (busy_)
        return;
    busy_ = true;
    unlockError_.clear();
    Q_EMIT busyChanged();
    QJsonObject params { { u"slot"_s, slot } };
    if (!secret.isEmpty())
        params.insert(u"secret"_s, secret);
    link_.call(u"agent.unlock"_s, params, unlockTimeout).then(this, [this, slot](const Answer &answer) {
        busy_ = false;
        if (answer) {
            link_.setStoreState(answer->value(u"state").toString());
        } else if (answer.error().code == ErrorCode::storeDamaged || answer.error().code == ErrorCode::storeFull) {
            setPhase(Damaged, &answer.error());
        } else if (answer.error().code == ErrorCode::locked) {
            unlockError_ = slot == u"keyring"
                ? tr("The keyring does not open Kith. Use your passphrase or recovery key.")
                : slot == u"recovery" ? tr("This is not the recovery key of this profile.")
                                      : tr("This passphrase is not the right one.");
        } else {
            unlockError_ = errorText(answer.error());
        }
        Q_EMIT busyChanged();
    });
}

void Session::clearUnlockError()
{
    unlockError_.clear();
    Q_EMIT busyChanged();
}

void Session::retry()
{
    if (link_.state() == AgentLink::State::open)
        readAccount();
    else
        link_.retry();
}

void Session::setProfile(const QString &name, const QString &about)
{
    QJsonObject params { { u"about"_s, about.trimmed() } };
    if (!name.trimmed().isEmpty())
        params.insert(u"name"_s, name.trimmed());
    link_.call(u"account.set"_s, params).then(this, [this](const Answer &answer) {
        if (!answer)
            return notices_.fail(answer.error());
        takeAccount(*answer);
        notices_.say(tr("Saved. Your contacts see it with your next message."));
    });
}

void Session::runDoctor()
{
    link_.call(u"agent.doctor"_s, {}, milliseconds { 60'000 }).then(this, [this](const Answer &answer) {
        checks_.clear();
        if (answer)
            checks_ = answer->value(u"checks").toArray().toVariantList();
        else
            notices_.fail(answer.error());
        Q_EMIT checksChanged();
    });
}

QString Session::logExcerpt() const
{
    QFile file(link_.paths().logFile);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    file.seek(std::max<qint64>(0, file.size() - excerptBytes));
    return shownText(QString::fromUtf8(file.readAll())).trimmed();
}

void Session::noteActivity()
{
    const MonoTime now = world_.clock.monotonic();
    if (phase_ != Ready || now - lastActivity_ < activityEvery || !link_.hasFeature(u"frontend"_s))
        return;
    lastActivity_ = now;
    link_.call(u"frontend.activity"_s).then(this, [](const Answer &) {}); // only the timer hears it
}

} // namespace kith::gui
