// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/modes.h"

#include "tests/bench/load/reading.h"

#include <cstdio>
#include <sstream>

#include <unistd.h>

namespace kith::bench {

namespace {

using Measure = std::function<Result<void>(const MakeContender &make, const std::string &folder, Report &report)>;

template <class T>
T orElse(T wished, T usual)
{
    return wished > 0 ? wished : usual;
}

std::string sectionOf(const Options &options)
{
    return options.section.empty() ? options.mode : options.section;
}

int failed(const std::string &who, const Error &error)
{
    std::fprintf(stderr, "%s: %s\n", who.c_str(), error.detail.c_str());
    return 1;
}

/// A B A B: drifts of the machine meet everybody. A server that fails is left out of the rest.
int interleave(const Options &options, int rounds, Report report, const Measure &measure)
{
    int code = 0;
    const auto load = loadAverage();
    for (int round = 1; round <= orElse(options.rounds, rounds); ++round) {
        std::istringstream names(options.servers);
        for (std::string name; std::getline(names, name, ',');) {
            if (!contenderCalled(name, options))
                return failed(name, { ErrorCode::notFound, "no server is called that" });
            std::printf("%s, %s, round %d:\n", options.mode.c_str(), name.c_str(), round);
            std::fflush(stdout);
            const auto make = [&] { return contenderCalled(name, options); };
            if (const auto done = measure(make, options.folder + '/' + name, report); !done)
                code = failed(name, done.error());
        }
    }
    report.note("seed " + std::to_string(options.seed) + "; load average " + shown(load) + " before, "
                + shown(loadAverage()) + " after the run, on " + std::to_string(::sysconf(_SC_NPROCESSORS_ONLN))
                + " cores");
    std::printf("\n%s", report.markdown().c_str());
    if (!options.results.empty())
        if (const auto written = report.writeTo(options.results); !written)
            code = failed(options.results, written.error());
    return code;
}

/// For what needs one server that has just started.
Measure onFresh(std::function<Result<void>(Contender &, Report &)> measure)
{
    return [measure = std::move(measure)](const MakeContender &make, const std::string &folder,
                                          Report &report) -> Result<void> {
        const auto contender = make();
        KITH_CHECK(contender->start(folder));
        return measure(*contender, report);
    };
}

int runCycle(const Options &options, CycleShape shape)
{
    shape.pairs = orElse(options.pairs, shape.pairs);
    shape.window = orElse(options.window, shape.window);
    shape.time = orElse(options.seconds, shape.time);
    shape.seed = options.seed;
    Report report(sectionOf(options),
                  "Full cycle (tick, delivery, receipt): " + shown(shape.pairs) + " pairs, "
                      + std::to_string(shape.window) + " in flight each, " + shown(shape.time) + " s.");
    return interleave(options, 3, std::move(report), onFresh([shape](Contender &contender, Report &to) {
                          return measureCycle(contender, shape, to);
                      }));
}

int cycle(const Options &options)
{
    return runCycle(options, {});
}

int bursty(const Options &options)
{
    return runCycle(options, { .pairs = 50, .window = 8 });
}

int latency(const Options &options)
{
    return runCycle(options, { .pairs = 50, .window = 1 });
}

int runOffline(const Options &options, OfflineShape shape, int rounds)
{
    shape.pairs = orElse(options.pairs, shape.pairs);
    shape.each = orElse(options.each, shape.each);
    shape.window = orElse(options.window, shape.window);
    shape.seed = options.seed;
    Report report(sectionOf(options),
                  shown(shape.pairs) + " senders write " + shown(shape.each) + " messages each to somebody who is away"
                      + (shape.restart ? "; the server restarts; " : "; ") + "the recipients come back and read.");
    return interleave(options, rounds, std::move(report), onFresh([shape](Contender &contender, Report &to) {
                          return measureOffline(contender, shape, to);
                      }));
}

int offline(const Options &options)
{
    return runOffline(options, {}, 2);
}

int restart(const Options &options)
{
    return runOffline(options, { .pairs = 1'000, .each = 1'000, .restart = true }, 1);
}

int idle(const Options &options)
{
    IdleShape shape;
    shape.connections = orElse(options.connections, shape.connections);
    shape.processes = orElse(options.processes, shape.processes);
    shape.hold = orElse(options.seconds, shape.hold);
    shape.seed = options.seed;
    Report report(sectionOf(options), "Logged in and quiet but for heartbeats, held for " + shown(shape.hold) + " s.");
    return interleave(options, 1, std::move(report),
                      [shape](const MakeContender &make, const std::string &folder, Report &to) {
                          return measureIdle(make, folder, shape, to);
                      });
}

int seedProfile(const Options &options)
{
    SteadyShape shape;
    shape.connections = orElse(options.connections, shape.connections);
    shape.rate = orElse(options.rate, shape.rate);
    shape.time = orElse(options.seconds, shape.time);
    shape.seed = options.seed;
    Report report(sectionOf(options),
                  shown(shape.connections) + " connections, " + shown(shape.rate) + " messages a second for "
                      + shown(shape.time) + " s, between people chosen at random.");
    return interleave(options, 1, std::move(report), onFresh([shape](Contender &contender, Report &to) {
                          return measureSteady(contender, shape, to, contender.name());
                      }));
}

int abuse(const Options &options)
{
    AbuseShape shape;
    shape.people.connections = orElse(options.connections, shape.people.connections);
    shape.people.rate = orElse(options.rate, shape.people.rate);
    shape.people.time = orElse(options.seconds, shape.people.time);
    shape.people.seed = options.seed;
    Report report(sectionOf(options),
                  shown(shape.people.rate) + " messages a second between " + shown(shape.people.connections)
                      + " people, while " + shown(shape.strangers) + " strangers misbehave, " + shown(shape.people.time)
                      + " s each.");
    return interleave(options, 2, std::move(report), onFresh([shape](Contender &contender, Report &to) {
                          return measureAbuse(contender, shape, to);
                      }));
}

int rawLog(const Options &options)
{
    RawLogShape shape;
    shape.time = orElse(options.seconds, shape.time);
    Report report(sectionOf(options),
                  "A growing file and fdatasync, " + shown(static_cast<double>(shape.message)) + " bytes a message.");
    return interleave(options, 2, std::move(report),
                      [shape](const MakeContender &, const std::string &folder, Report &to) {
                          return measureRawLog(folder, shape, to);
                      });
}

int tls(const Options &options)
{
    HandshakeShape shape;
    shape.time = orElse(options.seconds, shape.time);
    Report report(sectionOf(options), "TLS 1.3, ECDSA P-256, 32 connections at a time.");
    return interleave(options, 2, std::move(report), onFresh([shape](Contender &contender, Report &to) {
                          return measureHandshakes(contender, shape, to);
                      }));
}

} // namespace

const std::vector<Mode> &modes()
{
    static const std::vector<Mode> all {
        { "cycle", "2,000 pairs, one message in flight each (P1)", cycle },
        { "bursty", "50 pairs, 8 in flight each (P2)", bursty },
        { "latency", "50 in flight (P3)", latency },
        { "offline", "write to people who are away, then drain; disk (P4, P5, P8)", offline },
        { "restart", "a million queued, restart, drain (P5, P13)", restart },
        { "idle", "quiet connections: memory and CPU (P6, P7)", idle },
        { "seed-profile", "a steady rate at full connections (P9)", seedProfile },
        { "abuse", "what others feel when strangers misbehave", abuse },
        { "raw-log", "what the disk alone allows (P2)", rawLog },
        { "tls", "handshakes; for its cost per message: cycle --servers kith,kith-tls", tls },
    };
    return all;
}

} // namespace kith::bench
