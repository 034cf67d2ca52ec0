// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/ids.h"
#include "common/base/result.h"
#include "common/client/store/contact_table.h"
#include "common/wire/content/content.h"

#include <optional>

namespace kith::client {

struct Parts;

/// Writes contents: header, numbers, keys that ride along; and puts them into the outbox (delivery CT0). Every call
/// belongs to the caller's transaction.
class Composer {
public:
    static constexpr milliseconds ephemeralLifetime { 24LL * 3600 * 1000 }; ///< security C28

    explicit Composer(Parts &parts) : parts_(parts) { }

    struct Composed {
        wire::ContentHeader header;
        QByteArray bytes; ///< what every device gets, before padding
    };
    /// A content for `to` with a fresh mid, queued. Counted bodies take the next number.
    Result<Composed> queue(const AccountId &to, wire::ContentBody body, WallTime clientTime);
    /// The same for invisible contents; nothing happens for an account that is not accepted (security C30). It leaves
    /// no sooner than after `delay`, and what is queued meanwhile does not wait for it.
    Result<void> queueQuietly(const AccountId &to, wire::ContentBody body, milliseconds delay = milliseconds { 0 });
    /// A known content again, after it failed: same mid, and the same ciphertexts for the devices that have one
    /// (delivery ID7).
    Result<void> queueAgain(const AccountId &to, const Mid &mid, const QByteArray &bytes);

private:
    Result<void> addKeys(const store::ContactRow &to, wire::Content &content);
    Result<void> addEphemeralKey(const store::ContactRow &to, wire::Content &content);
    Result<std::int64_t> add(const AccountId &to, const Mid &mid, bool counted, const QByteArray &bytes);

    Parts &parts_;
};

} // namespace kith::client
