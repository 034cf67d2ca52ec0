// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"

#include <QString>

namespace kith::gui {

// Times as people read them, by the default QLocale and the machine's time zone. `now` comes from the injected Clock.

/// "14:32".
QString clockText(qint64 ms);
/// "14:32" today, "Yesterday", "Mon" within a week, else a short date.
QString listTime(qint64 ms, WallTime now);
/// "Today", "Yesterday", "Monday", "3 March 2026".
QString dayText(qint64 ms, WallTime now);
/// Day and time in full, for details.
QString fullTime(qint64 ms);
/// Whether both are on the same local day.
bool isSameDay(qint64 one, qint64 other);
/// Until the next local midnight.
milliseconds untilMidnight(WallTime now);

} // namespace kith::gui
