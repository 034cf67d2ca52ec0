// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/models/agent_link.h"

#include "common/base/ids.h"
#include "common/rpc/method_table.h"

#include <QJsonArray>

namespace kith::gui {

using rpc::ErrorCode;
using rpc::RpcError;
using namespace Qt::StringLiterals;

AgentLink::AgentLink(rpc::StartOptions options, const World &world, QObject *parent)
    : QObject(parent)
    , options_(std::move(options))
    , world_(world)
{
}

AgentLink::~AgentLink()
{
    closed_ = true;
}

void AgentLink::start()
{
    connectNow();
}

void AgentLink::retry()
{
    if (state_ == State::open || closed_)
        return;
    if (state_ == State::failed) {
        starts_.clear();
        setState(State::connecting);
    }
    attempt_ = 0;
    if (!starter_)
        connectNow();
}

void AgentLink::close()
{
    closed_ = true;
    again_.cancel();
    starter_.reset();
    failHeld();
    if (client_)
        client_->close();
}

void AgentLink::connectNow()
{
    again_.cancel();
    while (!starts_.empty() && world_.clock.monotonic() - starts_.front() > startsWithin)
        starts_.pop_front();
    rpc::StartOptions options = options_;
    options.mayStart = options.mayStart && starts_.size() < mostStarts;
    starter_ = std::make_unique<rpc::AgentStarter>(options, world_.timers, world_.clock);
    starter_->start().then(
        this, [this](rpc::RpcResult<std::shared_ptr<rpc::Client>> client) { onStarted(std::move(client)); });
}

void AgentLink::onStarted(rpc::RpcResult<std::shared_ptr<rpc::Client>> client)
{
    const auto starter = std::move(starter_);
    if (starter && starter->hasSpawned())
        starts_.push_back(world_.clock.monotonic());
    if (closed_)
        return;
    if (!client) {
        error_ = client.error();
        const bool isWorn = starts_.size() >= mostStarts;
        if (state_ == State::lost && !isWorn && error_.code != ErrorCode::unsupported)
            return tryLater();
        failHeld();
        return setState(State::failed);
    }
    client_ = *client;
    hello_ = starter ? starter->hello() : QJsonObject {};
    connect(client_.get(), &rpc::Client::closed, this, &AgentLink::onClosed);
    connect(client_.get(), &rpc::Client::event, this, &AgentLink::onEvent);
    attempt_ = 0;
    storeState_ = hello_.value(u"state").toString();
    setState(State::open);
    Q_EMIT storeStateChanged();
    subscribe();
}

void AgentLink::onClosed()
{
    client_.reset();
    if (closed_ || state_ != State::open)
        return;
    setState(State::lost);
    tryLater();
}

void AgentLink::tryLater()
{
    // Full jitter: of many windows that lost their agents at once, none hammers.
    const milliseconds ceiling = std::min(mostPause, leastPause * (1 << std::min(attempt_++, 6)));
    const auto extra = world_.random.below(static_cast<std::uint64_t>(ceiling.count()));
    again_ = world_.timers.after(leastPause + milliseconds { static_cast<qint64>(extra) }, [this] { connectNow(); });
}

void AgentLink::setStoreState(const QString &state)
{
    if (state == storeState_ || state.isEmpty())
        return;
    storeState_ = state;
    Q_EMIT storeStateChanged();
    if (state == u"ready")
        subscribe();
}

void AgentLink::onEvent(const QJsonObject &event)
{
    const QString type = event.value(u"type").toString();
    if (const QString cursor = event.value(u"cursor").toString(); !cursor.isEmpty())
        cursor_ = cursor;
    if (type == u"agent.state")
        setStoreState(event.value(u"state").toString());
    if (type == u"event.gap")
        Q_EMIT refresh();
    else
        Q_EMIT this->event(event);
}

/// Refreshes always: what happened before the cursor was known is read, what happens after it is told.
void AgentLink::subscribe()
{
    if (storeState_ != u"ready" || !client_)
        return;
    QJsonObject params;
    if (!cursor_.isEmpty())
        params.insert(u"since"_s, cursor_);
    call(u"events.subscribe"_s, params).then(this, [this](const Answer &answer) {
        if (!answer)
            return; // the connection ended, or the store was locked meanwhile: both come back here
        cursor_ = answer->value(u"cursor").toString();
        Q_EMIT refresh();
        repeatHeld();
    });
}

bool AgentLink::hasFeature(const QString &name) const
{
    return hello_.value(u"features").toArray().contains(name);
}

Task<Answer> AgentLink::call(const QString &method, QJsonObject params, milliseconds timeout)
{
    const rpc::Method *known = rpc::findMethod(method);
    const bool keyed = known && known->effect == rpc::Effect::keyed;
    if (keyed && !params.contains(u"key")) {
        const auto key = world_.random.id<Mid>();
        if (!key)
            return Task<Answer>::ready(RpcError(key.error()));
        params.insert(u"key"_s, QString::fromStdString(key->base32()));
    }
    if (!client_)
        return Task<Answer>::ready(RpcError { ErrorCode::stopping, u"there is no agent"_s });
    auto held = std::make_shared<Held>(Held { method, std::move(params), timeout, {} });
    auto task = held->promise.task();
    issue(std::move(held), keyed);
    return task;
}

void AgentLink::issue(std::shared_ptr<Held> held, bool keyed)
{
    client_->call(held->method, held->params, held->timeout)
        .then(this, [this, held, keyed](const rpc::RpcResult<QJsonValue> &answer) {
            const bool agentDied = !answer && answer.error().code == ErrorCode::stopping;
            if (agentDied && keyed && !closed_)
                held_.push_back(held);
            else if (answer)
                held->promise.complete(answer->toObject());
            else
                held->promise.complete(answer.error());
        });
}

void AgentLink::repeatHeld()
{
    const auto waiting = std::exchange(held_, {});
    for (const auto &held : waiting) {
        if (client_)
            issue(held, true);
        else
            held_.push_back(held);
    }
}

void AgentLink::failHeld()
{
    const auto waiting = std::exchange(held_, {});
    for (const auto &held : waiting)
        held->promise.complete(error_);
}

void AgentLink::setState(State state)
{
    if (std::exchange(state_, state) != state)
        Q_EMIT stateChanged();
}

} // namespace kith::gui
