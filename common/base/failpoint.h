// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifdef KITH_TESTING
#include <functional>
#endif

namespace kith {

#ifdef KITH_TESTING
/// A crash point of delivery.md section 7. FAILPOINT=name:n says so on standard error and kills the process (as kill -9
/// does) at the n-th pass, after `lastAct`. Any thread.
void failpoint(const char *name, const std::function<void()> &lastAct = {});
#define KITH_FAILPOINT(...) ::kith::failpoint(__VA_ARGS__)
#else
#define KITH_FAILPOINT(...) static_cast<void>(0)
#endif

} // namespace kith
