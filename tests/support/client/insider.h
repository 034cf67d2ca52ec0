// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/crypto/session_cipher.h"
#include "common/wire/content/content.h"
#include "tests/support/client/town.h"

namespace kith::support {

/// What a person's modified client could send: any content, properly encrypted to `to` in a session that exists.
class Insider {
public:
    Insider(Citizen &from, Citizen &to);

    /// A text as the real client would compose it next, without using up its number.
    wire::Content text(const std::string &text);
    /// Encrypted now, as one ratchet step of the real client's session; to be delivered by a Wiretap.
    wire::Envelope seal(const wire::Content &content);
    wire::Envelope seal(const QByteArray &encodedContent, const Mid &mid);
    /// The state of the real client's session.
    crypto::SessionInfo session();

private:
    Citizen &from_, &to_;
    SystemRandom random_;
    SeededRandom mids_ { 99 };
    std::unique_ptr<crypto::Sessions> sessions_;
    std::uint64_t nextSid_ = 1ULL << 60;
};

} // namespace kith::support
