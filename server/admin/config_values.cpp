// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/config_values.h"

#include <QHostAddress>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace kith::server::admin {

namespace {

Error form(const char *text)
{
    return { ErrorCode::invalid, text };
}

struct Unit {
    std::string_view name;
    std::uint64_t factor;
};
constexpr std::array<Unit, 4> sizeUnits { Unit { "GiB", 1ULL << 30 }, Unit { "MiB", 1ULL << 20 },
                                          Unit { "KiB", 1ULL << 10 }, Unit { "", 1 } };
constexpr std::array<Unit, 5> spanUnits { Unit { "d", 86'400'000 }, Unit { "h", 3'600'000 }, Unit { "m", 60'000 },
                                          Unit { "s", 1'000 }, Unit { "ms", 1 } };

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(' ');
    const auto last = text.find_last_not_of(' ');
    return first == std::string_view::npos ? std::string_view() : text.substr(first, last - first + 1);
}

/// Splits "64MiB" into 64 and the unit; false when there is no number.
bool splitUnit(std::string_view text, std::uint64_t &number, std::string_view &unit)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc())
        return false;
    unit = text.substr(static_cast<std::size_t>(end - text.data()));
    return true;
}

template <std::size_t N>
std::optional<std::uint64_t> withUnit(const std::string &text, const std::array<Unit, N> &units)
{
    std::uint64_t number = 0;
    std::string_view unit;
    if (!splitUnit(text, number, unit))
        return std::nullopt;
    const auto found = std::ranges::find(units, unit, &Unit::name);
    if (found == units.end() || number > (1ULL << 53) / found->factor)
        return std::nullopt;
    return number * found->factor;
}

template <std::size_t N>
std::string largestUnit(std::uint64_t value, const std::array<Unit, N> &units)
{
    for (const auto &unit : units) {
        if (value % unit.factor == 0 && (value > 0 || unit.factor == units.back().factor))
            return std::to_string(value / unit.factor) + std::string(unit.name);
    }
    return std::to_string(value);
}

bool parseNumber(std::string_view text, double &number)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && std::isfinite(number) && number >= 0;
}

/// "s", "10min", "1.2s", "h": seconds.
bool parsePer(std::string_view text, double &seconds)
{
    constexpr std::array<std::pair<std::string_view, double>, 4> units {
        { { "min", 60 }, { "s", 1 }, { "h", 3'600 }, { "d", 86'400 } }
    };
    for (const auto &[name, factor] : units) {
        if (!text.ends_with(name))
            continue;
        const auto count = text.substr(0, text.size() - name.size());
        double number = 1;
        if (!count.empty() && (!parseNumber(count, number) || number <= 0))
            return false;
        seconds = number * factor;
        return true;
    }
    return false;
}

} // namespace

Result<std::uint64_t> parseSize(const std::string &text)
{
    if (const auto bytes = withUnit(text, sizeUnits))
        return *bytes;
    return form("a size, like \"64MiB\"");
}

std::string showSize(std::uint64_t bytes)
{
    return largestUnit(bytes, sizeUnits);
}

Result<milliseconds> parseSpan(const std::string &text)
{
    if (const auto ms = withUnit(text, spanUnits))
        return milliseconds { static_cast<std::int64_t>(*ms) };
    return form("a time, like \"60s\" or \"30d\"");
}

std::string showSpan(milliseconds span)
{
    return largestUnit(static_cast<std::uint64_t>(span.count()), spanUnits);
}

Result<RateValue> parseRate(const std::string &text)
{
    const auto error = form("a rate, like \"200/s\" or \"60 + 1/s\"");
    std::string_view refill = trimmed(text);
    RateValue rate;
    const auto plus = refill.find('+');
    if (plus != std::string_view::npos) {
        if (!parseNumber(trimmed(refill.substr(0, plus)), rate.burst))
            return error;
        refill = trimmed(refill.substr(plus + 1));
    }
    const auto slash = refill.find('/');
    double count = 0;
    double seconds = 1;
    if (slash == std::string_view::npos || !parseNumber(refill.substr(0, slash), count)
        || !parsePer(refill.substr(slash + 1), seconds))
        return error;
    rate.perSecond = count / seconds;
    if (plus == std::string_view::npos)
        rate.burst = count;
    if (rate.burst < 1)
        return error;
    return rate;
}

std::string showRate(RateValue rate)
{
    const bool perSecond = rate.perSecond >= 1 || rate.perSecond <= 0;
    const std::string refill =
        perSecond ? showFactor(rate.perSecond) + "/s" : "1/" + showFactor(1 / rate.perSecond) + "s";
    return rate.burst == rate.perSecond ? refill : showFactor(rate.burst) + " + " + refill;
}

Result<Endpoint> parseEndpoint(const std::string &text)
{
    const auto error = form("an address and a port, like \"127.0.0.1:8480\" or \"[::1]:8480\"");
    const auto colon = text.rfind(':');
    if (colon == std::string::npos)
        return error;
    Endpoint endpoint { text.substr(0, colon), 0 };
    if (endpoint.host.starts_with('[') && endpoint.host.ends_with(']'))
        endpoint.host = endpoint.host.substr(1, endpoint.host.size() - 2);
    else if (endpoint.host.find(':') != std::string::npos)
        return error;
    if (endpoint.host == "localhost")
        endpoint.host = "127.0.0.1";
    if (QHostAddress(QString::fromStdString(endpoint.host)).isNull())
        return error;
    const auto port = parseWhole(text.substr(colon + 1), 0, 65'535);
    if (!port)
        return error;
    endpoint.port = static_cast<std::uint16_t>(*port);
    return endpoint;
}

std::string showEndpoint(const Endpoint &endpoint)
{
    const bool v6 = endpoint.host.find(':') != std::string::npos;
    return (v6 ? '[' + endpoint.host + ']' : endpoint.host) + ':' + std::to_string(endpoint.port);
}

bool isLoopback(const Endpoint &endpoint)
{
    return QHostAddress(QString::fromStdString(endpoint.host)).isLoopback();
}

Result<std::int64_t> parseWhole(const std::string &text, std::int64_t least, std::int64_t most)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < least || number > most)
        return Error { ErrorCode::invalid,
                       "a whole number from " + std::to_string(least) + " to " + std::to_string(most) };
    return number;
}

Result<double> parseFactor(const std::string &text)
{
    double number = 0;
    if (!parseNumber(text, number) || number > 1'000'000)
        return form("a number from 0 to 1000000");
    return number;
}

std::string showFactor(double value)
{
    std::array<char, 32> text {};
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() ? std::string(text.data(), end) : "?";
}

std::string nearest(std::string_view name, const std::vector<std::string_view> &known)
{
    constexpr std::size_t furthest = 3;
    std::string best;
    std::size_t bestDistance = furthest + 1;
    for (const auto candidate : known) {
        std::vector<std::size_t> row(candidate.size() + 1);
        for (std::size_t i = 0; i < row.size(); ++i)
            row[i] = i;
        for (std::size_t i = 1; i <= name.size(); ++i) { // Levenshtein's distance, one row at a time
            std::size_t diagonal = std::exchange(row[0], i);
            for (std::size_t j = 1; j < row.size(); ++j) {
                const auto replaced = diagonal + (name[i - 1] == candidate[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = std::min({ replaced, row[j] + 1, row[j - 1] + 1 });
            }
        }
        if (row.back() < bestDistance) {
            bestDistance = row.back();
            best = candidate;
        }
    }
    return best;
}

} // namespace kith::server::admin
