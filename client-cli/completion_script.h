// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-cli/command.h"

namespace kith::cli {

/// The script for bash, zsh or fish, made from the table; empty for another shell. What changes from user to user comes
/// from `kith __complete KIND` when it is needed.
QString completionScript(const QString &shell, const std::vector<Command> &table);

} // namespace kith::cli
