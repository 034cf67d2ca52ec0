// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-cli/command.h"

namespace kith::cli {

// The rows of each file of commands; command_table.cpp puts them in order.
std::vector<Command> registerCommands();
std::vector<Command> accountCommands();
std::vector<Command> profileCommands();
std::vector<Command> deviceCommands();
std::vector<Command> serverCommands();
std::vector<Command> sendCommands();
std::vector<Command> receiveCommands();
std::vector<Command> chatCommands();
std::vector<Command> historyCommands();
std::vector<Command> waitCommands();
std::vector<Command> contactCommands();
std::vector<Command> requestCommands();
std::vector<Command> safetyCommands();
std::vector<Command> recoveryCommands();
std::vector<Command> storeCommands();
std::vector<Command> configCommands();
std::vector<Command> consumerCommands();
std::vector<Command> agentCommands();
std::vector<Command> rpcCommands();
std::vector<Command> doctorCommands();
std::vector<Command> completionCommands();
std::vector<Command> helpCommands();

/// A heading of `kith help` and the first words of the commands below it.
struct CommandGroup {
    const char *title;
    std::vector<const char *> words;
};
std::vector<CommandGroup> commandGroups();

} // namespace kith::cli
