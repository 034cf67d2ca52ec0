// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/task.h"
#include "common/client/failure.h"
#include "common/client/values.h"

#include <QByteArray>
#include <QObject>

#include <string>

namespace kith::client {

struct Parts;

struct SafetyView {
    std::string user;
    std::string digits; ///< 60 decimal digits
    QByteArray scannable; ///< version 1 (security C22)
    Trust state = Trust::unseen;
};

/// What two people compare, and what they decided (security C7, C22). With a changed key the numbers are those of the
/// new one: that is what can be compared now.
class Safety final : public QObject {
    Q_OBJECT
public:
    explicit Safety(Parts &parts);

    /// Looks the person up when never seen. Errors: as Contacts::resolve.
    Task<Answer<SafetyView>> show(const std::string &address);
    /// Whether scanned bytes of the other side fit. Errors: notFound, invalid, unsupported.
    Answer<bool> compare(const std::string &address, const QByteArray &scanned);
    /// Marks the key as verified; with `digits` only if they are equal (else untrustedIdentity). A changed key has to
    /// be accepted by reset() first (untrustedIdentity).
    Answer<Trust> verify(const std::string &address, const std::string &digits);
    /// Accepts the changed key: pins it, archives that account's sessions, sends what was held (security C7). On an
    /// unchanged contact: `verified` falls back to `tofu`.
    Answer<Trust> reset(const std::string &address);

private:
    Answer<SafetyView> numbersWith(const AccountId &account) const;
    Result<void> accept(const AccountId &account);
    Result<void> announce(const AccountId &account);

    Parts &parts_;
};

} // namespace kith::client
