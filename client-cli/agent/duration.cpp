// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/agent/duration.h"

#include <utility>

namespace kith::agent {

std::optional<milliseconds> durationOf(QStringView text)
{
    static constexpr std::pair<const char *, qint64> units[] = {
        { "ms", 1 }, { "s", 1000 }, { "m", 60 * 1000 }, { "h", 3600 * 1000 }, { "d", 24 * 3600 * 1000 }
    };
    for (const auto &[name, factor] : units) {
        const QLatin1StringView unit(name);
        bool isNumber = false;
        const qint64 count = text.endsWith(unit) ? text.chopped(unit.size()).toLongLong(&isNumber) : 0;
        if (isNumber && count >= 0 && count <= 1'000'000'000)
            return milliseconds { count * factor };
    }
    return std::nullopt;
}

} // namespace kith::agent
