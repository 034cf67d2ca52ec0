// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/admin/config.h"

#include <QJsonObject>

#include <string>
#include <vector>

namespace kith::server {

/// Exit codes beyond those of the client's table: systemd does not restart on the first.
constexpr int exitConfiguration = 78;
constexpr int exitUnavailable = 75;

/// What the command line said, as far as operators' commands need it.
struct OperatorOptions {
    bool json = false;
    admin::ConfigSources sources;
    std::vector<std::string> hosts;
    bool renew = false;
    int uses = 1;
    std::string expires; ///< "7d"; empty: the configuration's
    std::string word; ///< a token, a name or a folder
};

/// Each prints its result to standard output, problems to standard error, and returns the exit code.
int initCommand(const OperatorOptions &options);
int configCheck(const OperatorOptions &options);
int configShow(const OperatorOptions &options);
int configDefault();
int inviteCreate(const OperatorOptions &options);
int inviteList(const OperatorOptions &options);
int inviteRevoke(const OperatorOptions &options);
int userList(const OperatorOptions &options);
int userDelete(const OperatorOptions &options);

/// The exit code of cli 4 for a class of failure.
int exitOf(ErrorCode code);
/// One line, with the schema's number.
void printJson(QJsonObject object);

/// `kith-server: MESSAGE` and, where there is advice, `hint: ...`; as one JSON object with `json`. Returns `exit`.
int fail(const Error &error, int exit, bool json, const std::string &hint = {});

} // namespace kith::server
