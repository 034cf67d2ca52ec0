// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/raw_log.h"

#include "tests/bench/load/loop.h"
#include "tests/bench/load/quantiles.h"

#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

namespace kith::bench {

Result<void> measureRawLog(const std::string &folder, const RawLogShape &shape, Report &report)
{
    std::filesystem::create_directories(folder);
    const auto path = folder + "/raw.log";
    for (const std::size_t batch : { 1, 8, 56, 94, 256 }) {
        const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        if (file < 0)
            return Error { ErrorCode::io, "cannot write " + path };
        const std::string bytes(batch * shape.message, 'm');
        Quantiles commits;
        const double begun = now();
        bool written = true;
        std::uint64_t count = 0;
        for (double at = begun; written && at < begun + shape.time; count += batch) {
            written = ::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size())
                && ::fdatasync(file) == 0;
            commits.add(now() - at);
            at = now();
        }
        ::close(file);
        ::unlink(path.c_str());
        if (!written)
            return Error { ErrorCode::io, "the disk does not take the log" };
        const auto row = std::to_string(batch) + " a commit";
        report.add(row, "msg/s", static_cast<double>(count) / (now() - begun));
        report.add(row, "commit p50 ms", commits.ms(0.5));
        report.add(row, "commit p99 ms", commits.ms(0.99));
    }
    report.printNews();
    return {};
}

} // namespace kith::bench
