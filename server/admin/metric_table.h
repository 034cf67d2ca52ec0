// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace kith::server::admin {

enum class MetricKind { counter, gauge, secondsHistogram, rowsHistogram };

struct MetricRow {
    std::string_view name;
    MetricKind kind;
    std::string_view help;
};

/// Every metric that this server has, by name (server/admin/README.md).
std::span<const MetricRow> metricTable();

/// Upper bounds of a histogram's buckets, in its unit, ascending; beyond the last is +Inf. Empty for what is none.
std::span<const double> bucketsOf(MetricKind kind);

} // namespace kith::server::admin
