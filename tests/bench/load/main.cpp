// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/cycle.h"
#include "tests/bench/load/kith_server.h"
#include "tests/bench/load/reading.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <functional>

/// `kith-bench MODE`: starts the servers itself on loopback, in turn, and measures them. See README.md.

namespace kith::bench {

namespace {

struct Options {
    std::string mode;
    std::string servers = "kith";
    std::string program = "";
    std::string folder = "/tmp/kith-bench";
    std::string results; ///< empty: print only
    int rounds = 2;
    CycleShape cycle;
};

std::vector<std::string> wordsOf(const std::string &list)
{
    std::vector<std::string> words;
    std::istringstream text(list);
    for (std::string word; std::getline(text, word, ',');)
        words.push_back(word);
    return words;
}

std::unique_ptr<Contender> contenderCalled(const std::string &name, const Options &options)
{
    if (name == "kith" || name == "kith-lean" || name == "kith-qt")
        return std::make_unique<KithServer>(
            KithServer::Settings { options.program, name == "kith" ? "" : name.substr(5), false, options.cycle.seed });
    return nullptr;
}

using Measure = std::function<Result<void>(Contender &, Report &)>;

/// A B A B: drifts of the machine meet everybody.
int interleave(const Options &options, Report &report, const Measure &measure)
{
    for (int round = 1; round <= options.rounds; ++round) {
        for (const auto &name : wordsOf(options.servers)) {
            const auto contender = contenderCalled(name, options);
            if (!contender)
                return std::fprintf(stderr, "no server is called %s\n", name.c_str()), 2;
            std::printf("%s, round %d:\n", name.c_str(), round);
            std::fflush(stdout);
            auto done = contender->start(options.folder + '/' + name);
            if (done)
                done = measure(*contender, report);
            if (!done)
                return std::fprintf(stderr, "%s: %s\n", name.c_str(), done.error().detail.c_str()), 1;
            contender->stop();
        }
    }
    std::printf("\n%s", report.markdown().c_str());
    if (const auto written = options.results.empty() ? Result<void>() : report.writeTo(options.results); !written)
        return std::fprintf(stderr, "%s\n", written.error().detail.c_str()), 1;
    return 0;
}

int run(const Options &options)
{
    std::printf("seed %llu, %zu descriptors\n", static_cast<unsigned long long>(options.cycle.seed),
                raiseDescriptorLimit());
    const auto &shape = options.cycle;
    Report report(options.mode,
                  std::to_string(shape.pairs) + " pairs, " + std::to_string(shape.window) + " in flight each, "
                      + shown(shape.time) + " s.");
    return interleave(options, report,
                      [&](Contender &contender, Report &to) { return measureCycle(contender, shape, to); });
}

} // namespace

int start(int argc, char **argv)
{
    Options options;
    CLI::App app { "Measures kith-server, and its peers beside it." };
    app.add_option("mode", options.mode, "cycle")->required();
    app.add_option("--servers", options.servers, "kith, kith-lean, kith-qt; separated by commas");
    app.add_option("--program", options.program, "the kith-server to measure");
    app.add_option("--folder", options.folder, "where the servers keep their data; emptied");
    app.add_option("--results", options.results, "a RESULTS.md whose section of this mode is replaced");
    app.add_option("--rounds", options.rounds);
    app.add_option("--pairs", options.cycle.pairs);
    app.add_option("--window", options.cycle.window);
    app.add_option("--seconds", options.cycle.time);
    app.add_option("--seed", options.cycle.seed);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) { // CLI11 reports by exceptions; they end here
        return app.exit(error) == 0 ? 0 : 2;
    }
    return run(options);
}

} // namespace kith::bench

int main(int argc, char **argv)
{
    return kith::bench::start(argc, argv);
}
