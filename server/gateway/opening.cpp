// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/opening.h"

#include <utility>

namespace kith::server::gateway {

using wire::CloseCode;
using wire::ErrorCode;
using wire::Fault;

Opening::Opening(const SessionParts &parts, const net::Channel &channel, Callbacks callbacks)
    : parts_(parts)
    , callbacks_(std::move(callbacks))
    , facts_ { parts.identity.serverId, {}, channel.certificateHash(), channel.peerAddress().toStdString() }
{
    deadline_ = parts_.timers.after(parts_.limits.handshake, [this] { close(CloseCode::policy, "no hello"); });
}

void Opening::take(wire::ClientFrame frame)
{
    const auto id = frame.requestId;
    if (state_ == State::hello) {
        if (const auto *hello = std::get_if<wire::Hello>(&frame.body))
            return onHello(id, *hello);
    } else if (state_ == State::challenged) {
        if (auto *request = std::get_if<wire::Register>(&frame.body))
            return onRegister(id, std::move(*request));
        if (auto *request = std::get_if<wire::Authenticate>(&frame.body))
            return onAuthenticate(id, std::move(*request));
    }
    callbacks_.protocolError(id, { ErrorCode::unauthenticated, "log in first", {} });
}

void Opening::onHello(std::uint64_t requestId, const wire::Hello &hello)
{
    wire::ServerHello answer;
    answer.serverId = parts_.identity.serverId;
    answer.registration = parts_.domains.accounts.mode();
    answer.lab = parts_.identity.lab;
    answer.limits = parts_.identity.limits;
    answer.limits.devices = static_cast<std::uint32_t>(parts_.domains.keys.devicesPerAccount());
    if (hello.minVersion > wire::protocolVersion || hello.maxVersion < wire::protocolVersion) {
        callbacks_.send(requestId, std::move(answer));
        return close(CloseCode::noCommonVersion, "no common version");
    }
    answer.version = wire::protocolVersion;
    if (!parts_.random.fill(facts_.challenge.nonce.octets))
        return close(CloseCode::tryLater, "no randomness");
    facts_.challenge.time = parts_.clock.now();
    state_ = State::challenged;
    deadline_ = parts_.timers.after(parts_.limits.authentication, [this] { close(CloseCode::policy, "no login"); });
    callbacks_.send(requestId, std::move(answer));
    callbacks_.send(0, facts_.challenge);
}

void Opening::onRegister(std::uint64_t requestId, wire::Register request)
{
    wire::PublishPreKeys upload { request.signedPreKey, std::move(request.preKeys) };
    if (const auto valid = keys::Keys::check(upload); !valid)
        return callbacks_.send(requestId, valid.error());
    const auto registrationId = request.registrationId;
    state_ = State::judging;
    parts_.domains.accounts.enrol(std::move(request), facts_)
        .then(this,
              [this, requestId, registrationId, upload = std::move(upload)](wire::Outcome<accounts::Enrolled> outcome) {
                  if (!outcome)
                      return tryAgain(requestId, outcome.error());
                  publishKeys(requestId, *outcome, registrationId, upload);
              });
}

void Opening::publishKeys(std::uint64_t requestId, accounts::Enrolled enrolled, std::uint32_t registrationId,
                          wire::PublishPreKeys upload)
{
    parts_.domains.keys.publishFirst(enrolled.device, registrationId, std::move(upload))
        .then(this, [this, requestId, enrolled](wire::Outcome<wire::PreKeyCount> stock) {
            if (!stock)
                return tryAgain(requestId, stock.error());
            identified({ enrolled.device, enrolled.listVersion }, requestId);
        });
}

void Opening::onAuthenticate(std::uint64_t requestId, wire::Authenticate request)
{
    state_ = State::judging;
    parts_.domains.keys.login(std::move(request), facts_).then(this, [this, requestId](keys::LoginOutcome outcome) {
        if (outcome)
            identified(*outcome, requestId);
        else
            refuseLogin(requestId, outcome.error());
    });
}

void Opening::refuseLogin(std::uint64_t requestId, keys::LoginRefusal refusal)
{
    if (state_ == State::over)
        return;
    switch (refusal) {
    case keys::LoginRefusal::wrong:
        callbacks_.send(requestId, Fault { ErrorCode::unauthenticated, "the login does not verify", {} });
        return close(CloseCode::policy, "login refused");
    case keys::LoginRefusal::gone:
        callbacks_.send(requestId, Fault { ErrorCode::unauthenticated, "no such device", {} });
        return close(CloseCode::signedOut, "signed out");
    case keys::LoginRefusal::tooOften:
        callbacks_.send(requestId, Fault { ErrorCode::rate, "too many failed logins", milliseconds { 60'000 } });
        return close(CloseCode::policy, "too many failed logins");
    case keys::LoginRefusal::unavailable:
        callbacks_.send(requestId, Fault { ErrorCode::unavailable, "the server's store does not answer", {} });
        return close(CloseCode::tryLater, "unavailable");
    }
}

void Opening::tryAgain(std::uint64_t requestId, Fault fault)
{
    if (state_ == State::over)
        return;
    state_ = State::challenged;
    callbacks_.send(requestId, std::move(fault));
}

void Opening::close(CloseCode code, const char *reason)
{
    state_ = State::over;
    deadline_.cancel();
    callbacks_.close(code, reason);
}

void Opening::identified(keys::Identified who, std::uint64_t requestId)
{
    if (state_ == State::over)
        return;
    state_ = State::over;
    deadline_.cancel();
    callbacks_.identified(who, requestId);
}

} // namespace kith::server::gateway
