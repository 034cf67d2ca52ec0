// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/gaps.h"

#include "common/base/log.h"
#include "common/client/composer.h"
#include "common/client/event_log.h"
#include "common/client/parts.h"

#include <algorithm>

namespace kith::client {

KITH_LOG_CATEGORY(logGaps, "kith.gaps")

void Gaps::drained()
{
    drained_ = true;
    plan();
}

void Gaps::disconnected()
{
    drained_ = false;
    timer_.cancel();
}

void Gaps::plan()
{
    const auto oldest = parts_.database->counters().oldestUnshownGap();
    if (!drained_ || !oldest || !*oldest)
        return;
    const milliseconds age = std::max(milliseconds { 0 }, milliseconds { parts_.now() - **oldest });
    // A gap that is old already may be filled by what was just drained and is not worked through yet.
    const auto wait = std::clamp(patience - age, milliseconds { 1'000 }, patience);
    timer_ = parts_.world.timers.after(wait, [this] { show(); });
}

void Gaps::show()
{
    const auto shown = inTransaction(parts_, [this] { return showInTransaction(); });
    if (!shown)
        qCWarning(logGaps, "missing messages cannot be noted: %s", shown.error().detail.c_str());
    else
        plan();
}

Result<void> Gaps::showInTransaction()
{
    KITH_TRY(const auto gaps, parts_.numbers.takeOverdue(parts_.now() - patience, parts_.now()));
    for (const auto &gap : gaps) {
        QJsonObject body { { "chat", QString::fromStdString(parts_.names.chat(gap.chat)) },
                           { "user", QString::fromStdString(parts_.names.user(gap.sender.account)) },
                           { "from", static_cast<qint64>(gap.from) },
                           { "to", static_cast<qint64>(gap.to) },
                           { "count", static_cast<qint64>(gap.to - gap.from + 1) },
                           { "reason", "gap" } };
        KITH_CHECK(parts_.events->append("messages.missing", gap.chat, gap.sender.account, body));
        KITH_CHECK(parts_.composer->queueQuietly(gap.chat, wire::ResendRequest { gap.from, gap.to }));
    }
    return {};
}

} // namespace kith::client
