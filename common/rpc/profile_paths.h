// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"

#include <QProcessEnvironment>
#include <QString>

namespace kith::rpc {

/// Where things of one profile are (cli 5). All absolute; nothing is made by computing it.
struct ProfilePaths {
    QString profile;
    QString dataRoot; ///< holds the folders of all profiles
    QString dataDir; ///< <dataRoot>/<profile>, 0700
    QString lockFile; ///< held by the agent for life
    QString configDir;
    QString configFile;
    QString cacheDir;
    QString logFile;
    QString runtimeDir; ///< 0700, holds the two below
    QString socket; ///< at most 107 bytes
    QString startLock; ///< of the front end that starts the agent

    /// Whether somebody made this profile. A symlink does not count.
    bool exists() const;
};

/// What options of a command line say; empty means not given.
struct PathOptions {
    QString profile;
    QString dataRoot;
    QString configFile;
};

/// 1 to 32 of a-z, 0-9, '_', '.', '-', not starting with a dot.
bool isProfileName(QStringView name);

/// Options before environment before XDG defaults. The profile is `default` when nothing names one.
/// A data root other than the default has sockets of its own: equal names in two roots never meet.
/// Errors: invalid for a bad profile name, no home folder, or when no place has a socket path of at most 107 bytes.
Result<ProfilePaths> resolvePaths(const QProcessEnvironment &environment, const PathOptions &options);

/// Makes the runtime folder, or checks the one that is there: a real folder, of this user, closed to others.
/// Errors: permission, io.
Result<void> makeRuntimeFolder(const ProfilePaths &paths);

/// The pid of the process that holds the profile lock, "" when nobody does.
QString holderOf(const ProfilePaths &paths);

} // namespace kith::rpc
