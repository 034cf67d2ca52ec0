// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/sql/connection.h"

#include <optional>
#include <string>

namespace kith::client::store {

/// Small values of the profile by name.
class SettingTable {
public:
    explicit SettingTable(sql::Connection &sql) : sql_(sql) { }

    Result<std::optional<std::string>> get(const std::string &key);
    Result<void> set(const std::string &key, const std::string &value);
    Result<void> remove(const std::string &key);

private:
    sql::Connection &sql_;
};

} // namespace kith::client::store
