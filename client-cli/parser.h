// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-cli/command.h"
#include "common/rpc/error.h"

namespace kith::cli {

/// What somebody typed, understood.
struct Invocation {
    Command command;
    Arguments arguments; ///< of the command and global ones
};

/// Reads the words after the program's name. `-h` anywhere makes it a call of `help`, `--version` of `version`.
/// Errors: invalidParams (exit 2) with a did-you-mean in the hint.
rpc::RpcResult<Invocation> parse(const std::vector<Command> &table, const QStringList &words);

/// The command that `words` starts with, longest name first; null if none. `used` gets the number of its words.
const Command *findCommand(const std::vector<Command> &table, const QStringList &words, qsizetype &used);

} // namespace kith::cli
