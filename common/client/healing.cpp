// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/healing.h"

#include "common/base/log.h"
#include "common/client/composer.h"
#include "common/client/parts.h"

#include <algorithm>

namespace kith::client {

KITH_LOG_CATEGORY(logHealing, "kith.healing")

namespace {

constexpr std::uint64_t numbersPerAnswer = 1'000; // wire::ResendRequest
constexpr int lookBack = 200;

/// Another message of the same session will not open either.
bool isHopeless(crypto::DecryptFailure failure)
{
    return failure == crypto::DecryptFailure::noSession || failure == crypto::DecryptFailure::noPreKey
        || failure == crypto::DecryptFailure::duplicate;
}

} // namespace

Result<void> Healing::failed(const DeviceId &device, crypto::DecryptFailure failure)
{
    KITH_TRY(const auto row, parts_.database->contacts().find(device.account));
    if (!row)
        return {};
    const int inARow = row->undecryptable + 1;
    const auto now = parts_.now();
    const bool pausing = now - row->lastReset < pauseBetweenResets && now >= row->lastReset;
    const bool due = isHopeless(failure) || inARow >= failuresBeforeReset;
    if (row->relation != ContactRelation::accepted || !due || pausing)
        return parts_.database->contacts().setDecryptTrouble(device.account, inARow, row->lastReset);
    qCInfo(logHealing, "new session with a device whose messages do not open");
    KITH_CHECK(parts_.sessions->archiveSession(device));
    KITH_CHECK(parts_.database->contacts().setDecryptTrouble(device.account, inARow, now));
    KITH_TRY(const auto mids, placeholders(device));
    return mids.empty() ? Result<void> {} : parts_.composer->queueQuietly(device.account, wire::RetryRequest { mids });
}

Result<void> Healing::opened(const DeviceId &device)
{
    KITH_TRY(const auto row, parts_.database->contacts().find(device.account));
    if (!row || row->undecryptable == 0)
        return {};
    return parts_.database->contacts().setDecryptTrouble(device.account, 0, row->lastReset);
}

Result<void> Healing::dropOld()
{
    auto &table = parts_.database->crypto().sessions;
    KITH_TRY(const auto devices, table.devices());
    for (const auto &device : devices) {
        KITH_TRY(const auto parts, parts_.sessions->agingParts(device));
        KITH_CHECK(table.noteAges(device, parts, parts_.now()));
        KITH_TRY(const auto old, table.takeAged(device, parts_.now() - keptFor));
        if (!old.empty())
            KITH_CHECK(parts_.sessions->drop(device, old));
    }
    return {};
}

Result<std::vector<Mid>> Healing::placeholders(const DeviceId &device)
{
    KITH_TRY(const auto rows, parts_.database->messages().before(device.account, std::nullopt, lookBack));
    std::vector<Mid> mids;
    for (const auto &row : rows) {
        if (row.kind == MessageKind::undecryptable && row.sender == device && mids.size() < midsPerRequest)
            mids.push_back(row.mid);
    }
    return mids;
}

Result<void> Healing::answer(const AccountId &from, const wire::RetryRequest &request)
{
    for (const auto &mid : request.mids)
        KITH_CHECK(resend(from, mid));
    return {};
}

Result<void> Healing::answer(const AccountId &from, const wire::ResendRequest &request)
{
    KITH_TRY(const auto self, parts_.database->account().self());
    KITH_TRY(const auto own, parts_.database->counters().own(from));
    if (!self || !own || request.from == 0 || request.to < request.from)
        return {};
    const auto to = std::min(request.to, own->n);
    const auto first = std::max(request.from, to >= numbersPerAnswer ? to - numbersPerAnswer + 1 : 1);
    KITH_TRY(const auto rows, parts_.database->messages().numbered(from, *self, first, to));
    std::vector<std::uint64_t> never;
    auto row = rows.begin();
    for (auto n = first; n <= to; ++n) {
        const bool here = row != rows.end() && row->n == n;
        if (!here || row->failed) { // void, or deleted here: it will not come
            never.push_back(n);
        } else {
            KITH_CHECK(resend(from, row->mid));
        }
        row += here ? 1 : 0;
    }
    return never.empty() ? Result<void> {} : parts_.composer->queueQuietly(from, wire::VoidNumbers { never });
}

Result<bool> Healing::resend(const AccountId &to, const Mid &mid)
{
    KITH_TRY(const auto self, parts_.database->account().self());
    KITH_TRY(const auto row, parts_.database->messages().find(self->account, mid));
    if (!row || row->chat != to || !row->content || row->failed)
        return false;
    KITH_TRY(const auto waiting, parts_.database->outbox().find(mid));
    if (waiting)
        return false; // it is on its way for the first time
    KITH_CHECK(parts_.composer->queueQuietly(to, wire::Resent { *row->content }));
    return true;
}

} // namespace kith::client
