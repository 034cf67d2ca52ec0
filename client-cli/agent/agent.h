// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"

#include <QString>

#include <functional>
#include <vector>

namespace kith::agent {

/// One value of config.toml as `config.list` shows it.
struct Setting {
    QString name; ///< "agent.linger"
    QString value; ///< as text
    QString origin; ///< option, environment, user, system or default
};

/// How a `kith agent` process was asked to run. All paths are absolute.
struct Options {
    QString profile;
    bool activated = false; ///< started by a front end: lingers and ends by itself (cli 1.2)
    bool foreground = false; ///< of a service unit: never ends by itself, logs to standard error
    int readyFd = -1; ///< gets rpc::readyLine (common/rpc/message.h), then is closed; -1: nobody asks
    QString dataRoot; ///< replaces $XDG_DATA_HOME/kith; empty: the default
    QString configFile; ///< replaces the user's config.toml; empty: the default
    QString printReady; ///< "json": a line on standard output when bound; empty: nothing

    /// Every setting that exists, read and checked before the agent runs.
    std::vector<Setting> settings;
    /// Checks a value and writes it to the user's file. Errors: notFound for the name, invalid for the value, io.
    std::function<Result<Setting>(const QString &name, const QString &value)> changeSetting;
};

/// Runs the agent of one profile until it is told to end. Needs a QCoreApplication. Returns the exit code of cli 4.
int run(const Options &options);

} // namespace kith::agent
