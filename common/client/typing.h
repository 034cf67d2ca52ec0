// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/client/failure.h"
#include "common/client/values.h"
#include "common/wire/frames.h"

#include <QObject>

#include <map>
#include <string>

namespace kith::client {

struct Parts;

/// Typing notices: sealed with an ephemeral key, never through ratchet or outbox (security C28).
class Typing final : public QObject {
    Q_OBJECT
public:
    explicit Typing(Parts &parts);

    /// At most one notice per 5 s and chat leaves; none to somebody who is not accepted (security C30). Errors:
    /// notFound, ambiguous, unregistered.
    Answer<void> set(const std::string &address, bool on);
    /// A sealed notice came: shown if its key is known and it is younger than 10 s.
    void receive(const wire::Ephemeral &ephemeral);

Q_SIGNALS:
    void typing(const AccountId &chat, bool on);

private:
    Parts &parts_;
    std::map<AccountId, MonoTime> lastSent_;
};

} // namespace kith::client
