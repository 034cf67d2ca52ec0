// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/stack_wipe.h"

#include "common/base/secret_bytes.h"

namespace kith {

[[gnu::noinline]] void wipeStackBelow()
{
    std::uint8_t below[512 * 1024];
    wipe(below);
}

} // namespace kith
