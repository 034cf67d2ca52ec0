// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/clock.h"

#include <atomic>

#ifdef KITH_TESTING
#include <cstdlib>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace kith {

/// Layout of a test clock file: one little-endian 64-bit offset in milliseconds, added to the wall clock.
struct TestClockFile {
    std::atomic<std::int64_t> wallOffsetMs;
};

SystemClock::SystemClock()
{
#ifdef KITH_TESTING
    if (const char *path = std::getenv("KITH_TEST_CLOCK")) {
        const int fd = ::open(path, O_RDONLY | O_CLOEXEC);
        void *map = fd < 0 ? MAP_FAILED : ::mmap(nullptr, sizeof(TestClockFile), PROT_READ, MAP_SHARED, fd, 0);
        if (fd >= 0)
            ::close(fd);
        if (map != MAP_FAILED)
            shift_ = static_cast<const TestClockFile *>(map);
    }
#endif
}

WallTime SystemClock::now() const
{
    const auto wall = std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
    return shift_ ? wall + milliseconds { shift_->wallOffsetMs.load(std::memory_order_relaxed) } : wall;
}

MonoTime SystemClock::monotonic() const
{
    return std::chrono::time_point_cast<milliseconds>(std::chrono::steady_clock::now());
}

} // namespace kith
