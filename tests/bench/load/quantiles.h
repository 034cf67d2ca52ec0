// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <vector>

namespace kith::bench {

/// Measured times, in seconds, in the order they came.
class Quantiles {
public:
    void add(double seconds)
    {
        if (values_.size() < limit)
            values_.push_back(static_cast<float>(seconds));
    }
    /// In milliseconds; 0 when there is nothing.
    double ms(double share)
    {
        if (values_.empty())
            return 0;
        const auto at = values_.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values_.size() - 1));
        std::nth_element(values_.begin(), at, values_.end());
        return static_cast<double>(*at) * 1'000;
    }

private:
    static constexpr std::size_t limit = 4'000'000; // 16 MB
    std::vector<float> values_;
};

} // namespace kith::bench
