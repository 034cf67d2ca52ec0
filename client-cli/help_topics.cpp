// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/help_topics.h"

#include "common/rpc/error.h"

#include <map>

namespace kith::cli {

namespace {

const char *meaningOf(int exit)
{
    switch (exit) {
    case 1:
        return "other failure, or a check that says no (doctor, db check)";
    case 2:
        return "usage, ambiguous address, key reused";
    case 3:
        return "network or server unreachable; try again";
    case 4:
        return "not registered, signed out, device removed";
    case 5:
        return "not found";
    case 6:
        return "untrusted identity: the safety number changed";
    case 7:
        return "busy: rate limited, outbox or recipient's queue full; try again later";
    case 8:
        return "partly done";
    case 9:
        return "the agent cannot be started or reached, or another process holds the profile";
    case 10:
        return "time over while waiting";
    case 11:
        return "the local store is locked or cannot be opened";
    case 12:
        return "refused by the server: permission, blocked, too large, quota";
    case 130:
        return "interrupted";
    default:
        return "";
    }
}

/// Made from the table of errors, so that it cannot lie.
QString exitCodes()
{
    std::map<int, QStringList> names;
    for (const rpc::ErrorRow &row : rpc::errorTable())
        names[row.exit].append(QString::fromLatin1(row.name));
    QString text = QStringLiteral("Exit codes; the names are \"code\" in errors of --output json.\n\n    0  ok\n");
    for (const auto &[exit, codes] : names)
        text += QStringLiteral("  %1  %2\n       %3\n")
                    .arg(exit, 3)
                    .arg(QString::fromLatin1(meaningOf(exit)), codes.join(QStringLiteral(", ")));
    return text;
}

constexpr auto environment = R"(Environment, weaker than options and stronger than config.toml:

  KITH_PROFILE        the profile; default: default
  KITH_OUTPUT         table, plain, json or jsonl
  KITH_CONFIG_DIR     instead of $XDG_CONFIG_HOME/kith
  KITH_DATA_DIR       instead of $XDG_DATA_HOME/kith
  KITH_INVITE         an invite for register
  CREDENTIALS_DIRECTORY  of systemd: its file kith.passphrase opens the profile
  KITH_NO_AUTOSTART   1: never start an agent
  KITH_AGENT_BIN      the kith that is started as agent
  KITH_LOG            rules of log categories
  KITH_PAGER, PAGER   the pager of history; cat for none
  NO_COLOR, CLICOLOR_FORCE, TERM=dumb

Files:

  $XDG_CONFIG_HOME/kith/config.toml   settings (/etc/kith/config.toml before it)
  $XDG_DATA_HOME/kith/PROFILE/        database and keys, readable by you only
  $XDG_STATE_HOME/kith/log/           logs
  $XDG_RUNTIME_DIR/kith/PROFILE.sock  the agent's socket
)";

constexpr auto output =
    R"(Output: standard output has the result and nothing else; hints and errors go to standard error.

  table   for people: the default on a terminal; relative times, colour, a pager for history
  plain   the default elsewhere: columns separated by tabs, no header, times in UTC;
          backslash, tab, newline and control characters are written \\, \t, \n and \x1b
  json    one document, on one line
  jsonl   one object a line for lists and streams

  --fields a,b.c    only these fields, in this order

Documents have "schema":1. Within it fields are only added. Ids are strings; "ts" is in milliseconds since 1970,
"time" the same as RFC 3339 in UTC. Errors are documents too, on standard error:

  {"schema":1,"error":{"code":"network","message":"...","hint":"...","exit":3,"retryable":true}}
)";

constexpr auto addressing = R"(Addresses, wherever a command takes TO, USER or CHAT:

  @user           somebody on your server
  @user@server    somebody on another one
  me              your notes to yourself
  Mei             a contact's name, if only one has it; otherwise exit 2 and the candidates

A message is named by its id: 26 letters and digits, as `send` and `history` print it. Neither ids nor commands can be
abbreviated.
)";

} // namespace

QStringList helpTopics()
{
    return { QStringLiteral("exit-codes"), QStringLiteral("environment"), QStringLiteral("output"),
             QStringLiteral("addressing") };
}

QString helpTopic(const QString &name)
{
    if (name == u"exit-codes")
        return exitCodes();
    if (name == u"environment")
        return QString::fromLatin1(environment);
    if (name == u"output")
        return QString::fromLatin1(output);
    return name == u"addressing" ? QString::fromLatin1(addressing) : QString();
}

} // namespace kith::cli
