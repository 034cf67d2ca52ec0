// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace kith::server {

/// Counters, gauges and histograms by the names of the operations table (kith_...); no label ever holds an id. Any
/// thread.
class Metrics {
public:
    virtual ~Metrics() = default;
    /// `labels` as Prometheus writes them inside the braces, `kind="send"`, or empty.
    virtual void count(std::string_view name, std::string_view labels = {}, double by = 1) = 0;
    virtual void gauge(std::string_view name, double value, std::string_view labels = {}) = 0;
    virtual void observe(std::string_view name, double value, std::string_view labels = {}) = 0;
};

} // namespace kith::server
