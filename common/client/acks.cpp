// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/acks.h"

#include "common/wire/limits.h"

#include <algorithm>

namespace kith::client {

Acks::Acks(Timers &timers, Random &jitter, Post post) : timers_(timers), jitter_(jitter), post_(std::move(post)) { }

void Acks::add(Qseq qseq, bool receipt)
{
    (receipt ? telling_ : quiet_).push_back(qseq.value);
}

void Acks::flush()
{
    if (!quiet_.empty())
        post_({ ranges(quiet_, false) });
    if (telling_.size() >= atOnce) {
        sendTelling();
        return;
    }
    if (telling_.empty() || timer_.isSet())
        return;
    const auto spread = static_cast<std::uint64_t>((longestDelay - shortestDelay).count());
    const auto delay = shortestDelay + milliseconds { jitter_.below(spread + 1) };
    timer_ = timers_.after(delay, [this] { sendTelling(); });
}

void Acks::clear()
{
    quiet_.clear();
    telling_.clear();
    timer_.cancel();
}

void Acks::sendTelling()
{
    timer_.cancel();
    if (!telling_.empty())
        post_({ ranges(telling_, true) });
}

std::vector<wire::AckRange> Acks::ranges(std::vector<std::uint64_t> &numbers, bool receipt)
{
    std::sort(numbers.begin(), numbers.end());
    std::vector<wire::AckRange> out;
    std::size_t used = 0;
    for (; used < numbers.size(); ++used) {
        const auto number = numbers[used];
        if (!out.empty() && out.back().to.value + 1 >= number)
            out.back().to.value = number;
        else if (out.size() == wire::limits::ackRanges)
            break;
        else
            out.push_back({ Qseq { number }, Qseq { number }, receipt });
    }
    // More holes than one frame holds: what is left goes with the next flush, or is delivered and acknowledged again.
    numbers.erase(numbers.begin(), numbers.begin() + static_cast<std::ptrdiff_t>(used));
    return out;
}

} // namespace kith::client
