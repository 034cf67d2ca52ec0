// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>

#include <malloc.h>
#include <unistd.h>

namespace kith::support {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool isSanitized = true; ///< memory is shadowed, and what is freed is kept: bounds on it say nothing
#else
constexpr bool isSanitized = false;
#endif

/// Bytes of this process that are in memory.
inline qint64 residentBytes()
{
    ::malloc_trim(0);
    QFile file(QStringLiteral("/proc/self/statm"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE)
                                          : 0;
}

/// `grown` bytes are less than `most`, as far as this build can tell.
inline bool isWithin(qint64 grown, qint64 most)
{
    return isSanitized || grown < most;
}

/// Where a sanitizer keeps its shadow: mappings of a size that no program has of its own.
inline bool isShadow(qint64 mappingBytes)
{
    return mappingBytes > qint64 { 1 } << 34;
}

} // namespace kith::support
