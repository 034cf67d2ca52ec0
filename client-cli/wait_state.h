// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-cli/session.h"

namespace kith::cli {

/// What --wait and `wait` ask for: a state, and for groups how many members.
struct WaitTarget {
    QString state; ///< queued, accepted, delivered or read
    QString of; ///< all, any or a number; empty: the default
};

/// "accepted", "delivered:all", "read:2". Errors: invalidParams.
rpc::RpcResult<WaitTarget> parseWait(const QString &text);

/// messages.wait for one message. Errors: as call(); the result may say that the state was not reached.
Session::Answer waitFor(Session &session, const QString &mid, const WaitTarget &target, milliseconds timeout);

/// Why a wait did not end well: the message failed, is held, or time was over. `result` is that of messages.wait; `to`:
/// whom the message is for, if that is known.
rpc::RpcError waitProblem(const QJsonObject &result, const WaitTarget &target,
                          const QString &to = QStringLiteral("USER"));
/// The message waits until somebody looked at the key of `to` (exit 6).
rpc::RpcError heldProblem(const QString &to);

} // namespace kith::cli
