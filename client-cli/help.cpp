// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/help_topics.h"

#include "client-cli/commands.h"
#include "client-cli/man_page.h"
#include "client-cli/parser.h"
#include "client-cli/session.h"
#include "client-cli/suggest.h"
#include "client-cli/version.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>

namespace kith::cli {

namespace {

QString padded(const QString &text, qsizetype width)
{
    return text + QString(std::max<qsizetype>(1, width - text.size()), u' ');
}

QString wordsOf(const Command &command)
{
    QString text;
    for (const Word &word : command.words) {
        QString name = QString::fromLatin1(word.name) + (word.repeat ? QStringLiteral("...") : QString());
        text += word.required ? QStringLiteral(" ") + name : QStringLiteral(" [") + name + u']';
    }
    return text;
}

QString optionLines(std::span<const Option> options)
{
    QString text;
    for (const Option &option : options) {
        QString names = option.allNames().join(QStringLiteral(", "));
        if (option.value)
            names += u' ' + QString::fromLatin1(option.value);
        text += QStringLiteral("  ") + padded(names, 26) + QString::fromLatin1(option.help) + u'\n';
    }
    return text;
}

QString summaryOf(const std::vector<Command> &table, const QString &first)
{
    QStringList seconds;
    for (const Command &command : table) {
        const QString name = QString::fromLatin1(command.name);
        if (name == first)
            return QString::fromLatin1(command.summary);
        if (name.startsWith(first + u' '))
            seconds.append(name.section(u' ', 1));
    }
    return seconds.join(QStringLiteral(", "));
}

QString overview(const std::vector<Command> &table)
{
    QString text = QStringLiteral("Kith %1: end-to-end encrypted messages.\n\n"
                                  "  kith register --server wss://chat.example --user alice\n"
                                  "  kith send -t @mei \"hello\"\n"
                                  "  kith receive --follow\n\n"
                                  "Usage: kith [OPTIONS] COMMAND ...\n")
                       .arg(versionText());
    for (const CommandGroup &group : commandGroups()) {
        text += u'\n' + QString::fromLatin1(group.title) + QStringLiteral(":\n");
        for (const char *word : group.words) {
            const QString first = QString::fromLatin1(word);
            text += QStringLiteral("  ") + padded(first, 12) + summaryOf(table, first) + u'\n';
        }
    }
    text += QStringLiteral("\nOptions, before or after the command:\n") + optionLines(globalOptions());
    text += QStringLiteral("\nMore: kith help COMMAND, or one of the topics: %1\n")
                .arg(helpTopics().join(QStringLiteral(", ")));
    return text;
}

QString commandHelp(const Command &command)
{
    const QString name = QString::fromLatin1(command.name);
    QString text;
    for (const QString &example : QString::fromLatin1(command.examples).split(u'\n', Qt::SkipEmptyParts))
        text +=
            QStringLiteral("  ") + (example.contains(u"kith ") ? example : QStringLiteral("kith ") + example) + u'\n';
    text = QStringLiteral("kith %1: %2\n\n").arg(name, QString::fromLatin1(command.summary))
        + (text.isEmpty() ? QString() : text + u'\n')
        + QStringLiteral("Usage: kith %1%2%3\n")
              .arg(name, command.options.empty() ? QString() : QStringLiteral(" [OPTIONS]"), wordsOf(command));
    if (!command.words.empty())
        text += u'\n';
    for (const Word &word : command.words)
        text +=
            QStringLiteral("  ") + padded(QString::fromLatin1(word.name), 26) + QString::fromLatin1(word.help) + u'\n';
    if (!command.options.empty() || command.setup)
        text += QStringLiteral("\nOptions:\n") + optionLines(command.options);
    if (command.setup)
        text += optionLines(setupOptions());
    return text + QStringLiteral("\nThe options of every command: kith help\n");
}

QString groupHelp(const std::vector<Command> &table, const QString &first)
{
    QString text;
    for (const Command &command : table) {
        const QString name = QString::fromLatin1(command.name);
        if (!command.hidden && name.startsWith(first + u' '))
            text += QStringLiteral("  ") + padded(QStringLiteral("kith ") + name + wordsOf(command), 40)
                + QString::fromLatin1(command.summary) + u'\n';
    }
    return text;
}

/// Lets man show the page that is installed beside this program. False when there is none, or no man.
bool showInstalledPage(const std::vector<Command> &table, const QString &name)
{
    for (const ManPage &page : manPages(table)) {
        if (page.name != name)
            continue;
        const QString file = QStringLiteral("%1/../share/man/man%2/%3")
                                 .arg(QCoreApplication::applicationDirPath(), page.file.right(1), page.file);
        for (const QString &path : { file, file + QStringLiteral(".gz") }) {
            if (QFile::exists(path))
                return QProcess::execute(QStringLiteral("man"), { path }) == 0;
        }
    }
    return false;
}

int runHelp(Session &session, const Arguments &arguments)
{
    const std::vector<Command> table = commandTable();
    const QStringList words = arguments.values("TOPIC");
    if (words.isEmpty()) {
        session.out().text(overview(table));
        return 0;
    }
    if (!arguments.has("short") && showInstalledPage(table, words.first()))
        return 0;
    if (const QString topic = helpTopic(words.first()); !topic.isEmpty()) {
        session.out().text(topic);
        return 0;
    }
    qsizetype used = 0;
    const Command *command = findCommand(table, words, used);
    const QString subcommands = groupHelp(table, words.first());
    if (command && used == words.size()) {
        session.out().text(commandHelp(*command)
                           + (used == 1 && !subcommands.isEmpty() ? u'\n' + subcommands : QString()));
        return 0;
    }
    if (words.size() == 1 && !subcommands.isEmpty()) {
        session.out().text(subcommands);
        return 0;
    }
    QStringList known = helpTopics();
    for (const Command &one : table)
        known.append(QString::fromLatin1(one.name));
    const QString near = nearest(words.join(u' '), known);
    return session.fail(
        { rpc::ErrorCode::invalidParams, QStringLiteral("there is no help for \"%1\"").arg(words.join(u' ')),
          near.isEmpty() ? QStringLiteral("see: kith help") : QStringLiteral("did you mean: kith help %1").arg(near) });
}

/// The sources of the manual pages, for packaging/man/generate.sh.
int runMan(Session &session, const Arguments &arguments)
{
    const std::vector<Command> table = commandTable();
    if (arguments.has("PAGE")) {
        session.out().text(manPageText(arguments.value("PAGE"), table));
        return 0;
    }
    for (const ManPage &page : manPages(table))
        session.out().text(page.name + u' ' + page.file + u'\n');
    return 0;
}

int runVersion(Session &session, const Arguments &)
{
    session.out().sentence({ { QStringLiteral("schema"), 1 }, { QStringLiteral("version"), versionText() } },
                           QStringLiteral("kith ") + versionText());
    return 0;
}

} // namespace

std::vector<Command> helpCommands()
{
    Command man { "__man", "manual pages", Agent::none, runMan, { { "PAGE", "a page", Complete::nothing, false } } };
    man.hidden = true;
    return { { "help",
               "help on a command or topic",
               Agent::none,
               runHelp,
               { { "TOPIC", "a command or one of the topics", Complete::command, false, true } } },
             { "version", "the version of this program", Agent::none, runVersion },
             man };
}

} // namespace kith::cli
