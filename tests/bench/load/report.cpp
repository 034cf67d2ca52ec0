// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <sstream>

namespace kith::bench {

namespace {

void addOnce(std::vector<std::string> &list, const std::string &value)
{
    if (std::find(list.begin(), list.end(), value) == list.end())
        list.push_back(value);
}

std::string cell(std::vector<double> values)
{
    if (values.empty())
        return "-";
    std::sort(values.begin(), values.end());
    const auto middle = shown(values[values.size() / 2]);
    if (values.size() == 1)
        return middle;
    return middle + " (" + shown(values.front()) + "-" + shown(values.back()) + ")";
}

} // namespace

std::string shown(double value)
{
    char text[64];
    const double size = std::fabs(value);
    if (size < 1'000) {
        std::snprintf(text, sizeof text,
                      size == std::floor(size) || size >= 100 ? "%.0f"
                          : size < 10                         ? "%.2f"
                                                              : "%.1f",
                      value);
        return text;
    }
    std::snprintf(text, sizeof text, "%.0f", value);
    std::string out(text);
    for (auto at = static_cast<int>(out.size()) - 3; at > 0; at -= 3)
        out.insert(static_cast<std::size_t>(at), ",");
    return out;
}

void Report::add(const std::string &server, const std::string &column, double value)
{
    addOnce(servers_, server);
    addOnce(columns_, column);
    values_[{ server, column }].push_back(value);
    news_.push_back(column + ' ' + shown(value));
}

void Report::printNews()
{
    for (std::size_t i = 0; i < news_.size(); ++i)
        std::printf("%s%s", i == 0 ? "  " : " · ", news_[i].c_str());
    std::printf("\n");
    std::fflush(stdout);
    news_.clear();
}

std::string Report::markdown() const
{
    std::string text = "### " + mode_ + "\n\n" + what_ + "\n\n| server |", rule = "|---|";
    for (const auto &column : columns_) {
        text += ' ' + column + " |";
        rule += "---|";
    }
    text += '\n' + rule + '\n';
    for (const auto &server : servers_) {
        text += "| " + server + " |";
        for (const auto &column : columns_) {
            const auto found = values_.find({ server, column });
            text += ' ' + (found == values_.end() ? "-" : cell(found->second)) + " |";
        }
        text += '\n';
    }
    if (!notes_.empty())
        text += '\n';
    for (const auto &note : notes_)
        text += "* " + note + '\n';
    return text;
}

Result<void> Report::writeTo(const std::string &file) const
{
    std::ostringstream old;
    old << std::ifstream(file).rdbuf();
    std::string text = old.str();
    const std::string open = "<!-- kith-bench " + mode_ + " -->\n", end = "<!-- end " + mode_ + " -->\n";
    const auto from = text.find(open), to = text.find(end);
    const auto section = open + markdown() + end;
    if (from != std::string::npos && to != std::string::npos)
        text.replace(from, to + end.size() - from, section);
    else
        text += '\n' + section;
    std::ofstream out(file, std::ios::trunc);
    out << text;
    if (!out.flush())
        return Error { ErrorCode::io, "the results cannot be written" };
    return {};
}

} // namespace kith::bench
