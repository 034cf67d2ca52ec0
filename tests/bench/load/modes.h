// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/load/abuse.h"
#include "tests/bench/load/cycle.h"
#include "tests/bench/load/handshakes.h"
#include "tests/bench/load/idle.h"
#include "tests/bench/load/offline.h"
#include "tests/bench/load/raw_log.h"
#include "tests/bench/load/steady.h"

#include <string>
#include <vector>

namespace kith::bench {

/// What the command line asks for. Zero and empty: what the mode takes by itself.
struct Options {
    std::string mode;
    std::string servers = "kith";
    std::string program; ///< kith-server; empty: the one beside kith-bench
    std::string folder = "/tmp/kith-bench";
    std::string results; ///< empty: print only
    std::string section; ///< of the results; empty: called as the mode
    int rounds = 0, pairs = 0, window = 0, each = 0, connections = 0, processes = 0;
    double seconds = 0, rate = 0;
    std::uint64_t seed = 1;
};

/// A measurement that can be asked for.
struct Mode {
    const char *name;
    const char *what; ///< a line of help
    int (*run)(const Options &); ///< returns the exit code
};
const std::vector<Mode> &modes();

/// The server called `name` ("kith", "ejabberd", ...); null when there is none. With `-tls` behind a name of ours: TLS.
std::unique_ptr<Contender> contenderCalled(const std::string &name, const Options &options);

} // namespace kith::bench
