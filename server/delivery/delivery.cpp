// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/delivery/delivery.h"

#include "common/base/task_group.h"

#include <algorithm>

namespace kith::server::delivery {

namespace {

constexpr Rate inboundRate { 128.0 * 1024 * 1024, 2'000 }; // security S5, bytes per account
constexpr Rate ephemeralRate { 1, 0.2 }; // security C28

/// Outlives every connection of this thread.
QObject *here()
{
    return Mailbox::ofThisThread().get();
}

} // namespace

Delivery::Delivery(MessageQueue &queues, AccountDirectory &accounts, const Clock &clock, Metrics &metrics,
                   Settings settings)
    : queues_(queues)
    , accounts_(accounts)
    , metrics_(metrics)
    , settings_(settings)
    , pairs_(clock, settings.pair, settings.rateFactor, TokenBuckets::WhenCrowded::admit)
    , inbound_(clock, inboundRate, settings.rateFactor, TokenBuckets::WhenCrowded::admit)
    , ephemerals_(clock, ephemeralRate, settings.rateFactor, TokenBuckets::WhenCrowded::refuse)
{
}

Task<Result<std::vector<AccountId>>> Delivery::whoMayBeTold(AccountId account, const std::vector<Acknowledged> &rows)
{
    std::vector<AccountId> senders;
    for (const auto &row : rows) {
        if (row.receipt && row.sender && *row.sender != account && std::ranges::count(senders, *row.sender) == 0)
            senders.push_back(*row.sender);
    }
    std::vector<Task<Result<AccountDirectory::Standing>>> standings;
    for (const auto &sender : senders)
        standings.push_back(accounts_.standing(account, sender));
    return whenAll(here(), std::move(standings))
        .map(here(), [senders](std::vector<Result<AccountDirectory::Standing>> all) -> Result<std::vector<AccountId>> {
            std::vector<AccountId> accepted;
            for (std::size_t i = 0; i < senders.size(); ++i) {
                KITH_TRY(const auto standing, std::move(all[i]));
                if (standing.relation == wire::Relation::accepted)
                    accepted.push_back(senders[i]);
            }
            return accepted;
        });
}

Task<Result<void>> Delivery::settle(DeviceId device, const std::vector<Acknowledged> &rows,
                                    const std::vector<AccountId> &mayBeTold)
{
    std::vector<Settle> acks;
    for (const auto &row : rows) {
        const bool tell = row.receipt && row.sender && std::ranges::count(mayBeTold, *row.sender) > 0;
        acks.push_back({ device, row.qseq, tell });
        metrics_.count("kith_acks_total");
    }
    return queues_.settle(std::move(acks)).map(here(), [this](Result<Settled> settled) -> Result<void> {
        if (!settled)
            return settled.error();
        hint(settled->told);
        return {};
    });
}

Task<Result<void>> Delivery::acknowledge(DeviceId device, std::vector<Acknowledged> rows)
{
    auto promise = std::make_shared<Promise<Result<void>>>();
    auto task = promise->task();
    whoMayBeTold(device.account, rows)
        .then(here(), [this, device, promise, rows](Result<std::vector<AccountId>> accepted) {
            if (!accepted)
                return promise->complete(accepted.error());
            settle(device, rows, *accepted).then(here(), [promise](Result<void> done) { promise->complete(done); });
        });
    return task;
}

void Delivery::relay(DeviceId sender, wire::Ephemeral ephemeral)
{
    const auto recipient = ephemeral.account;
    if (static_cast<std::size_t>(ephemeral.sealed.size()) > wire::limits::ephemeralBytes)
        return;
    if (ephemerals_.take((sender.account.bytes() + recipient.bytes()).toStdString()))
        return;
    accounts_.standing(recipient, sender.account)
        .then(here(), [this, sender, recipient, ephemeral](Result<AccountDirectory::Standing> standing) {
            if (recipient != sender.account && (!standing || standing->relation != wire::Relation::accepted))
                return;
            std::vector<Routes::Note> notes;
            for (const auto &device : routes_.connected(recipient)) {
                if (device != sender)
                    notes.push_back({ device, wire::Ephemeral { sender.account, sender.number, ephemeral.sealed } });
            }
            routes_.tell(std::move(notes));
        });
}

void Delivery::hint(const std::vector<DeviceId> &devices)
{
    std::vector<Routes::Note> notes;
    for (const auto &device : devices)
        notes.push_back({ device, NewRows {} });
    routes_.tell(std::move(notes));
}

void Delivery::signOut(const std::vector<DeviceId> &devices)
{
    std::vector<Routes::Note> notes;
    for (const auto &device : devices)
        notes.push_back({ device, SignedOut {} });
    routes_.tell(std::move(notes));
}

void Delivery::tell(const DeviceId &device, wire::PreKeysLow low)
{
    std::vector<Routes::Note> notes;
    notes.push_back({ device, low });
    routes_.tell(std::move(notes));
}

} // namespace kith::server::delivery
