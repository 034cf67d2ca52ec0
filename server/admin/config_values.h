// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/admin/config.h"

/// The value forms of the configuration. All parsers: errors invalid, the detail says what the form is.
namespace kith::server::admin {

/// "64MiB", "128KiB", "2GiB", "512" (bytes).
Result<std::uint64_t> parseSize(const std::string &text);
std::string showSize(std::uint64_t bytes);

/// "60s", "10m", "12h", "30d".
Result<milliseconds> parseSpan(const std::string &text);
std::string showSpan(milliseconds span);

/// "60 + 1/s" (burst and refill) or "200/s", "5/min", "1/10min", "1/1.2s".
Result<RateValue> parseRate(const std::string &text);
std::string showRate(RateValue rate);

/// "127.0.0.1:8480", "[::1]:8480".
Result<Endpoint> parseEndpoint(const std::string &text);
std::string showEndpoint(const Endpoint &endpoint);

/// A whole number from `least` to `most`.
Result<std::int64_t> parseWhole(const std::string &text, std::int64_t least, std::int64_t most);
/// A number from 0 to 1,000,000.
Result<double> parseFactor(const std::string &text);
std::string showFactor(double value);

/// The name in `known` that `name` was probably meant to be, or empty.
std::string nearest(std::string_view name, const std::vector<std::string_view> &known);

} // namespace kith::server::admin
