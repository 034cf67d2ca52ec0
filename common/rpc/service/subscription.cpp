// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/service/subscription.h"

#include "common/rpc/message.h"

#include <algorithm>

namespace kith::rpc::service {

bool Subscription::wantsType(const QString &type) const
{
    return filter.types.empty() || std::ranges::find(filter.types, type.toStdString()) != filter.types.end();
}

QByteArray eventLine(const client::Event &event)
{
    // The stored document is a non-empty object; its cursor is put in front instead of reading it again.
    return "{\"jsonrpc\":\"2.0\",\"method\":\"event\",\"params\":{\"cursor\":\"" + QByteArray::number(event.cursor)
        + "\"," + QByteArray::fromStdString(event.json).mid(1) + "}\n";
}

QByteArray gapLine(std::int64_t from, std::int64_t to, WallTime now)
{
    return toLine(notification({ { QStringLiteral("schema"), 1 },
                                 { QStringLiteral("ts"), static_cast<qint64>(toMs(now)) },
                                 { QStringLiteral("type"), QStringLiteral("event.gap") },
                                 { QStringLiteral("from"), QString::number(from) },
                                 { QStringLiteral("to"), QString::number(to) } }));
}

} // namespace kith::rpc::service
