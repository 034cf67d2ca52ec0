// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/rpc/error.h"
#include "common/rpc/profile_paths.h"

#include <vector>

namespace kith::cli {

/// One value of config.toml with where it is from.
struct Setting {
    QString name;
    QString value;
    QString origin; ///< environment, user, system or default
};

/// The client's configuration (cli 5), complete and checked: every known name has a value.
class Settings {
public:
    /// Reads the system's and the user's file; a missing one is empty.
    /// Errors: invalidParams for bad TOML, an unknown name or a bad value, with file, line, column and did-you-mean.
    static rpc::RpcResult<Settings> load(const rpc::ProfilePaths &paths, const QProcessEnvironment &environment);

    QString value(const char *name) const;
    const std::vector<Setting> &all() const { return settings_; }

    /// Checks a value and writes it into the user's file, whose other lines stay.
    /// Errors: notFound, invalid, io.
    static Result<Setting> change(const rpc::ProfilePaths &paths, const QString &name, const QString &value);

private:
    std::vector<Setting> settings_;
};

} // namespace kith::cli
