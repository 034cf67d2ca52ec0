// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace kith::server::admin {

enum class MetricKind { counter, gauge, secondsHistogram };

struct MetricRow {
    std::string_view name;
    MetricKind kind;
    std::string_view help;
};

/// Every metric that this server has, by name (server/admin/README.md).
std::span<const MetricRow> metricTable();

/// Upper bounds of a histogram's buckets, in seconds, ascending; beyond the last is +Inf.
std::span<const double> secondsBuckets();

} // namespace kith::server::admin
