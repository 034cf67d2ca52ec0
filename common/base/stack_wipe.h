// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace kith {

/// Overwrites 512 KiB of this thread's stack below the caller: what calls that have returned left there (security B5).
void wipeStackBelow();

} // namespace kith
