// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace kith {

#ifdef KITH_TESTING
/// A crash point of delivery.md section 7. FAILPOINT=name:n kills the process (as kill -9 does) at the n-th pass.
void failpoint(const char *name);
#define KITH_FAILPOINT(name) ::kith::failpoint(name)
#else
#define KITH_FAILPOINT(name) static_cast<void>(0)
#endif

} // namespace kith
