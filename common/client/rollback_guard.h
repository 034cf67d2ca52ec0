// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/wire/frames.h"

#include <cstdint>

namespace kith::client {

struct Parts;

/// Notices that the profile is an older copy of itself: its ratchets must not be used again (security C23, TR9).
///
/// The generation grows with every sealed letter and every start; the server remembers the highest it was sent. If the
/// server knows a higher one, every session is archived and every prekey replaced before anything is sent; on the
/// server's word alone at most once per 24 h (EV22).
class RollbackGuard {
public:
    static constexpr milliseconds pauseBetweenResets { 24LL * 3600 * 1000 };

    explicit RollbackGuard(Parts &parts) : parts_(parts) { }

    /// The generation that the next frame carries.
    std::uint64_t generation() const { return generation_; }
    /// One more; part of the caller's transaction, or its own.
    Result<void> raise();
    /// Compares with what the server remembers. True when everything was reset.
    Result<bool> check(const wire::Ready &ready);

private:
    Result<void> reset(std::uint64_t theirs);

    Parts &parts_;
    std::uint64_t generation_ = 0;
};

} // namespace kith::client
