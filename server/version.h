// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace kith::server {

constexpr const char *versionText = KITH_VERSION;

} // namespace kith::server
