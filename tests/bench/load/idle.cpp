// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/idle.h"

#include "tests/bench/load/crowd.h"
#include "tests/bench/load/reading.h"

#include <csignal>
#include <cstdio>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kith::bench {

namespace {

constexpr double settling = 3; // seconds between the last login and the measurement

/// What a generator process tells when everybody is in, and when the hold is over.
struct Word {
    bool ok = false;
    int lost = 0;
    double time = 0; ///< seconds it took
};

/// A process with a crowd of its own: descriptors are limited per process.
class Holder {
public:
    Holder(Contender &contender, const IdleShape &shape, std::uint32_t index)
    {
        int ends[2];
        if (::pipe(ends) != 0)
            return;
        pid_ = ::fork();
        if (pid_ == 0)
            hold(contender, shape, index, ends[1]);
        ::close(ends[1]);
        from_ = ends[0];
    }
    Holder(const Holder &) = delete;
    Holder &operator=(const Holder &) = delete;
    ~Holder()
    {
        ::close(from_);
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            ::waitpid(pid_, nullptr, 0);
        }
    }
    Word hear() const
    {
        Word word;
        return ::read(from_, &word, sizeof word) == sizeof word ? word : Word {};
    }

private:
    [[noreturn]] static void hold(Contender &contender, const IdleShape &shape, std::uint32_t index, int to)
    {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        Crowd crowd(contender, shape.seed + index, 1 + 16 * index);
        const double from = now();
        const auto joined = crowd.join(0, shape.connections);
        if (!joined)
            std::fprintf(stderr, "%s (%d are online)\n", joined.error().detail.c_str(), crowd.audience.online);
        const Word in { joined.ok(), crowd.audience.lost, now() - from };
        (void)!::write(to, &in, sizeof in);
        crowd.run(shape.hold + 2 * settling);
        const Word out { true, crowd.audience.lost, now() - from };
        (void)!::write(to, &out, sizeof out);
        ::_exit(0); // no destructors: the servers belong to the parent
    }

    pid_t pid_ = -1;
    int from_ = -1;
};

struct Sum {
    double memory = 0, cpu = 0;
};

Sum sumOf(const std::vector<std::unique_ptr<Contender>> &servers)
{
    Sum sum;
    for (const auto &server : servers) {
        sum.memory += residentMemoryOf(server->pid());
        sum.cpu += cpuOf(server->pid());
    }
    return sum;
}

} // namespace

Result<void> measureIdle(const MakeContender &make, const std::string &folder, const IdleShape &shape, Report &report)
{
    std::vector<std::unique_ptr<Contender>> servers;
    for (int i = 0; i < shape.processes; ++i) {
        servers.push_back(make());
        KITH_CHECK(servers.back()->start(folder + '/' + std::to_string(i)));
        KITH_CHECK(servers.back()->enrol(shape.connections));
    }
    Loop loop;
    loop.run(settling);
    const auto empty = sumOf(servers);
    std::vector<std::unique_ptr<Holder>> holders;
    double joining = 0;
    for (std::size_t i = 0; i < servers.size(); ++i) {
        holders.push_back(std::make_unique<Holder>(*servers[i], shape, static_cast<std::uint32_t>(i)));
        const auto in = holders.back()->hear();
        if (!in.ok)
            return Error { ErrorCode::network, "a generator could not log everybody in" };
        joining += in.time;
    }
    loop.run(settling);
    const auto full = sumOf(servers);
    const double from = now();
    int lost = 0;
    loop.run(shape.hold);
    const auto held = sumOf(servers);
    const double time = now() - from;
    for (const auto &holder : holders)
        lost += holder->hear().lost;
    const auto name = servers.front()->name();
    const double count = double(shape.connections) * shape.processes;
    report.add(name, "connections", count);
    report.add(name, "server processes", shape.processes);
    report.add(name, "logins/s", count / joining);
    report.add(name, "RSS MB, nobody connected", empty.memory / 1e6);
    report.add(name, "RSS MB", full.memory / 1e6);
    report.add(name, "RSS kB/connection", (full.memory - empty.memory) / count / 1'024);
    report.add(name, "RSS MB after the hold", held.memory / 1e6);
    report.add(name, "server CPU %", (held.cpu - full.cpu) / time * 100);
    report.add(name, "connections lost", lost);
    report.printNews();
    return {};
}

} // namespace kith::bench
