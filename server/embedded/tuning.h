// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "server/embedded/tables.h"

#include <rocksdb/db.h>

#include <vector>

namespace kith::server::embedded {

/// Octets of a device at the start of a key: what scans of the queue table stay within.
constexpr std::size_t prefixWidth = 18;

rocksdb::DBOptions databaseOptions(rocksdb::Env *env, std::size_t memoryBytes);
std::vector<rocksdb::ColumnFamilyDescriptor> tableOptions(const Clock &clock, std::size_t memoryBytes);

} // namespace kith::server::embedded
