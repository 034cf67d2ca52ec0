// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/modes.h"
#include "tests/bench/load/reading.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <filesystem>

/// `kith-bench MODE`: starts the servers itself on loopback, in turn, and measures them. See README.md.

namespace kith::bench {

namespace {

void addOptions(CLI::App &app, Options &options)
{
    app.add_option("--servers", options.servers, "kith, kith-lean, kith-qt, with -tls behind; separated by commas");
    app.add_option("--program", options.program, "the kith-server to measure; else the one beside this program");
    app.add_option("--folder", options.folder, "where the servers keep their data; emptied");
    app.add_option("--results", options.results, "a RESULTS.md whose section of this mode is replaced");
    app.add_option("--section", options.section, "the name of that section, when it is not the mode's");
    app.add_option("--rounds", options.rounds, "how often each server has its turn");
    app.add_option("--pairs", options.pairs, "who talk, of cycle and offline");
    app.add_option("--window", options.window, "messages of a pair in flight");
    app.add_option("--each", options.each, "messages of a pair, of offline and restart");
    app.add_option("--connections", options.connections, "of one server process, of idle and seed-profile");
    app.add_option("--processes", options.processes, "of the server, of idle");
    app.add_option("--seconds", options.seconds, "how long it is measured");
    app.add_option("--rate", options.rate, "messages a second, of seed-profile");
    app.add_option("--seed", options.seed, "of accounts, names and contents");
}

} // namespace

int start(int argc, char **argv)
{
    Options options;
    CLI::App app { "Measures kith-server, and its peers beside it. It reports; it judges nothing." };
    addOptions(app, options);
    int (*run)(const Options &) = nullptr;
    for (const auto &mode : modes())
        app.add_subcommand(mode.name, mode.what)->fallthrough()->callback([&] {
            options.mode = mode.name;
            run = mode.run;
        });
    app.require_subcommand(1);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) { // CLI11 reports by exceptions; they end here
        return app.exit(error) == 0 ? 0 : 2;
    }
    options.folder = std::filesystem::absolute(options.folder).string(); // servers run in folders of their own
    std::printf("seed %llu, %zu descriptors\n", static_cast<unsigned long long>(options.seed), raiseDescriptorLimit());
    return run(options);
}

} // namespace kith::bench

int main(int argc, char **argv)
{
    return kith::bench::start(argc, argv);
}
