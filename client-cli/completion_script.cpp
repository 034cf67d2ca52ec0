// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/completion_script.h"

#include "client-cli/help_topics.h"

#include <QMap>

namespace kith::cli {

namespace {

/// The words that a kind has everywhere; empty for a dynamic one.
QString fixedWords(Complete kind)
{
    switch (kind) {
    case Complete::state:
        return QStringLiteral("queued accepted delivered read");
    case Complete::format:
        return QStringLiteral("table plain json jsonl");
    case Complete::shell:
        return QStringLiteral("bash zsh fish");
    case Complete::nothing:
    case Complete::file:
    case Complete::chat:
    case Complete::user:
    case Complete::profile:
    case Complete::consumer:
    case Complete::command:
        break;
    }
    return {};
}

/// The KIND for `kith __complete`; empty when the words are fixed or there are none.
QString dynamicKind(Complete kind)
{
    switch (kind) {
    case Complete::chat:
        return QStringLiteral("chat");
    case Complete::user:
        return QStringLiteral("user");
    case Complete::profile:
        return QStringLiteral("profile");
    case Complete::consumer:
        return QStringLiteral("consumer");
    case Complete::nothing:
    case Complete::file:
    case Complete::state:
    case Complete::command:
    case Complete::shell:
    case Complete::format:
        break;
    }
    return {};
}

/// The shell code that yields the words of a kind.
QString source(Complete kind)
{
    if (const QString fixed = fixedWords(kind); !fixed.isEmpty())
        return QStringLiteral("echo ") + fixed;
    if (const QString dynamic = dynamicKind(kind); !dynamic.isEmpty())
        return QStringLiteral("kith __complete %1 2>/dev/null").arg(dynamic);
    return kind == Complete::file ? QStringLiteral("compgen -f -- \"$cur\"") : QStringLiteral(":");
}

struct Names {
    QStringList first; ///< in the order of the table, each once
    QMap<QString, QStringList> second;
};

Names namesOf(const std::vector<Command> &table)
{
    Names names;
    for (const Command &command : table) {
        if (command.hidden)
            continue;
        const QStringList parts = QString::fromLatin1(command.name).split(u' ');
        if (!names.first.contains(parts.first()))
            names.first.append(parts.first());
        if (parts.size() > 1)
            names.second[parts.first()].append(parts.at(1));
    }
    return names;
}

QStringList optionNames(const Command &command)
{
    QStringList names;
    for (const Option &option : command.options)
        names += option.allNames();
    for (const Option &option : globalOptions())
        names.append(option.allNames().last());
    if (command.setup) {
        for (const Option &option : setupOptions())
            names += option.allNames();
    }
    return names;
}

QStringList valueCases(std::span<const Option> options)
{
    QStringList lines;
    for (const Option &option : options) {
        if (option.value)
            lines.append(
                QStringLiteral("    %1) words=$(%2) ;;").arg(option.allNames().join(u'|'), source(option.complete)));
    }
    return lines;
}

/// Bash code that sets `words` for the word at the cursor; zsh runs the same through bashcompinit.
QString bashScript(const std::vector<Command> &table)
{
    const Names names = namesOf(table);
    QStringList seconds, options, positions, values = valueCases(globalOptions());
    for (auto it = names.second.begin(); it != names.second.end(); ++it)
        seconds.append(QStringLiteral("    %1) words=\"%2\" ;;").arg(it.key(), it.value().join(u' ')));
    for (const Command &command : table) {
        if (command.hidden)
            continue;
        const QString name = QString::fromLatin1(command.name);
        options.append(QStringLiteral("    \"%1\") words=\"%2\" ;;").arg(name, optionNames(command).join(u' ')));
        for (const QString &line : valueCases(command.options)) {
            if (!values.contains(line))
                values.append(line);
        }
        if (name != u"help" && !command.words.empty())
            positions.append(
                QStringLiteral("    \"%1\") words=$(%2) ;;").arg(name, source(command.words.front().complete)));
    }
    positions.append(
        QStringLiteral("    help) words=\"%1 %2\" ;;").arg(names.first.join(u' '), helpTopics().join(u' ')));
    return QStringLiteral("# bash completion for kith, made by: kith completion bash\n"
                          "_kith() {\n"
                          "  local cur=\"${COMP_WORDS[COMP_CWORD]}\" prev=\"${COMP_WORDS[COMP_CWORD-1]}\" words= "
                          "first= second= word i\n"
                          "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
                          "    word=\"${COMP_WORDS[i]}\"\n"
                          "    [[ $word == -* ]] && continue\n"
                          "    if [[ -z $first ]]; then first=$word; elif [[ -z $second ]]; then second=$word; fi\n"
                          "  done\n"
                          "  COMPREPLY=()\n"
                          "  case \"$prev\" in\n%1\n"
                          "  esac\n"
                          "  if [[ -z $words && $cur == -* ]]; then\n"
                          "    case \"$first $second\" in\n%2\n    esac\n"
                          "    [[ -z $words ]] && case \"$first\" in\n%2\n    esac\n"
                          "  elif [[ -z $words && -z $first ]]; then\n"
                          "    words=\"%3\"\n"
                          "  elif [[ -z $words ]]; then\n"
                          "    [[ -z $second ]] && case \"$first\" in\n%4\n    esac\n"
                          "    [[ -z $words ]] && case \"$first $second\" in\n%5\n    esac\n"
                          "    [[ -z $words ]] && case \"$first\" in\n%5\n    esac\n"
                          "  fi\n"
                          "  local IFS=$'\\n'\n"
                          "  COMPREPLY=($(compgen -W \"${words// /$'\\n'}\" -- \"$cur\"))\n"
                          "}\n"
                          "complete -F _kith kith\n")
        .arg(values.join(u'\n'), options.join(u'\n'), names.first.join(u' '), seconds.join(u'\n'),
             positions.join(u'\n'));
}

QString quoted(QString text)
{
    return u'\'' + text.replace(u'\\', QStringLiteral("\\\\")).replace(u'\'', QStringLiteral("\\'")) + u'\'';
}

QString fishOption(const Option &option, const QString &condition)
{
    QString line = QStringLiteral("complete -c kith") + condition;
    for (const QString &name : option.allNames())
        line += name.startsWith(u"--") ? QStringLiteral(" -l ") + name.mid(2) : QStringLiteral(" -s ") + name.mid(1);
    if (option.value)
        line += QStringLiteral(" -r");
    if (option.value && option.complete != Complete::file)
        line += QStringLiteral(" -f -a '(%1)'").arg(source(option.complete));
    return line + QStringLiteral(" -d ") + quoted(QString::fromLatin1(option.help)) + u'\n';
}

QString fishScript(const std::vector<Command> &table)
{
    const Names names = namesOf(table);
    QString text = QStringLiteral("# fish completion for kith, made by: kith completion fish\ncomplete -c kith -f\n");
    text += QStringLiteral("complete -c kith -n __fish_use_subcommand -a '%1'\n").arg(names.first.join(u' '));
    for (const Option &option : globalOptions())
        text += fishOption(option, {});
    for (const Command &command : table) {
        if (command.hidden)
            continue;
        const QStringList parts = QString::fromLatin1(command.name).split(u' ');
        QString seen = QStringLiteral("__fish_seen_subcommand_from ") + parts.first();
        if (parts.size() > 1) {
            const QString others = names.second.value(parts.first()).join(u' ');
            text += QStringLiteral("complete -c kith -n '%1; and not __fish_seen_subcommand_from %2' -a %3 -d %4\n")
                        .arg(seen, others, parts.at(1), quoted(QString::fromLatin1(command.summary)));
            seen += QStringLiteral("; and __fish_seen_subcommand_from ") + parts.at(1);
        }
        for (const Option &option : command.options)
            text += fishOption(option, QStringLiteral(" -n '%1'").arg(seen));
        if (!command.words.empty() && source(command.words.front().complete) != u":")
            text += QStringLiteral("complete -c kith -n '%1' -a '(%2)'\n")
                        .arg(seen, source(command.words.front().complete));
    }
    return text;
}

} // namespace

QString completionScript(const QString &shell, const std::vector<Command> &table)
{
    if (shell == u"bash")
        return bashScript(table);
    if (shell == u"zsh")
        return QStringLiteral("#compdef kith\nautoload -U +X bashcompinit && bashcompinit\n") + bashScript(table);
    return shell == u"fish" ? fishScript(table) : QString();
}

} // namespace kith::cli
