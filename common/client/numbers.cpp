// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/numbers.h"

#include <algorithm>

namespace kith::client {

namespace {
constexpr int voidsInHeader = 64; // wire::ContentHeader::voided
constexpr int gapsAtOnce = 5'000;
} // namespace

Result<Numbers::Next> Numbers::next(const AccountId &chat)
{
    Next next;
    KITH_TRY(const auto last, table_.own(chat));
    if (!last)
        return next;
    next.n = last->n + 1;
    KITH_TRY(next.previous, Sha256::from(last->hash));
    KITH_TRY(next.voided, table_.latestVoids(chat, voidsInHeader));
    return next;
}

Result<void> Numbers::use(const AccountId &chat, std::uint64_t n, const Sha256 &contentHash)
{
    return table_.setOwn(chat, { n, contentHash.bytes() });
}

Result<Numbers::Arrival> Numbers::arrive(const AccountId &chat, const wire::ContentHeader &header,
                                         const Sha256 &contentHash, WallTime now)
{
    Arrival arrival;
    const auto n = header.n.value_or(0);
    const auto &sender = header.sender;
    KITH_TRY(const auto known, table_.peer(chat, sender));
    if (!known) {
        KITH_CHECK(table_.setPeer(chat, sender, { n, n, contentHash.bytes() }));
        return arrival;
    }
    if (n > known->highest) {
        arrival.chainBroken = n == known->highest + 1 && (!header.previous || header.previous->bytes() != known->hash);
        const auto from = std::max(known->highest + 1, n > longestJump ? n - longestJump : 1);
        if (from < n)
            KITH_CHECK(table_.addGaps(chat, sender, from, n - 1, now));
        KITH_CHECK(table_.setPeer(chat, sender, { known->through, n, contentHash.bytes() }));
    } else {
        KITH_TRY(arrival.filledShown, excuse(chat, sender, { n }));
    }
    KITH_TRY(const auto excused, excuse(chat, sender, header.voided));
    arrival.filledShown = arrival.filledShown || excused;
    return arrival;
}

Result<bool> Numbers::excuse(const AccountId &chat, const DeviceId &sender, const std::vector<std::uint64_t> &numbers)
{
    bool shown = false;
    if (!numbers.empty()) {
        KITH_TRY(const auto gaps, table_.gaps(chat, sender));
        for (const auto &gap : gaps) {
            if (std::find(numbers.begin(), numbers.end(), gap.n) == numbers.end())
                continue;
            KITH_TRY(const bool removed, table_.removeGap(chat, sender, gap.n));
            shown = shown || (removed && gap.shown);
        }
    }
    KITH_CHECK(advance(chat, sender));
    return shown;
}

Result<void> Numbers::advance(const AccountId &chat, const DeviceId &sender)
{
    KITH_TRY(auto known, table_.peer(chat, sender));
    if (!known)
        return {};
    KITH_TRY(const auto gaps, table_.gaps(chat, sender));
    auto through = known->highest;
    for (const auto &gap : gaps)
        through = std::min(through, gap.n - 1);
    if (through == known->through)
        return {};
    known->through = through;
    return table_.setPeer(chat, sender, *known);
}

Result<std::vector<Numbers::Gap>> Numbers::takeOverdue(WallTime before, WallTime now)
{
    KITH_TRY(const auto rows, table_.unshownGaps(before, gapsAtOnce));
    std::vector<Gap> gaps;
    for (const auto &row : rows) {
        if (!gaps.empty() && gaps.back().chat == row.chat && gaps.back().sender == row.sender
            && gaps.back().to + 1 == row.n)
            gaps.back().to = row.n;
        else
            gaps.push_back({ row.chat, row.sender, row.n, row.n });
    }
    for (const auto &gap : gaps) {
        KITH_CHECK(table_.markShown(gap.chat, gap.sender, gap.from, gap.to));
        KITH_CHECK(table_.markAsked(gap.chat, gap.sender, gap.from, gap.to, now));
    }
    return gaps;
}

Result<std::vector<wire::ReceivedThrough>> Numbers::through(const AccountId &chat)
{
    KITH_TRY(const auto peers, table_.peers(chat));
    std::vector<wire::ReceivedThrough> out;
    for (const auto &[sender, counter] : peers) {
        if (sender.account == chat && out.size() < 64)
            out.push_back({ sender.number, counter.through });
    }
    return out;
}

} // namespace kith::client
