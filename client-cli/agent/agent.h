// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace kith::agent {

/// How a `kith agent` process was asked to run. All paths are absolute.
struct Options {
    QString profile;
    bool activated = false; ///< started by a front end: lingers and ends by itself (cli 1.2)
    bool foreground = false; ///< of a service unit: never ends by itself, logs to standard error
    int readyFd =
        -1; ///< one line for who started it (rpc::readyLine of common/rpc/message.h), then closed; -1: nobody asks
    QString dataRoot; ///< replaces $XDG_DATA_HOME/kith; empty: the default
    QString configFile; ///< replaces the user's config.toml; empty: the default
    QString printReady; ///< "json": a line on standard output when bound; empty: nothing
};

/// Runs the agent of one profile until it is told to end. Needs a QCoreApplication. Returns the exit code of cli 4.
int run(const Options &options);

} // namespace kith::agent
