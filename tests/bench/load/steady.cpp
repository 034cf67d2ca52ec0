// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/steady.h"

#include "tests/bench/load/crowd.h"
#include "tests/bench/load/quantiles.h"
#include "tests/bench/load/reading.h"

namespace kith::bench {

namespace {

constexpr double grace = 10; // seconds for what is under way at the end

} // namespace

Result<void> measureSteady(Contender &contender, const SteadyShape &shape, Report &report, const std::string &row)
{
    Crowd crowd(contender, shape.seed);
    KITH_CHECK(contender.enrol(shape.connections));
    KITH_CHECK(crowd.join(0, shape.connections));
    KITH_CHECK(crowd.befriend());

    SeededRandom random(shape.seed);
    std::vector<double> due; // by token: when it should have left, so that a stalled generator hides nothing
    std::uint64_t arrived = 0;
    Quantiles ticks, ways;
    crowd.audience.accepted = [&](int, Token token) { ticks.add(now() - due[token - shape.first]); };
    crowd.audience.arrived = [&](int, Token token) {
        ways.add(now() - due[token - shape.first]);
        ++arrived;
    };
    const auto from = readingOf(contender);
    const auto total = static_cast<std::size_t>(shape.rate * shape.time);
    const auto pace = [&] {
        while (due.size() < total) {
            const double next = from.time + static_cast<double>(due.size()) / shape.rate;
            if (now() < next)
                break;
            due.push_back(next);
            const auto pairs = static_cast<std::uint64_t>(shape.connections / 2);
            crowd.at(2 * static_cast<int>(random.below(pairs))).send(shape.first + due.size() - 1);
        }
        return arrived == total;
    };
    (void)crowd.until(pace, shape.time + grace);
    const auto to = readingOf(contender);
    const auto &server = row;
    const auto rate = shown(shape.rate) + "/s";
    report.add(server, "at " + rate + ": tick p50 ms", ticks.ms(0.5));
    report.add(server, "tick p99 ms", ticks.ms(0.99));
    report.add(server, "arrival p50 ms", ways.ms(0.5));
    report.add(server, "arrival p99 ms", ways.ms(0.99));
    report.add(server, "not arrived", static_cast<double>(total - arrived));
    report.add(server, "server CPU %", (to.serverCpu - from.serverCpu) / (to.time - from.time) * 100);
    report.add(server, "server us/msg", (to.serverCpu - from.serverCpu) / static_cast<double>(total) * 1e6);
    report.add(server, "RSS MB", residentMemoryOf(contender.pid()) / 1e6);
    report.add(server, "connections lost", crowd.audience.lost);
    report.printNews();
    return {};
}

} // namespace kith::bench
