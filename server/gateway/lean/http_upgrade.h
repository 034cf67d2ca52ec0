// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace kith::server::gateway {

/// What is said to a client's opening handshake (RFC 6455 4.2).
struct UpgradeAnswer {
    QByteArray response; ///< HTTP, complete
    bool accepted = false; ///< from here on: frames
    bool speaksKith = false; ///< offers the subprotocol kith.v1
    qsizetype taken = 0; ///< bytes of the request; what follows is frames already
};

/// Nothing: the request is not complete yet. The caller limits how much he gathers. Pages of browsers (an Origin) are
/// refused with 403, another version with 426, anything else that is no upgrade with 400.
std::optional<UpgradeAnswer> answerUpgrade(QByteArrayView received);

} // namespace kith::server::gateway
