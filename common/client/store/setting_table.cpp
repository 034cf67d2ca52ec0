// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/store/setting_table.h"

namespace kith::client::store {

Result<std::optional<std::string>> SettingTable::get(const std::string &key)
{
    return sql_.one(
        "SELECT value FROM setting WHERE key = ?", [](const sql::Row &row) { return row.text(0); }, key);
}

Result<void> SettingTable::set(const std::string &key, const std::string &value)
{
    return sql_.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", key, value);
}

Result<void> SettingTable::remove(const std::string &key)
{
    return sql_.execute("DELETE FROM setting WHERE key = ?", key);
}

} // namespace kith::client::store
