// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/requests.h"

#include <chrono>
#include <utility>

namespace kith::server::gateway {

Requests::Requests(const SessionParts &parts, DeviceId device, Answer answer)
    : parts_(parts)
    , device_(device)
    , answer_(std::move(answer))
{
}

template <class T>
void Requests::answer(std::uint64_t requestId, Task<wire::Outcome<T>> task)
{
    ++underWay_;
    task.then(this, [this, requestId](wire::Outcome<T> outcome) {
        --underWay_;
        if (outcome)
            answer_(requestId, std::move(outcome).value());
        else
            answer_(requestId, std::move(outcome).error());
    });
}

/// One overload per frame; the result says whether the frame has a place here.
struct Requests::Visitor {
    Requests &self;
    std::uint64_t id;
    accounts::Accounts &accounts = self.parts_.domains.accounts;
    keys::Keys &keys = self.parts_.domains.keys;
    delivery::Delivery &delivery = self.parts_.domains.delivery;
    const AccountId &own = self.device_.account;

    bool operator()(wire::Hello &) { return false; }
    bool operator()(wire::Register &) { return false; }
    bool operator()(wire::Authenticate &) { return false; }
    bool operator()(wire::Ack &) { return false; } // the session's
    bool operator()(wire::Lookup &request)
    {
        return self.answer(id, accounts.lookup(own, std::move(request.name))), true;
    }
    bool operator()(wire::LookupAccount &request)
    {
        return self.answer(id, accounts.lookup(own, request.account)), true;
    }
    bool operator()(wire::SetRelation &request) { return self.answer(id, accounts.setRelation(own, request)), true; }
    bool operator()(wire::SetProfile &request)
    {
        return self.answer(id, accounts.setProfile(own, std::move(request))), true;
    }
    bool operator()(wire::FetchProfile &request)
    {
        return self.answer(id, accounts.fetchProfile(own, request.account)), true;
    }
    bool operator()(wire::DeleteAccount &) { return self.onDevices(id, accounts.remove(self.device_)), true; }
    bool operator()(wire::PublishDeviceList &request)
    {
        return self.onDevices(id, keys.publishDevices(own, std::move(request.devices))), true;
    }
    bool operator()(wire::PublishPreKeys &request)
    {
        return self.answer(id, keys.publish(self.device_, std::move(request))), true;
    }
    bool operator()(wire::CountPreKeys &) { return self.answer(id, keys.count(self.device_)), true; }
    bool operator()(wire::FetchBundles &request) { return self.onFetch(id, std::move(request)), true; }
    bool operator()(wire::SendMessage &request) { return self.onSend(id, std::move(request)), true; }
    bool operator()(wire::Heartbeat &) { return self.answer_(id, wire::Done {}), true; }
    bool operator()(wire::Ephemeral &request) { return delivery.relay(self.device_, std::move(request)), true; }
};

bool Requests::take(wire::ClientFrame frame)
{
    return std::visit(Visitor { *this, frame.requestId }, frame.body);
}

void Requests::onSend(std::uint64_t requestId, wire::SendMessage message)
{
    const auto start = parts_.clock.monotonic();
    ++underWay_;
    parts_.domains.delivery.send(device_, std::move(message))
        .then(this, [this, requestId, start](wire::Outcome<delivery::SendAnswer> outcome) {
            --underWay_;
            if (!outcome)
                return answer_(requestId, std::move(outcome).error());
            if (std::holds_alternative<wire::Accepted>(*outcome)) {
                const std::chrono::duration<double> took = parts_.clock.monotonic() - start;
                parts_.metrics.observe("kith_accept_seconds", took.count());
            }
            std::visit([&](auto &body) { answer_(requestId, std::move(body)); }, *outcome);
        });
}

void Requests::onFetch(std::uint64_t requestId, wire::FetchBundles request)
{
    ++underWay_;
    parts_.domains.keys.fetch(device_, std::move(request))
        .then(this, [this, requestId](wire::Outcome<keys::Fetched> outcome) {
            --underWay_;
            if (!outcome)
                return answer_(requestId, std::move(outcome).error());
            for (const auto &[device, low] : outcome->low)
                parts_.domains.delivery.tell(device, low);
            answer_(requestId, std::move(outcome->bundles));
        });
}

/// The answer goes out before the connections of devices that are no more are closed.
void Requests::onDevices(std::uint64_t requestId, Task<wire::Outcome<std::vector<DeviceId>>> task)
{
    ++underWay_;
    task.then(this, [this, requestId](wire::Outcome<std::vector<DeviceId>> outcome) {
        --underWay_;
        if (!outcome)
            return answer_(requestId, std::move(outcome).error());
        answer_(requestId, wire::Done {});
        parts_.domains.delivery.signOut(*outcome);
    });
}

} // namespace kith::server::gateway
