// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/embedded/commit_mark.h"

#include "common/base/durable_file.h"

#include <charconv>

namespace kith::server::embedded {

Result<std::uint64_t> CommitMark::read() const
{
    const auto text = readWhole(path_, 64);
    if (!text && text.error().code == ErrorCode::notFound)
        return std::uint64_t { 0 };
    if (!text)
        return text.error();
    const auto trimmed = text->trimmed();
    std::uint64_t commit = 0;
    const auto end = trimmed.data() + trimmed.size();
    const auto parsed = std::from_chars(trimmed.data(), end, commit);
    if (parsed.ec != std::errc {} || parsed.ptr != end)
        return Error { ErrorCode::corrupt, "commit mark" };
    return commit;
}

Result<void> CommitMark::write(std::uint64_t commit) const
{
    const auto line = std::to_string(commit) + "\n";
    return writeDurably(path_, viewOf(line));
}

} // namespace kith::server::embedded
