// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/keys/keys.h"

#include "common/base/mailbox.h"
#include "common/wire/limits.h"
#include "server/ports/store_fault.h"

#include <set>

namespace kith::server::keys {

namespace {

using wire::ErrorCode;
using wire::Fault;
using wire::Outcome;

constexpr Rate uploadRate { 20, 0.1 };
constexpr int publicKeySize = 33;
constexpr char publicKeyType = 0x05;
constexpr int signatureSize = 64; // XEdDSA

/// Outlives every connection of this thread.
QObject *here()
{
    return Mailbox::ofThisThread().get();
}

bool isPublicHalf(const wire::PreKey &key)
{
    return key.id <= wire::limits::maxPreKeyId && key.publicKey.size() == publicKeySize
        && key.publicKey.front() == publicKeyType;
}

Fault uploadFault(const Error &error)
{
    if (error.code == kith::ErrorCode::tooLarge) // LIM9 answers ERR1
        return { ErrorCode::invalid, "more prekeys than are stored for a device", {} };
    if (error.code == kith::ErrorCode::conflict)
        return { ErrorCode::conflict, "a prekey id with other bytes", {} };
    return storeFault(error);
}

} // namespace

Keys::Keys(KeyDirectory &keys, AccountDirectory &accounts, MessageQueue &queues, const Clock &clock, Metrics &metrics,
           Settings settings)
    : keys_(keys)
    , accounts_(accounts)
    , queues_(queues)
    , clock_(clock)
    , metrics_(metrics)
    , rateFactor_(settings.rateFactor)
    , devices_(settings.devices)
    , failures_(clock, settings.failedLogins * settings.rateFactor)
    , fetches_(clock, settings.fetches, settings.rateFactor, TokenBuckets::WhenCrowded::refuse)
    , uploads_(clock, uploadRate, settings.rateFactor, TokenBuckets::WhenCrowded::admit)
{
}

void Keys::reload(const Settings &settings)
{
    devices_ = settings.devices;
    failures_.setPerMinute(settings.failedLogins * rateFactor_);
    fetches_.setRate(settings.fetches);
}

Task<LoginOutcome> Keys::login(wire::Authenticate request, LoginFacts facts)
{
    const auto pair = facts.peer + '/' + request.device.account.hex();
    if (failures_.wait(pair)) {
        metrics_.count("kith_auth_failures_total", "reason=\"rate\"");
        return Task<LoginOutcome>::ready(LoginRefusal::tooOften);
    }
    const auto account = request.device.account;
    return accounts_.byId(account).map(here(), [this, request, facts = std::move(facts), pair](Result<Account> found) {
        auto outcome = judge(found, request, facts);
        if (outcome) {
            failures_.succeeded(pair);
        } else if (outcome.error() == LoginRefusal::wrong || outcome.error() == LoginRefusal::gone) {
            failures_.failed(pair);
            metrics_.count("kith_auth_failures_total",
                           outcome.error() == LoginRefusal::wrong ? "reason=\"signature\"" : "reason=\"gone\"");
        }
        return outcome;
    });
}

LoginOutcome Keys::judge(const Result<Account> &found, const wire::Authenticate &request, const LoginFacts &facts)
{
    if (!found)
        return found.error().code == kith::ErrorCode::notFound ? LoginRefusal::gone : LoginRefusal::unavailable;
    const auto list = lists_.of(*found);
    if (!list)
        return LoginRefusal::unavailable;
    const auto *device = (*list)->find(request.device.number);
    if (!device)
        return LoginRefusal::gone;
    if (!provesLogin(facts, request.device, device->signingKey, request.login))
        return LoginRefusal::wrong;
    if (device->removed)
        return LoginRefusal::gone;
    return Identified { request.device, found->listVersion };
}

Outcome<void> Keys::check(const wire::PublishPreKeys &upload)
{
    if (const auto &key = upload.signedPreKey; key && (!isPublicHalf(*key) || key->signature.size() != signatureSize))
        return Fault { ErrorCode::invalid, "a malformed signed prekey", {} };
    if (upload.preKeys.size() > static_cast<std::size_t>(wire::limits::preKeysPerUpload))
        return Fault { ErrorCode::invalid, "more prekeys than an upload may hold", {} };
    std::set<std::uint32_t> ids;
    for (const auto &key : upload.preKeys) {
        if (!isPublicHalf(key) || !key.signature.isEmpty() || !ids.insert(key.id).second)
            return Fault { ErrorCode::invalid, "a malformed one-time prekey", {} };
    }
    return {};
}

Task<Outcome<wire::PreKeyCount>> Keys::publishFirst(DeviceId device, std::uint32_t registrationId,
                                                    wire::PublishPreKeys upload)
{
    auto promise = std::make_shared<Promise<Outcome<wire::PreKeyCount>>>();
    auto task = promise->task();
    const auto addOneTime = [this, device, promise](std::vector<wire::PreKey> oneTime) {
        if (oneTime.empty()) {
            count(device).then(here(), [promise](Outcome<wire::PreKeyCount> left) { promise->complete(left); });
            return;
        }
        keys_.putOneTime(device, std::move(oneTime)).then(here(), [this, device, promise](Result<std::uint32_t> put) {
            if (!put)
                return promise->complete(uploadFault(put.error()));
            count(device).then(here(), [promise](Outcome<wire::PreKeyCount> left) { promise->complete(left); });
        });
    };
    if (!upload.signedPreKey) {
        addOneTime(std::move(upload.preKeys));
        return task;
    }
    keys_.putSigned(device, registrationId, *upload.signedPreKey)
        .then(here(), [promise, addOneTime, oneTime = std::move(upload.preKeys)](Result<void> put) {
            if (!put)
                return promise->complete(uploadFault(put.error()));
            addOneTime(oneTime);
        });
    return task;
}

Task<Outcome<wire::PreKeyCount>> Keys::publish(DeviceId device, wire::PublishPreKeys upload)
{
    using Answer = Task<Outcome<wire::PreKeyCount>>;
    if (const auto valid = check(upload); !valid)
        return Answer::ready(valid.error());
    if (const auto wait = uploads_.take(device.bytes().toStdString()))
        return Answer::ready(Fault { ErrorCode::rate, "too often", wait });
    auto promise = std::make_shared<Promise<Outcome<wire::PreKeyCount>>>();
    auto task = promise->task();
    keys_.stock(device).then(
        here(), [this, device, promise, upload = std::move(upload)](Result<KeyDirectory::Stock> stock) {
            if (!stock && stock.error().code != kith::ErrorCode::notFound)
                return promise->complete(storeFault(stock.error()));
            // A linked device's upload names no registration id, and 0 is none: its number serves. The store keeps the
            // first one.
            const bool known = stock && stock->registrationId != 0;
            publishFirst(device, known ? stock->registrationId : device.number, upload)
                .then(here(), [promise](Outcome<wire::PreKeyCount> left) { promise->complete(left); });
        });
    return task;
}

Task<Outcome<wire::PreKeyCount>> Keys::count(DeviceId device)
{
    return keys_.stock(device).map(here(), [](Result<KeyDirectory::Stock> stock) -> Outcome<wire::PreKeyCount> {
        if (!stock && stock.error().code == kith::ErrorCode::notFound)
            return wire::PreKeyCount {};
        if (!stock)
            return storeFault(stock.error());
        return wire::PreKeyCount { stock->oneTime, stock->signedPreKeyId };
    });
}

} // namespace kith::server::keys
