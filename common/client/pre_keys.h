// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/base/timers.h"
#include "common/wire/frames.h"

#include <QObject>

#include <optional>
#include <vector>

namespace kith::client {

struct Parts;

/// The stock of prekeys at the server: private halves are committed first, then uploaded, repeated until confirmed
/// (delivery PK1-PK9, security C12, C13).
class PreKeys final : public QObject {
    Q_OBJECT
public:
    static constexpr milliseconds signedAge { 2LL * 24 * 3600 * 1000 }; ///< then a new one at the next connect (C13)
    static constexpr milliseconds signedAgeOnline { 7LL * 24 * 3600 * 1000 }; ///< then one also while online (C13)
    static constexpr milliseconds retiredKept { 30LL * 24 * 3600 * 1000 }; ///< C13

    explicit PreKeys(Parts &parts) : parts_(parts) { }

    struct Batch {
        std::optional<wire::PreKey> signedPreKey;
        std::vector<wire::PreKey> preKeys;
        bool isEmpty() const { return !signedPreKey && preKeys.empty(); }
    };
    /// The first keys of an account, inside the transaction that makes it.
    Result<void> makeFirst();
    /// What the server has not confirmed. Errors: store's, corrupt.
    Result<Batch> unconfirmed();
    /// The server has these.
    Result<void> confirm(const Batch &batch);
    /// New signed and one-time keys; the old private halves stay for messages on their way. In a transaction.
    Result<void> replaceAll();

    /// After login: repeats unconfirmed uploads, rotates, fills the stock.
    void afterReady(const wire::Ready &ready);
    /// The server holds so many one-time keys: too few are filled up, later.
    void stockIs(std::uint32_t left);

private:
    Result<void> makeSigned();
    Result<void> makeOneTime(std::uint32_t count);
    Result<void> rotateIfDue(std::uint32_t theirSignedId, milliseconds age);
    void rotateWhileOnline();
    Result<void> settle(const Batch &batch, const wire::Outcome<wire::ServerBody> &answer);
    void refillLater();
    void upload();
    void uploaded(const Batch &batch, const wire::Outcome<wire::ServerBody> &answer);

    Parts &parts_;
    bool uploading_ = false;
    std::uint32_t left_ = 0; ///< one-time keys at the server, as it said last
    Timer refill_, rotation_;
};

} // namespace kith::client
