// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/admin/metric_table.h"
#include "server/ports/metrics.h"

#include <atomic>
#include <map>
#include <memory>
#include <shared_mutex>
#include <span>
#include <string>
#include <vector>

namespace kith::server::admin {

/// The metrics of the table, in memory, written as Prometheus text. Any thread; counting takes a shared lock and an
/// atomic addition. A name outside the table is ignored, and a family has at most 256 label sets: a peer chooses close
/// codes and must not be able to fill the memory with them.
class PrometheusMetrics final : public Metrics {
public:
    PrometheusMetrics();
    ~PrometheusMetrics() override;

    void count(std::string_view name, std::string_view labels, double by) override;
    void gauge(std::string_view name, double value, std::string_view labels) override;
    void observe(std::string_view name, double value, std::string_view labels) override;

    /// Prometheus' text format. Reads the process's own figures first.
    std::string text();

private:
    struct Series {
        std::atomic<double> value { 0 }; ///< of a histogram: the sum
        std::span<const double> bounds; ///< of a histogram's buckets
        std::vector<std::atomic<std::uint64_t>> buckets; ///< not cumulative; the last is +Inf
    };
    struct Family;

    Series *find(std::string_view name, std::string_view labels);
    void readProcess();

    std::map<std::string_view, std::unique_ptr<Family>> families_; ///< fixed after construction
};

} // namespace kith::server::admin
