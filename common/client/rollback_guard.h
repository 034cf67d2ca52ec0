// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/result.h"
#include "common/base/secret_bytes.h"
#include "common/wire/frames.h"

#include <QObject>

#include <cstdint>
#include <functional>

namespace kith::client {

struct Parts;

/// Notices that the profile is an older copy of itself: its ratchets must not be used again (security C23, TR9).
///
/// The generation grows with every sealed letter and every start; the server remembers the highest it was sent, and the
/// keyring, if there is one, keeps a copy. If either knows a higher one, every session is archived and every prekey
/// replaced before anything is sent; on the server's word alone at most once per 24 h (EV22).
class RollbackGuard final : public QObject {
    Q_OBJECT
public:
    static constexpr milliseconds pauseBetweenResets { 24LL * 3600 * 1000 };
    static constexpr std::uint64_t copyEvery = 256; ///< sends between two copies
    static constexpr std::uint64_t highest = 1ULL << 60; ///< of what anybody may claim: room to count on

    explicit RollbackGuard(Parts &parts) : parts_(parts) { }

    /// Compares with the keyring's copy, then calls `go`; at once without a keyring. Nothing is sent before.
    void start(std::function<void()> go);
    /// Copies the generation into the keyring.
    void keepCopy();

    /// The generation that the next frame carries.
    std::uint64_t generation() const { return generation_; }
    /// One more; part of the caller's transaction, or its own.
    Result<void> raise();
    /// Compares with what the server remembers. True when everything was reset.
    Result<bool> check(const wire::Ready &ready);

private:
    void compare(const Result<SecretBytes> &copy);
    Result<void> reset(std::uint64_t theirs);

    Parts &parts_;
    std::uint64_t generation_ = 0;
};

} // namespace kith::client
