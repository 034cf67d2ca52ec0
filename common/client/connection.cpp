// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/connection.h"

#include "common/base/log.h"
#include "common/client/account.h"
#include "common/client/parts.h"
#include "common/client/refusal.h"
#include "common/wire/codec.h"
#include "common/wire/limits.h"

namespace kith::client {

KITH_LOG_CATEGORY(logConnection, "kith.connection")

namespace {

constexpr std::uint64_t helloRequest = 1;
constexpr std::uint64_t loginRequest = 2;
constexpr milliseconds handshakeTime { 10'000 };
constexpr milliseconds heartbeatShortest { 25'000 }; // security S8: 25 to 30 s
constexpr std::uint64_t heartbeatSpreadMs = 5'000;

wire::Fault unavailable()
{
    return { wire::ErrorCode::unavailable, "no connection to the server", {} };
}

} // namespace

const char *toString(ConnectionState state)
{
    switch (state) {
    case ConnectionState::offline:
        return "offline";
    case ConnectionState::connecting:
        return "connecting";
    case ConnectionState::online:
        return "online";
    }
    return "offline";
}

Connection::Connection(Parts &parts) : parts_(parts), backoff_(parts.world.clock, parts.world.jitter) { }

Connection::~Connection()
{
    wanted_ = false;
    dropChannel();
}

void Connection::start()
{
    wanted_ = true;
    dial();
}

void Connection::stop()
{
    wanted_ = false;
    retry_.cancel();
    retryAt_.reset();
    if (channel_ && channel_->isOpen())
        channel_->close(wire::CloseCode::normal, QStringLiteral("the agent stops"));
    dropChannel();
    setState(ConnectionState::offline);
}

void Connection::hurry()
{
    if (!wanted_ || phase_ != Phase::idle)
        return;
    retry_.cancel();
    retryAt_.reset();
    dial();
}

void Connection::restart()
{
    dropChannel();
    backoff_.reset();
    setState(ConnectionState::offline);
    hurry();
}

std::optional<milliseconds> Connection::retryIn() const
{
    if (!retryAt_)
        return {};
    return std::max(milliseconds { 0 }, *retryAt_ - parts_.world.clock.monotonic());
}

void Connection::dial()
{
    const auto address = parts_.account->dialAddress();
    if (!wanted_ || phase_ != Phase::idle || !address)
        return;
    phase_ = Phase::dialling;
    serverPause_ = milliseconds { 0 };
    attempt_ = std::make_unique<QObject>();
    setState(ConnectionState::connecting);
    parts_.world.dialer.dial(*address, attempt_.get(), [this](auto channel) { opened(std::move(channel)); });
}

void Connection::opened(Result<std::unique_ptr<net::Channel>> dialled)
{
    if (!dialled) {
        end(fromDialling(dialled.error()));
        return;
    }
    channel_ = std::move(*dialled);
    phase_ = Phase::hello;
    hello_.reset();
    connect(channel_.get(), &net::Channel::received, this, &Connection::receive);
    connect(channel_.get(), &net::Channel::closed, this, &Connection::closed);
    handshake_ = parts_.world.timers.after(handshakeTime, [this] {
        end({ FailureCode::timeout, "the server did not greet in time", "is it a kith server?", {} });
    });
    wire::Hello hello;
    hello.appVersion = "kith";
    sendFrame(helloRequest, std::move(hello));
}

void Connection::receive(const QByteArray &bytes)
{
    auto frame = wire::decodeServerFrame(bytes);
    if (!frame) {
        qCWarning(logConnection, "the server sent a frame that cannot be read");
        end({ FailureCode::network, "the server sent a frame that cannot be read", "is it a kith server?", {} });
        return;
    }
    switch (phase_) {
    case Phase::hello:
        greet(frame->body);
        break;
    case Phase::login:
        loginAnswered(*frame);
        break;
    case Phase::online:
        dispatch(*frame);
        break;
    case Phase::idle:
    case Phase::dialling:
        break;
    }
}

void Connection::greet(const wire::ServerBody &body)
{
    if (const auto *hello = std::get_if<wire::ServerHello>(&body)) {
        hello_ = *hello;
        updateNeeded_ = hello->version == 0;
        if (updateNeeded_)
            end({ FailureCode::updateNeeded,
                  "the server speaks no version that this program knows",
                  "update kith, or ask the operator to update the server",
                  {} },
                updatePause);
    } else if (const auto *challenge = std::get_if<wire::Challenge>(&body); challenge && hello_) {
        logIn(*challenge);
    } else {
        end({ FailureCode::network,
              "the server greeted in a way that is not the protocol",
              "is it a kith server?",
              {} });
    }
}

void Connection::logIn(const wire::Challenge &challenge)
{
    serverAhead_ = challenge.time - parts_.world.clock.now();
    auto frame = parts_.account->loginFrame(*hello_, challenge, channel_->certificateHash());
    if (!frame) {
        end(std::move(frame).error(), replacedPause);
        return;
    }
    phase_ = Phase::login;
    nextRequest_ = loginRequest + 1;
    sendFrame(loginRequest, std::move(*frame));
}

void Connection::loginAnswered(const wire::ServerFrame &frame)
{
    if (const auto *away = std::get_if<wire::GoAway>(&frame.body)) {
        serverPause_ = away->retryAfter;
        return;
    }
    if (frame.requestId != loginRequest)
        return;
    const auto *ready = std::get_if<wire::Ready>(&frame.body);
    if (const auto *fault = std::get_if<wire::Fault>(&frame.body)) {
        const auto failure = parts_.account->loginRefused(*fault);
        end(failure, fault->retryAfter.value_or(milliseconds { 0 }));
        return;
    }
    if (!ready) {
        end({ FailureCode::network, "the server answered the login in a way that is not the protocol", {}, {} });
        return;
    }
    if (auto taken = parts_.account->loginAccepted(*hello_, *ready); !taken) {
        end(fromStore(taken.error()));
        return;
    }
    handshake_.cancel();
    phase_ = Phase::online;
    reason_.clear();
    backoff_.connected();
    liveness_ = std::make_unique<net::Liveness>(*channel_, parts_.world.clock, parts_.world.timers);
    planHeartbeat();
    setState(ConnectionState::online);
    Q_EMIT this->ready(*ready);
}

void Connection::dispatch(const wire::ServerFrame &frame)
{
    if (frame.requestId != 0) {
        if (const auto *fault = std::get_if<wire::Fault>(&frame.body))
            answer(frame.requestId, *fault);
        else
            answer(frame.requestId, frame.body);
    } else if (const auto *deliver = std::get_if<wire::Deliver>(&frame.body)) {
        Q_EMIT delivered(*deliver);
    } else if (std::holds_alternative<wire::Drained>(frame.body)) {
        Q_EMIT drained();
    } else if (const auto *sealed = std::get_if<wire::Ephemeral>(&frame.body)) {
        Q_EMIT ephemeral(*sealed);
    } else if (const auto *low = std::get_if<wire::PreKeysLow>(&frame.body)) {
        Q_EMIT preKeysLow(*low);
    } else if (const auto *away = std::get_if<wire::GoAway>(&frame.body)) {
        serverPause_ = away->retryAfter;
    }
}

void Connection::answer(std::uint64_t requestId, wire::Outcome<wire::ServerBody> outcome)
{
    auto waiting = waiting_.extract(requestId);
    if (waiting)
        waiting.mapped().promise.complete(std::move(outcome));
}

Task<wire::Outcome<wire::ServerBody>> Connection::request(wire::ClientBody body)
{
    if (phase_ != Phase::online)
        return Task<wire::Outcome<wire::ServerBody>>::ready(unavailable());
    const auto id = nextRequest_++;
    auto &waiting = waiting_[id];
    waiting.deadline = parts_.world.timers.after(requestTime, [this, id] {
        answer(id, wire::Fault { wire::ErrorCode::unavailable, "the server did not answer in time", {} });
    });
    auto task = waiting.promise.task();
    sendFrame(id, std::move(body));
    return task;
}

void Connection::post(wire::ClientBody body)
{
    if (phase_ == Phase::online)
        sendFrame(0, std::move(body));
}

void Connection::sendFrame(std::uint64_t requestId, wire::ClientBody body)
{
    channel_->send(wire::encode(wire::ClientFrame { requestId, std::move(body) }));
}

void Connection::fail(const std::string &reason)
{
    if (phase_ == Phase::online)
        end({ FailureCode::storeFull, reason, {}, {} }, milliseconds { 1'000 });
}

void Connection::planHeartbeat()
{
    const auto wait = heartbeatShortest + milliseconds { parts_.world.jitter.below(heartbeatSpreadMs + 1) };
    heartbeat_ = parts_.world.timers.after(wait, [this] {
        if (phase_ != Phase::online)
            return;
        sendFrame(nextRequest_++, wire::Heartbeat {}); // the answer is a sign of life and nothing else
        planHeartbeat();
    });
}

void Connection::closed(int code, const QString &)
{
    switch (static_cast<wire::CloseCode>(code)) {
    case wire::CloseCode::replaced:
        end({ FailureCode::network,
              "another program took over this device's connection",
              "is the profile open elsewhere?",
              {} },
            replacedPause);
        Q_EMIT replaced();
        return;
    case wire::CloseCode::signedOut:
        parts_.account->signedOut("the server no longer knows this device");
        end({ FailureCode::signedOut, "the server no longer knows this account or device", {}, {} });
        return;
    case wire::CloseCode::noCommonVersion:
        updateNeeded_ = true;
        end({ FailureCode::updateNeeded,
              "the server speaks no version that this program knows",
              "update kith, or ask the operator to update the server",
              {} },
            updatePause);
        return;
    case wire::CloseCode::normal:
    case wire::CloseCode::goingAway:
    case wire::CloseCode::protocolError:
    case wire::CloseCode::badText:
    case wire::CloseCode::policy:
    case wire::CloseCode::tooBig:
    case wire::CloseCode::tryLater:
        break;
    }
    end({ FailureCode::network, "the connection to the server was closed", {}, {} });
}

void Connection::end(Failure failure, milliseconds pause)
{
    qCInfo(logConnection, "connection ended: %s", failure.detail.c_str());
    dropChannel();
    reason_ = failure.detail;
    if (wanted_ && parts_.account->dialAddress()) {
        const auto wait = backoff_.next(std::max(pause, serverPause_));
        retryAt_ = parts_.world.clock.monotonic() + wait;
        retry_ = parts_.world.timers.after(wait, [this] {
            retryAt_.reset();
            dial();
        });
    }
    setState(ConnectionState::offline);
    Q_EMIT attemptFailed(failure);
}

void Connection::dropChannel()
{
    attempt_.reset();
    handshake_.cancel();
    heartbeat_.cancel();
    liveness_.reset();
    phase_ = Phase::idle;
    if (channel_) {
        channel_->disconnect(this);
        channel_->abort();
        channel_.release()->deleteLater(); // this may run inside one of its signals
    }
    auto waiting = std::exchange(waiting_, {});
    for (auto &[id, one] : waiting)
        one.promise.complete(unavailable());
}

void Connection::setState(ConnectionState state)
{
    if (std::exchange(state_, state) != state)
        Q_EMIT stateChanged();
}

} // namespace kith::client
