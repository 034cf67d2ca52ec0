// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kith::bench {

/// The sum over all label sets of a metric on the admin listener of 127.0.0.1:`port`; empty when it is not there.
std::optional<double> metricOn(std::uint16_t port, std::string_view name);

} // namespace kith::bench
