// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/client/wiretap.h"

#include "common/wire/codec.h"

#include <algorithm>

namespace kith::support {

Wiretap::Wiretap(Town &town, Citizen &victim) : town_(town), victim_(victim)
{
    victim_.network->toClient().copies = [this](const QByteArray &frame) {
        const auto decoded = wire::decodeServerFrame(frame);
        const auto *deliver = decoded ? std::get_if<wire::Deliver>(&decoded->body) : nullptr;
        const auto *envelope = deliver ? std::get_if<wire::Envelope>(&deliver->item) : nullptr;
        if (!envelope)
            return 1;
        envelopes.push_back(*envelope);
        return swallows ? 0 : 1;
    };
}

Wiretap::~Wiretap()
{
    victim_.network->toClient().copies = {};
}

void Wiretap::deliver(const std::vector<wire::Envelope> &all)
{
    for (const auto &envelope : all)
        push(envelope);
    town_.pass(milliseconds { 0 });
}

void Wiretap::deliver(const wire::QueueItem &item)
{
    push(item);
    town_.pass(milliseconds { 0 });
}

void Wiretap::push(const wire::QueueItem &item)
{
    Q_EMIT victim_.engine->connection().delivered({ Qseq { next_++ }, item });
}

wire::Envelope Wiretap::recorded(const Mid &mid) const
{
    const auto found = std::ranges::find(envelopes.rbegin(), envelopes.rend(), mid, &wire::Envelope::mid);
    if (found == envelopes.rend())
        qFatal("no such envelope was delivered");
    return *found;
}

} // namespace kith::support
