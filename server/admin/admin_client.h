// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"

#include <QJsonObject>

#include <chrono>
#include <string>
#include <string_view>

namespace kith::server::admin {

/// Runs a command on the server whose runtime folder this is. Errors: network (no server runs there), permission (the
/// token cannot be read, or was refused), and those of the command with its detail.
Result<QJsonObject> callAdmin(const std::string &runtimeFolder, const std::string &command,
                              const QJsonObject &arguments);

/// How long a command may take: one that copies files has time for it.
std::chrono::seconds deadlineOf(std::string_view command);

/// Where a server with this data directory keeps admin.token and admin.url: systemd's runtime folder, or `run` inside.
std::string runtimeFolderOf(const std::string &dataDir);

} // namespace kith::server::admin
