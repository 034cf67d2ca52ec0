// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/ports/metrics.h"

#include <map>
#include <mutex>
#include <string>

namespace kith::support {

/// Metrics that a test can ask. Any thread.
class CountingMetrics final : public server::Metrics {
public:
    void count(std::string_view name, std::string_view labels, double by) override
    {
        const std::scoped_lock lock(mutex_);
        values_[key(name, labels)] += by;
    }
    void gauge(std::string_view name, double value, std::string_view labels) override
    {
        const std::scoped_lock lock(mutex_);
        values_[key(name, labels)] = value;
    }
    void observe(std::string_view name, double, std::string_view labels) override { count(name, labels, 1); }

    /// The counter or gauge; of a histogram the number of observations.
    double value(std::string_view name, std::string_view labels = {})
    {
        const std::scoped_lock lock(mutex_);
        return values_[key(name, labels)];
    }

private:
    static std::string key(std::string_view name, std::string_view labels)
    {
        return std::string(name) + '{' + std::string(labels) + '}';
    }
    std::mutex mutex_;
    std::map<std::string, double> values_;
};

} // namespace kith::support
