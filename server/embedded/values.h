// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/wire/stored.h"
#include "server/embedded/batch.h"

namespace kith::server::embedded {

template <class Row>
std::string valueOf(const Row &row)
{
    return wire::encode(row).toStdString();
}

/// Reads and decodes one row. `From` is a Batch or a Database. Errors: corrupt, io.
template <class Row, class From>
Result<std::optional<Row>> rowAt(const From &from, Table table, const std::string &key, Result<Row> (*decode)(ByteView))
{
    KITH_TRY(const auto value, from.get(table, key));
    if (!value)
        return std::optional<Row> {};
    KITH_TRY(auto row, decode(viewOf(*value)));
    return std::optional<Row> { std::move(row) };
}

} // namespace kith::server::embedded
