// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/reading.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kith::bench {

namespace {

std::string procFile(pid_t process, const char *name)
{
    std::ifstream file("/proc/" + std::to_string(process) + '/' + name);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// The number behind `key` in a file of "key: number" lines.
double field(const std::string &text, const std::string &key)
{
    const auto at = text.find('\n' + key + ':');
    return at == std::string::npos ? 0 : std::strtod(text.c_str() + at + key.size() + 2, nullptr);
}

} // namespace

double cpuOf(pid_t process)
{
    const auto text = procFile(process, "stat");
    std::istringstream fields(text.substr(std::min(text.rfind(')') + 1, text.size())));
    std::string skipped;
    for (int i = 0; i < 11; ++i) // state to cmajflt, proc(5)
        fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double residentMemoryOf(pid_t process)
{
    return field(procFile(process, "status"), "VmRSS") * 1'024;
}

double diskUsageOf(const std::string &folder)
{
    double bytes = 0;
    std::error_code gone; // a compaction deletes files meanwhile
    for (std::filesystem::recursive_directory_iterator it(folder, gone), end; it != end; it.increment(gone)) {
        struct stat file { };
        if (::stat(it->path().c_str(), &file) == 0 && S_ISREG(file.st_mode))
            bytes += static_cast<double>(file.st_blocks) * 512;
    }
    return bytes;
}

Reading readingOf(const Contender &contender)
{
    Reading reading;
    reading.commits = contender.commits();
    reading.written = field(procFile(contender.pid(), "io"), "write_bytes");
    reading.ownCpu = cpuOf(::getpid());
    reading.serverCpu = cpuOf(contender.pid());
    reading.time = now();
    return reading;
}

void tellCommits(Report &report, const std::string &server, const Reading &from, const Reading &to, double messages)
{
    if (!from.commits || !to.commits || to.commits->count == from.commits->count)
        return;
    const double count = to.commits->count - from.commits->count;
    report.add(server, "msg/commit", messages / count);
    report.add(server, "rows/msg", (to.commits->rows - from.commits->rows) / messages);
    report.add(server, "commit ms", (to.commits->seconds - from.commits->seconds) / count * 1'000);
}

double loadAverage()
{
    double load = 0;
    return ::getloadavg(&load, 1) == 1 ? load : 0;
}

std::size_t raiseDescriptorLimit()
{
    rlimit limit {};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_max;
}

} // namespace kith::bench
