// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/client/insider.h"

#include "common/client/numbers.h"
#include "common/crypto/padding.h"

namespace kith::support {

Insider::Insider(Citizen &from, Citizen &to) : from_(from), to_(to)
{
    auto sessions = crypto::Sessions::open(from.database().crypto().stores(), random_);
    if (!sessions)
        qFatal("no sessions: %s", sessions.error().detail.c_str());
    sessions_ = std::move(*sessions);
}

wire::Content Insider::text(const std::string &text)
{
    client::Numbers numbers(from_.database().counters());
    const auto next = numbers.next(to_.id());
    const auto mid = mids_.id<Mid>();
    if (!next || !mid)
        qFatal("no number, or no id");
    wire::Content content;
    content.header.sender = from_.device();
    content.header.recipient = to_.id();
    content.header.chat = wire::PairChat::of(from_.id(), to_.id());
    content.header.mid = *mid;
    content.header.clientTime = from_.clock.now();
    content.header.n = next->n;
    content.header.previous = next->previous;
    content.body = wire::Text { text, {} };
    return content;
}

wire::Envelope Insider::seal(const wire::Content &content)
{
    return seal(wire::encode(content), content.header.mid);
}

wire::Envelope Insider::seal(const QByteArray &encodedContent, const Mid &mid)
{
    const auto padded = crypto::pad(viewOf(encodedContent));
    const auto sealed = sessions_->encrypt(to_.device(), viewOf(*padded));
    if (!sealed)
        qFatal("cannot encrypt: %s", sealed.error().detail.c_str());
    const auto type =
        sealed->type == crypto::CiphertextType::preKey ? wire::CiphertextType::preKey : wire::CiphertextType::message;
    return { from_.device(), mid, Sid { nextSid_++ }, from_.clock.now(), type, sealed->bytes };
}

crypto::SessionInfo Insider::session()
{
    const auto info = sessions_->sessionInfo(to_.device());
    if (!info)
        qFatal("no session: %s", info.error().detail.c_str());
    return info->value_or(crypto::SessionInfo {});
}

} // namespace kith::support
