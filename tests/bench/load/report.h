// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"

#include <map>
#include <string>
#include <vector>

namespace kith::bench {

/// The figures of one mode: a row per server, columns in the order in which they were first named, the median and the
/// range of the rounds in each.
class Report {
public:
    /// `mode` names the section of RESULTS.md, `what` is its first sentence.
    Report(std::string mode, std::string what) : mode_(std::move(mode)), what_(std::move(what)) { }

    void add(const std::string &server, const std::string &column, double value);
    /// A line below the table.
    void note(const std::string &text) { notes_.push_back(text); }

    /// Prints what a round brought, and forgets it as news.
    void printNews();
    std::string markdown() const;
    /// Replaces this mode's section in the file; a new one goes to its end. Errors: io.
    Result<void> writeTo(const std::string &file) const;

private:
    std::string mode_, what_;
    std::vector<std::string> servers_, columns_, notes_, news_;
    std::map<std::pair<std::string, std::string>, std::vector<double>> values_;
};

/// Three digits; whole numbers without a point, thousands apart.
std::string shown(double value);

} // namespace kith::bench
