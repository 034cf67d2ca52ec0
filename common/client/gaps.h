// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/base/timers.h"

namespace kith::client {

struct Parts;

/// Shows what never came, and asks for it: 10 s after the queue was drained, numbers that are still missing become a
/// marker and a resend request (delivery ID8).
class Gaps {
public:
    static constexpr milliseconds patience { 10'000 };

    explicit Gaps(Parts &parts) : parts_(parts) { }

    /// Everything queued was pushed: what is missing now may be missing for good.
    void drained();
    /// Everything that waited at the server was delivered in this connection.
    bool isDrained() const { return drained_; }
    void disconnected();
    /// A number is missing, or came.
    void plan();

private:
    void show();
    Result<void> showInTransaction();

    Parts &parts_;
    bool drained_ = false;
    Timer timer_;
};

} // namespace kith::client
