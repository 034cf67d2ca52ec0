// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/man_page.h"

#include "client-cli/commands.h"
#include "client-cli/help_topics.h"
#include "client-cli/version.h"
#include "common/rpc/method_table.h"

namespace kith::cli {

namespace {

/// Text that scdoc must not read as markup.
QString plain(const QString &text)
{
    QString out;
    for (const QChar c : text) {
        if (QStringLiteral("\\_*`#|[]<~.-").contains(c))
            out += u'\\';
        out += c;
    }
    return out;
}

QString plain(const char *text)
{
    return plain(QString::fromLatin1(text));
}

QString bold(const QString &text)
{
    return u'*' + plain(text) + u'*';
}

QString literal(const QString &text)
{
    return QStringLiteral("```\n") + text.trimmed() + QStringLiteral("\n```\n\n");
}

QString header(const QString &page, const char *section, const QString &summary)
{
    return QStringLiteral("%1(%2)\n\n# NAME\n\n%1 - %3\n\n").arg(page, QLatin1StringView(section), plain(summary));
}

QString firstWord(const Command &command)
{
    return QString::fromLatin1(command.name).section(u' ', 0, 0);
}

QStringList firstWords(const std::vector<Command> &table)
{
    QStringList words;
    for (const Command &command : table) {
        if (!command.hidden && !words.contains(firstWord(command)))
            words.append(firstWord(command));
    }
    return words;
}

QString optionList(std::span<const Option> options)
{
    QString text;
    for (const Option &option : options) {
        QStringList names;
        for (const QString &name : option.allNames())
            names.append(bold(name));
        text += names.join(QStringLiteral(", ")) + (option.value ? u' ' + plain(option.value) : QString())
            + QStringLiteral("\n\t") + plain(option.help) + QStringLiteral("\n\n");
    }
    return text;
}

QString synopsis(const Command &command)
{
    QString text = bold(QStringLiteral("kith ") + QString::fromLatin1(command.name));
    if (!command.options.empty() || command.setup)
        text += u' ' + plain("[OPTIONS]");
    for (const Word &word : command.words) {
        const QString name = QString::fromLatin1(word.name) + (word.repeat ? QStringLiteral("...") : QString());
        text += u' ' + plain(word.required ? name : u'[' + name + u']');
    }
    return text + QStringLiteral("\n\n");
}

QString examplesOf(const Command &command)
{
    QString text;
    for (const QString &line : QString::fromLatin1(command.examples).split(u'\n', Qt::SkipEmptyParts))
        text += (line.contains(u"kith ") ? line : QStringLiteral("kith ") + line) + u'\n';
    return text;
}

QString describe(const Command &command)
{
    QString text = QStringLiteral("## ") + plain(QStringLiteral("kith ") + QString::fromLatin1(command.name))
        + QStringLiteral("\n\n") + plain(command.summary) + QStringLiteral("\n\n");
    for (const Word &word : command.words)
        text +=
            bold(QString::fromLatin1(word.name)) + QStringLiteral("\n\t") + plain(word.help) + QStringLiteral("\n\n");
    return text + optionList(command.options) + (command.setup ? optionList(setupOptions()) : QString());
}

const QString seeAlso = QStringLiteral("# SEE ALSO\n\n*kith*(1), *kith-exit-codes*(7), *kith-output*(7), "
                                       "*kith-addressing*(7), *kith-environment*(7)\n");

QString commandPage(const QString &first, const std::vector<Command> &table)
{
    QString synopses, descriptions, examples, summary;
    for (const Command &command : table) {
        if (command.hidden || firstWord(command) != first)
            continue;
        const QString name = QString::fromLatin1(command.name);
        summary += (summary.isEmpty() ? QString() : QStringLiteral(", "))
            + (name == first ? QString::fromLatin1(command.summary) : name.section(u' ', 1));
        synopses += synopsis(command);
        descriptions += describe(command);
        examples += examplesOf(command);
    }
    if (synopses.isEmpty())
        return {};
    return header(QStringLiteral("kith-") + first, "1", summary) + QStringLiteral("# SYNOPSIS\n\n") + synopses
        + QStringLiteral("# DESCRIPTION\n\nThe options of every command are in *kith*(1).\n\n") + descriptions
        + (examples.isEmpty() ? QString() : QStringLiteral("# EXAMPLES\n\n") + literal(examples)) + seeAlso;
}

QString mainPage(const std::vector<Command> &table)
{
    QString text = header(QStringLiteral("kith"), "1", QStringLiteral("end-to-end encrypted messages"))
        + QStringLiteral("# SYNOPSIS\n\n*kith* \\[OPTIONS\\] COMMAND ...\n\n# DESCRIPTION\n\n"
                         "Commands of an end-to-end encrypted messenger. A profile is one account on this machine; its "
                         "agent, a process that the first command starts, holds keys, history and the connection.\n\n");
    for (const CommandGroup &group : commandGroups()) {
        text += QStringLiteral("## ") + QString::fromLatin1(group.title) + QStringLiteral("\n\n");
        for (const char *word : group.words) {
            for (const Command &command : table) {
                if (!command.hidden && firstWord(command) == QLatin1StringView(word))
                    text += bold(QStringLiteral("kith ") + QString::fromLatin1(command.name)) + QStringLiteral("\n\t")
                        + plain(command.summary) + QStringLiteral("\n\n");
            }
        }
    }
    return text + QStringLiteral("# OPTIONS\n\nThey may stand before or after the command.\n\n")
        + optionList(globalOptions()) + QStringLiteral("# EXIT STATUS\n\n")
        + literal(helpTopic(QStringLiteral("exit-codes"))) + seeAlso;
}

QString jsonRpcPage()
{
    QString text = header(QStringLiteral("kith-jsonrpc"), "5", QStringLiteral("the language of Kith's agent"))
        + QStringLiteral("# DESCRIPTION\n\nJSON-RPC 2.0, one object a line, on the UNIX socket of the profile's agent "
                         "or through *kith rpc*. The method *rpc.discover* returns the schema of every method.\n\n"
                         "# METHODS\n\n");
    for (const rpc::Method &method : rpc::methodTable())
        text += bold(QString::fromLatin1(method.name)) + QStringLiteral("\n\t") + plain(method.summary)
            + QStringLiteral("\n\n");
    text += QStringLiteral("# EVENTS\n\n");
    for (const rpc::EventType &type : rpc::eventTable())
        text += bold(QString::fromLatin1(type.name)) + QStringLiteral("\n\t") + plain(type.summary)
            + QStringLiteral("\n\n");
    return text + seeAlso;
}

} // namespace

std::vector<ManPage> manPages(const std::vector<Command> &table)
{
    std::vector<ManPage> pages { { QStringLiteral("kith"), QStringLiteral("kith.1") },
                                 { QStringLiteral("jsonrpc"), QStringLiteral("kith-jsonrpc.5") } };
    for (const QString &word : firstWords(table))
        pages.push_back({ word, QStringLiteral("kith-%1.1").arg(word) });
    for (const QString &topic : helpTopics())
        pages.push_back({ topic, QStringLiteral("kith-%1.7").arg(topic) });
    return pages;
}

QString manPageText(const QString &name, const std::vector<Command> &table)
{
    if (name == u"kith")
        return mainPage(table);
    if (name == u"jsonrpc")
        return jsonRpcPage();
    if (const QString topic = helpTopic(name); !topic.isEmpty())
        return header(QStringLiteral("kith-") + name, "7", QStringLiteral("a topic of Kith's help"))
            + QStringLiteral("# DESCRIPTION\n\n") + literal(topic) + seeAlso;
    return commandPage(name, table);
}

} // namespace kith::cli
