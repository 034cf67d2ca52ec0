// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/command.h"

namespace kith::cli {

QStringList Option::allNames() const
{
    return QString::fromLatin1(names).split(u',');
}

QString Option::key() const
{
    QString name = allNames().last();
    while (name.startsWith(u'-'))
        name.remove(0, 1);
    return name;
}

std::span<const Option> globalOptions()
{
    static const Option options[] = {
        { "-p,--profile", "P", "the profile to use (KITH_PROFILE; default)", Complete::profile },
        { "--output", "FORMAT", "table, plain, json or jsonl", Complete::format },
        { "--json", nullptr, "the same as --output json" },
        { "--fields", "A,B", "only these fields" },
        { "-q,--quiet", nullptr, "print no hints" },
        { "-v,--verbose", nullptr, "tell each call of the agent; -vv: also what it says, without secrets" },
        { "--color", "WHEN", "auto, always or never" },
        { "--no-input", nullptr, "never ask" },
        { "--timeout", "T", "how long to wait: 500ms, 30s, 5m, 1h" },
        { "--config", "F", "another config.toml", Complete::file },
        { "--data-dir", "D", "another folder of profiles (KITH_DATA_DIR)", Complete::file },
        { "--no-autostart", nullptr, "do not start an agent (KITH_NO_AUTOSTART)" },
    };
    return options;
}

std::span<const Option> setupOptions()
{
    static const Option options[] = {
        { "--server", "URL", "wss://host:port, ws:// on loopback, or kith://server?..." },
        { "--pin", "PIN", "sha256:... of a server with an own certificate" },
    };
    return options;
}

} // namespace kith::cli
