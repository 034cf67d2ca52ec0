// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/client/event_log.h"

#include <QByteArray>
#include <QString>

namespace kith::rpc::service {

/// What one connection reads from the event log, and how far it is.
struct Subscription {
    QString consumer; ///< empty: nothing is acknowledged
    client::EventFilter filter;
    std::int64_t cursor = 0; ///< everything up to here was sent or did not match

    bool wantsType(const QString &type) const;
};

/// A durable event as a line of cli 7.4.
QByteArray eventLine(const client::Event &event);
/// event.gap for cursors that the bounds of the log took.
QByteArray gapLine(std::int64_t from, std::int64_t to, WallTime now);

} // namespace kith::rpc::service
