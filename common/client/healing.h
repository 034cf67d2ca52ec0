// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/crypto/decrypt_error.h"
#include "common/wire/content/content.h"

#include <vector>

namespace kith::client {

struct Parts;

/// Recovery from messages that do not open and numbers that do not come: a new session and a request; and the answers
/// to such requests (security C8, delivery ST14, ID8). Every call belongs to the caller's transaction.
class Healing {
public:
    static constexpr milliseconds pauseBetweenResets { 3'600'000 }; ///< C8: one per device and hour
    static constexpr int failuresBeforeReset = 3; ///< C8
    static constexpr std::size_t midsPerRequest = 64;
    static constexpr milliseconds keptFor { 30LL * 24 * 3600 * 1000 }; ///< C9, C11

    explicit Healing(Parts &parts) : parts_(parts) { }

    /// A message of `device` did not open. With a session that cannot be right, or after three in a row: it is archived
    /// and the placeholders' messages are asked for again under a new one. Never from an account that is not accepted
    /// (C30).
    Result<void> failed(const DeviceId &device, crypto::DecryptFailure failure);
    /// A message of `device` opened.
    Result<void> opened(const DeviceId &device);

    /// Drops what of the sessions is older than 30 days: archived states and skipped keys (security C9, C11).
    Result<void> dropOld();

    /// Answers hold the original bytes, and only messages that this account was an addressee of.
    Result<void> answer(const AccountId &from, const wire::RetryRequest &request);
    Result<void> answer(const AccountId &from, const wire::ResendRequest &request);

private:
    Result<std::vector<Mid>> placeholders(const DeviceId &device);
    Result<bool> resend(const AccountId &to, const Mid &mid);

    Parts &parts_;
};

} // namespace kith::client
