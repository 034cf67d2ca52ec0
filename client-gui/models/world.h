// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/random.h"
#include "common/base/timers.h"

namespace kith::gui {

/// What the window needs from the machine. Outlives everything that holds it; tests bring their own.
struct World {
    const Clock &clock;
    Timers &timers;
    Random &random;
};

} // namespace kith::gui
