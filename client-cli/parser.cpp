// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/parser.h"

#include "client-cli/suggest.h"

#include <CLI/CLI.hpp>

namespace kith::cli {

using rpc::RpcError;
using rpc::RpcResult;

namespace {

RpcError usage(const QString &message, const QString &hint = {})
{
    return { rpc::ErrorCode::invalidParams, message, hint };
}

const Option *findOption(std::span<const Option> options, const QString &name)
{
    for (const Option &option : options) {
        if (option.allNames().contains(name))
            return &option;
    }
    return nullptr;
}

/// Global options that stand before the command move behind it, so that the command's words come first.
QStringList commandFirst(const QStringList &words)
{
    QStringList before;
    qsizetype i = 0;
    while (i < words.size() && words.at(i).startsWith(u'-') && words.at(i) != u"--") {
        const QString name = words.at(i).section(u'=', 0, 0);
        const Option *option = findOption(globalOptions(), name);
        if (!option)
            option = findOption(setupOptions(), name);
        before.append(words.at(i++));
        const bool inlined = before.last().contains(u'=') || (!name.startsWith(u"--") && name.size() > 2);
        if (option && option->value && !inlined && i < words.size())
            before.append(words.at(i++));
    }
    QStringList result = words.mid(i);
    qsizetype at = 0; // before the first word that is no plain one: `--` and `--exec` swallow what follows
    while (at < result.size() && !result.at(at).startsWith(u'-'))
        ++at;
    for (const QString &word : before)
        result.insert(at++, word);
    return result;
}

RpcError unknownCommand(const std::vector<Command> &table, const QStringList &words)
{
    const QString first = words.first();
    QStringList firsts, seconds;
    for (const Command &command : table) {
        const QStringList parts = QString::fromLatin1(command.name).split(u' ');
        if (command.hidden)
            continue;
        firsts.append(parts.first());
        if (parts.first() == first && parts.size() > 1)
            seconds.append(parts.at(1));
    }
    if (!seconds.isEmpty()) {
        const QString second = words.value(1);
        const QString near = nearest(second, seconds);
        const QString choices = QStringLiteral("it has: %1").arg(seconds.join(QStringLiteral(", ")));
        if (second.isEmpty() || second.startsWith(u'-'))
            return usage(QStringLiteral("%1 needs a subcommand").arg(first), choices);
        return usage(QStringLiteral("%1 has no subcommand \"%2\"").arg(first, second),
                     near.isEmpty() ? choices : QStringLiteral("did you mean: kith %1 %2").arg(first, near));
    }
    const QString near = nearest(first, firsts);
    return usage(QStringLiteral("unknown command \"%1\"").arg(first),
                 near.isEmpty() ? QStringLiteral("see: kith help") : QStringLiteral("did you mean: kith %1").arg(near));
}

/// The values that the library filled in for one option or word.
struct Slot {
    QString key;
    bool isFlag = false;
    std::int64_t count = 0;
    std::vector<std::string> values;
    CLI::Option *option = nullptr;
};

void addOption(CLI::App &app, const Option &option, Slot &slot)
{
    slot.key = option.key();
    slot.isFlag = option.value == nullptr;
    if (slot.isFlag) {
        slot.option = app.add_flag(option.names, slot.count, option.help);
        return;
    }
    slot.option = app.add_option(option.names, slot.values, option.help);
    // One value each time it is given: the next word is not swallowed.
    slot.option->type_size(1)->expected(1)->allow_extra_args(false);
    if (option.repeat)
        slot.option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void addWord(CLI::App &app, const Word &word, Slot &slot)
{
    slot.key = QString::fromLatin1(word.name);
    slot.option = app.add_option(word.name, slot.values, word.help);
    if (word.repeat)
        slot.option->expected(word.required ? 1 : 0, -1);
    else
        slot.option->expected(1)->allow_extra_args(false); // the next word belongs to the next one
    if (word.required)
        slot.option->required();
}

RpcError translate(const CLI::ParseError &error, const Command &command, const QStringList &known,
                   const QStringList &typed)
{
    const QString help = QStringLiteral("see: kith help %1").arg(QString::fromLatin1(command.name));
    for (const QString &word : typed) {
        const QString name = word.section(u'=', 0, 0);
        if (!name.startsWith(u'-') || name.size() < 2 || known.contains(name))
            continue;
        if (!name.startsWith(u"--") && known.contains(name.left(2)))
            continue;
        const QString near = nearest(name, known);
        return usage(QStringLiteral("%1 has no option %2").arg(QString::fromLatin1(command.name), name),
                     near.isEmpty() ? help : QStringLiteral("did you mean: %1").arg(near));
    }
    return usage(QString::fromStdString(error.what()).simplified(), help);
}

/// Lets the library sort `words` into the options and words of `command`. The one place that sees its exceptions.
RpcResult<Arguments> readArguments(const Command &command, const QStringList &words)
{
    std::vector<Option> options(command.options);
    options.insert(options.end(), globalOptions().begin(), globalOptions().end());
    if (command.setup)
        options.insert(options.end(), setupOptions().begin(), setupOptions().end());
    std::vector<Slot> filled(options.size() + command.words.size());
    QStringList known;
    std::vector<std::string> reversed;
    for (auto it = words.rbegin(); it != words.rend(); ++it)
        reversed.push_back(it->toStdString());
    try {
        CLI::App app;
        app.set_help_flag();
        std::size_t next = 0;
        for (const Option &option : options) {
            addOption(app, option, filled[next++]);
            known += option.allNames();
        }
        for (const Word &word : command.words)
            addWord(app, word, filled[next++]);
        app.parse(std::move(reversed));
        Arguments arguments;
        for (const Slot &slot : filled) {
            QStringList values;
            if (slot.isFlag)
                values.append(QString::number(slot.count));
            for (const std::string &value : slot.values)
                values.append(QString::fromStdString(value));
            if (slot.option->count() > 0)
                arguments.set(slot.key, values);
        }
        return arguments;
    } catch (const CLI::ParseError &error) {
        return translate(error, command, known, words);
    } catch (const CLI::Error &error) { // a table that the library refuses: a bug of ours
        return RpcError { rpc::ErrorCode::internal, QString::fromStdString(error.what()) };
    }
}

Invocation callOf(const std::vector<Command> &table, const char *name, const QStringList &topic)
{
    qsizetype used = 0;
    Invocation invocation { *findCommand(table, { QString::fromLatin1(name) }, used), {} };
    if (!topic.isEmpty())
        invocation.arguments.set(QStringLiteral("TOPIC"), topic);
    return invocation;
}

/// `-h`: the built-in text, also where the manual is installed.
Invocation shortHelp(const std::vector<Command> &table, const QStringList &topic)
{
    Invocation call = callOf(table, "help", topic);
    call.arguments.set(QStringLiteral("short"), { QStringLiteral("1") });
    return call;
}

} // namespace

const Command *findCommand(const std::vector<Command> &table, const QStringList &words, qsizetype &used)
{
    for (used = std::min<qsizetype>(2, words.size()); used > 0; --used) {
        const QString name = words.mid(0, used).join(u' ');
        for (const Command &command : table) {
            if (name == QLatin1StringView(command.name))
                return &command;
        }
    }
    return nullptr;
}

RpcResult<Invocation> parse(const std::vector<Command> &table, const QStringList &typed)
{
    const QStringList words = commandFirst(typed);
    const QString first = words.value(0);
    if (words.isEmpty() || first == u"-h" || first == u"--help")
        return callOf(table, "help", {});
    if (first == u"--version") {
        Invocation call = callOf(table, "version", {});
        KITH_TRY(call.arguments, readArguments(call.command, words.mid(1)));
        return call;
    }
    qsizetype used = 0;
    const Command *command = findCommand(table, words, used);
    QStringList rest = words.mid(used);
    const qsizetype end = rest.indexOf(QStringLiteral("--"));
    for (const char *help : { "-h", "--help" }) {
        const qsizetype at = rest.indexOf(QString::fromLatin1(help));
        if (at >= 0 && (end < 0 || at < end) && !rest.mid(0, at).contains(u"--exec"))
            return shortHelp(table, command ? QString::fromLatin1(command->name).split(u' ') : words.mid(0, 1));
    }
    if (!command && first.startsWith(u'-'))
        return usage(QStringLiteral("there is no command"), QStringLiteral("see: kith help"));
    if (!command)
        return unknownCommand(table, words);
    QStringList exec;
    const qsizetype at =
        findOption(command->options, QStringLiteral("--exec")) ? rest.indexOf(QStringLiteral("--exec")) : -1;
    if (at >= 0) {
        exec = rest.mid(at + 1);
        rest = rest.mid(0, at);
        if (exec.isEmpty())
            return usage(QStringLiteral("--exec needs a command"));
    }
    KITH_TRY(Arguments arguments, readArguments(*command, rest));
    if (!exec.isEmpty())
        arguments.set(QStringLiteral("exec"), exec);
    return Invocation { *command, arguments };
}

} // namespace kith::cli
