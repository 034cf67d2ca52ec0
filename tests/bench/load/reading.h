// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/load/contender.h"
#include "tests/bench/load/report.h"

namespace kith::bench {

/// What a process has used up to a moment; two of them give what a stretch of work cost.
struct Reading {
    double time = 0; ///< seconds
    double serverCpu = 0, ownCpu = 0; ///< seconds, user and system, of all threads
    double written = 0; ///< bytes that the server caused to be written to the disk
    std::optional<Contender::Commits> commits;
};

Reading readingOf(const Contender &contender);
/// How many messages a commit held, and how long it took, where the server counts them.
void tellCommits(Report &report, const std::string &server, const Reading &from, const Reading &to, double messages);
/// Bytes.
double residentMemoryOf(pid_t process);
double diskUsageOf(const std::string &folder);
/// Seconds of CPU of all threads of a process, as /proc/<pid>/stat has them.
double cpuOf(pid_t process);

/// How busy the machine is with everything, over a minute.
double loadAverage();
/// Raises the limit of open descriptors to what the system allows. Returns it.
std::size_t raiseDescriptorLimit();

} // namespace kith::bench
