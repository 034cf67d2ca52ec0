// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/embedded/batch.h"
#include "server/embedded/keys.h"

namespace kith::server::embedded {

/// Numbers that the store keeps about itself, in Table::meta: eight octets, big-endian.
constexpr const char *formatMeta = "format"; ///< version of keys and values (style 7.18)
constexpr const char *commitMeta = "commit"; ///< how many commits there were (delivery AT8)
constexpr const char *sidMeta = "sid"; ///< Snowflake::highWater() (security S16)

/// 0 when it was never written. `From` is a Batch or a Database.
template <class From>
Result<std::uint64_t> metaNumber(const From &from, const char *name)
{
    KITH_TRY(const auto value, from.get(Table::meta, name));
    return value ? lastNumber(*value) : 0;
}

inline void putMetaNumber(Batch &batch, const char *name, std::uint64_t number)
{
    batch.put(Table::meta, name, keyOf(number));
}

} // namespace kith::server::embedded
