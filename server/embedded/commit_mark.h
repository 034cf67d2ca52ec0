// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"

#include <cstdint>
#include <string>

namespace kith::server::embedded {

/// The number of a recent commit in a file of its own, synced apart from the store: a store that is behind it has lost
/// commits that were acknowledged, or was put back from a copy (delivery AT8). One thread.
class CommitMark {
public:
    explicit CommitMark(std::string path) : path_(std::move(path)) { }

    /// 0 when there is no file yet. Errors: corrupt, permission, io.
    Result<std::uint64_t> read() const;
    /// Durable when it returns. Errors: full, io, permission.
    Result<void> write(std::uint64_t commit) const;

private:
    std::string path_;
};

} // namespace kith::server::embedded
