// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/commands.h"

namespace kith::cli {

std::vector<Command> commandTable()
{
    std::vector<Command> table;
    for (const auto rows :
         { registerCommands, accountCommands,  profileCommands,    deviceCommands, serverCommands,   sendCommands,
           receiveCommands,  chatCommands,     historyCommands,    waitCommands,   contactCommands,  requestCommands,
           safetyCommands,   recoveryCommands, storeCommands,      configCommands, consumerCommands, agentCommands,
           rpcCommands,      doctorCommands,   completionCommands, helpCommands }) {
        for (Command &command : rows())
            table.push_back(std::move(command));
    }
    return table;
}

std::vector<CommandGroup> commandGroups()
{
    return {
        { "Setup", { "register", "account", "privacy", "profile", "device", "server" } },
        { "Messages",
          { "send", "receive", "chats", "chat-set", "chat-clear", "chat-delete", "draft", "history", "search", "read",
            "info", "delete", "wait" } },
        { "People", { "contact", "request", "safety" } },
        { "Data", { "recovery", "slot", "db", "config" } },
        { "Events", { "consumer" } },
        { "Run", { "agent", "rpc" } },
        { "Meta", { "doctor", "completion", "help", "version" } },
    };
}

} // namespace kith::cli
