// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"

#include <QStringView>

#include <optional>

namespace kith::agent {

/// "250ms", "60s", "5m", "2h", "1d". Nothing for any other text ("forever", "never").
std::optional<milliseconds> durationOf(QStringView text);

} // namespace kith::agent
