// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QStringList>

#include <span>
#include <vector>

namespace kith::cli {

class Session;

/// What the shell may offer for a value.
enum class Complete { nothing, file, chat, user, profile, consumer, state, command, shell, format };

/// An option of a command. Without `value` it is a flag.
struct Option {
    const char *names; ///< "-n,--limit": the long name last
    const char *value; ///< what stands for it in help, or null
    const char *help;
    Complete complete = Complete::nothing;
    bool repeat = false;

    /// The long name without dashes: how Arguments knows it.
    QString key() const;
    QStringList allNames() const;
};

/// A word of a command that is no option.
struct Word {
    const char *name; ///< "USER": how help and Arguments know it
    const char *help;
    Complete complete = Complete::nothing;
    bool required = true;
    bool repeat = false;
};

/// What a command needs of the agent.
enum class Agent {
    none, ///< never connects, and reads no configuration
    local, ///< never connects
    running, ///< connects to one that runs, starts none
    existing, ///< the profile exists, else exit 4 and nothing is made (cli 1)
    making, ///< makes the profile
};

/// The values of one call.
class Arguments {
public:
    QString value(const char *key) const { return values_.value(QString::fromLatin1(key)).value(0); }
    QStringList values(const char *key) const { return values_.value(QString::fromLatin1(key)); }
    bool has(const char *key) const { return values_.contains(QString::fromLatin1(key)); }
    void set(const QString &key, const QStringList &values) { values_.insert(key, values); }

private:
    QHash<QString, QStringList> values_;
};

/// One command. The table of them feeds parsing, help, completion and man pages.
struct Command {
    const char *name; ///< "contact list"
    const char *summary;
    Agent agent;
    int (*run)(Session &, const Arguments &);
    std::vector<Word> words = {};
    std::vector<Option> options = {};
    const char *examples = ""; ///< lines without the leading "kith "
    bool hidden = false;
    bool setup = false; ///< takes --server and --pin
};

/// Every command, in the order of `kith help`.
std::vector<Command> commandTable();

/// Options that stand before or after any command (cli 2).
std::span<const Option> globalOptions();
/// Further ones of commands that set up an account.
std::span<const Option> setupOptions();

} // namespace kith::cli
