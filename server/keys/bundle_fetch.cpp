// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/keys/bundle_fetch.h"

#include "common/base/mailbox.h"
#include "common/base/task_group.h"
#include "common/wire/limits.h"
#include "server/ports/store_fault.h"

#include <algorithm>

namespace kith::server::keys {

namespace {

constexpr std::size_t bundleBytes = 256; // two curve keys, a signature, three numbers and their tags: under 200
constexpr std::size_t accountBytes = 256; // id, key, signature and tags: under 160

QObject *here()
{
    return Mailbox::ofThisThread().get();
}

} // namespace

Task<wire::Outcome<Fetched>> Keys::fetch(DeviceId asker, wire::FetchBundles request)
{
    return std::make_shared<BundleFetch>(*this, asker, std::move(request))->start();
}

Task<wire::Outcome<Fetched>> BundleFetch::start()
{
    auto task = promise_.task();
    if (request_.accounts.size() > static_cast<std::size_t>(wire::limits::accountsPerFetch))
        fail({ wire::ErrorCode::tooLarge, "more accounts than a fetch may name", {} });
    else
        readAll();
    return task;
}

void BundleFetch::readAll()
{
    std::vector<Task<Result<Account>>> accounts;
    std::vector<Task<Result<AccountDirectory::Standing>>> standings;
    for (const auto &wanted : request_.accounts) {
        accounts.push_back(keys_.accounts_.byId(wanted.account));
        standings.push_back(keys_.accounts_.standing(wanted.account, asker_.account));
    }
    auto read = whenAll(here(), std::move(standings));
    whenAll(here(), std::move(accounts))
        .then(here(), [self = shared_from_this(), read](std::vector<Result<Account>> found) mutable {
            read.then(here(), [self, found = std::move(found)](std::vector<Result<AccountDirectory::Standing>> all) {
                for (std::size_t i = 0; i < found.size(); ++i)
                    self->addTarget(self->request_.accounts[i], found[i], all[i]);
                self->takeAll();
            });
        });
}

void BundleFetch::addTarget(const wire::BundleRequest &wanted, const Result<Account> &found,
                            const Result<AccountDirectory::Standing> &standing)
{
    if (!standing || (!found && found.error().code != ErrorCode::notFound)) {
        failure_ = storeFault(standing ? found.error() : standing.error());
        return;
    }
    const bool own = wanted.account == asker_.account;
    if (!found || (!own && standing->relation == wire::Relation::blocked))
        return;
    const auto list = keys_.lists_.of(*found);
    if (!list) {
        failure_ = storeFault(list.error());
        return;
    }
    Target target { { found->id, found->accountKey, found->devices, {} }, 0, {} };
    if (!own && standing->relation != wire::Relation::accepted)
        target.reserve = wire::limits::preKeysForContacts;
    for (const auto number : (*list)->active()) {
        const auto &named = wanted.devices;
        if (named.empty() ? !own || number != asker_.number : std::ranges::count(named, number) > 0)
            target.devices.push_back(number);
    }
    targets_.push_back(std::move(target));
}

std::size_t BundleFetch::mostBytes() const
{
    std::size_t bytes = accountBytes; // the frame around them
    for (const auto &target : targets_)
        bytes += accountBytes + static_cast<std::size_t>(target.answer.devices.list.size())
            + bundleBytes * target.devices.size();
    return bytes;
}

void BundleFetch::takeAll()
{
    if (failure_)
        return fail(*failure_);
    if (mostBytes() > wire::limits::clientFrameBytes) // before a one-time key is gone for it
        return fail({ wire::ErrorCode::tooLarge, "more than one answer carries: ask for fewer accounts", {} });
    std::vector<Task<Taken>> takes;
    for (std::size_t i = 0; i < targets_.size(); ++i) {
        for (const auto number : targets_[i].devices) {
            const DeviceId device { targets_[i].answer.account, number };
            if (const auto wait = keys_.fetches_.take((asker_.account.bytes() + device.bytes()).toStdString())) {
                wait_ = std::max(wait_.value_or(milliseconds { 0 }), *wait);
                continue;
            }
            takes.push_back(
                keys_.keys_.take(device, targets_[i].reserve).map(here(), [i, number](Result<TakenKeys> keys) {
                    return Taken { i, number, std::move(keys) };
                }));
        }
    }
    if (takes.empty() && wait_) {
        keys_.metrics_.count("kith_rate_limited_total", "limit=\"prekeys\"");
        return fail({ wire::ErrorCode::rate, "too often", wait_ });
    }
    whenAll(here(), std::move(takes)).then(here(), [self = shared_from_this()](std::vector<Taken> all) {
        self->finish(std::move(all));
    });
}

void BundleFetch::finish(std::vector<Taken> all)
{
    for (auto &one : all) {
        // A listed device without keys yet is no target yet; anything else is the store's failure.
        if (!one.keys && one.keys.error().code != ErrorCode::notFound)
            return fail(storeFault(one.keys.error()));
        if (one.keys)
            put(std::move(one));
    }
    for (auto &target : targets_)
        fetched_.bundles.accounts.push_back(std::move(target.answer));
    promise_.complete(std::move(fetched_));
}

void BundleFetch::put(Taken one)
{
    auto &answer = targets_[one.target].answer;
    countStock({ answer.account, one.device }, one.keys->left);
    answer.bundles.push_back({ one.device, one.keys->keys.registrationId, std::move(one.keys->keys.signedPreKey),
                               std::move(one.keys->oneTime) });
}

void BundleFetch::countStock(const DeviceId &device, std::uint32_t left)
{
    if (left >= static_cast<std::uint32_t>(wire::limits::preKeyLowMark))
        return;
    fetched_.low.push_back({ device, { left } });
    keys_.metrics_.count(left == 0 ? "kith_prekeys_empty_total" : "kith_prekeys_low_total");
}

void BundleFetch::fail(wire::Fault fault)
{
    promise_.complete(std::move(fault));
}

} // namespace kith::server::keys
