// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/commands.h"
#include "client-cli/completion_script.h"
#include "client-cli/help_topics.h"
#include "client-cli/parser.h"
#include "client-cli/suggest.h"
#include "client-cli/values.h"
#include "client-cli/wait_state.h"

#include <QTest>

#include <set>

using namespace kith;
using namespace kith::cli;

// covers: cli 2, cli 6
class TestCliParser : public QObject {
    Q_OBJECT

    std::vector<Command> table_ = commandTable();

    rpc::RpcResult<Invocation> parsed(const QString &line) const
    {
        return parse(table_, line.split(u' ', Qt::SkipEmptyParts));
    }

private Q_SLOTS:
    void everyCommandIsUsable()
    {
        std::set<QString> names;
        for (const Command &command : table_) {
            const QString name = QString::fromLatin1(command.name);
            QVERIFY2(names.insert(name).second, command.name);
            QVERIFY2(command.run != nullptr, command.name);
            QVERIFY2(qstrlen(command.summary) > 0, command.name);
            QStringList words = name.split(u' ');
            for (const Word &word : command.words)
                words.append(word.required ? QStringList { QStringLiteral("x") } : QStringList {});
            const auto call = parse(table_, words);
            QVERIFY2(call.ok(), call ? "" : qPrintable(name + QStringLiteral(": ") + call.error().message));
            QCOMPARE(QString::fromLatin1(call->command.name), name);
        }
    }

    void everyCommandHasAHeadingInHelp()
    {
        std::set<QString> shown;
        for (const CommandGroup &group : commandGroups()) {
            for (const char *word : group.words)
                QVERIFY2(shown.insert(QString::fromLatin1(word)).second, word);
        }
        std::set<QString> firsts;
        for (const Command &command : table_) {
            if (!command.hidden)
                firsts.insert(QString::fromLatin1(command.name).section(u' ', 0, 0));
        }
        QVERIFY(shown == firsts);
    }

    void everyOptionIsTakenByItsCommand()
    {
        for (const Command &command : table_) {
            for (const Option &option : command.options) {
                for (const QString &name : option.allNames()) {
                    QStringList words = QString::fromLatin1(command.name).split(u' ');
                    for (const Word &word : command.words)
                        words.append(word.required ? QStringList { QStringLiteral("x") } : QStringList {});
                    words.append(name);
                    if (option.value)
                        words.append(QStringLiteral("7"));
                    const auto call = parse(table_, words);
                    QVERIFY2(call.ok(),
                             call ? "" : qPrintable(words.join(u' ') + QStringLiteral(": ") + call.error().message));
                    QVERIFY(call->arguments.has(qPrintable(option.key())));
                }
            }
        }
    }

    void globalOptionsStandAnywhere_data()
    {
        QTest::addColumn<QString>("line");
        QTest::newRow("before") << QStringLiteral("-p work --json contact show @mei");
        QTest::newRow("after") << QStringLiteral("contact show @mei -p work --json");
        QTest::newRow("between") << QStringLiteral("contact show -p work @mei --json");
        QTest::newRow("both") << QStringLiteral("--profile work contact show @mei --json");
        QTest::newRow("with =") << QStringLiteral("--profile=work contact show @mei --json");
        QTest::newRow("glued") << QStringLiteral("-pwork contact show --json @mei");
    }
    void globalOptionsStandAnywhere()
    {
        QFETCH(QString, line);
        const auto call = parsed(line);
        QVERIFY2(call.ok(), call ? "" : qPrintable(call.error().message));
        QCOMPARE(QString::fromLatin1(call->command.name), QStringLiteral("contact show"));
        QCOMPARE(call->arguments.value("profile"), QStringLiteral("work"));
        QVERIFY(call->arguments.has("json"));
        QCOMPARE(call->arguments.value("USER"), QStringLiteral("@mei"));
    }

    void badLinesAreUsageErrors_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("hint");
        const auto row = [](const char *line, const char *hint) {
            QTest::newRow(line) << QString::fromLatin1(line) << QString::fromLatin1(hint);
        };
        row("sned", "kith send");
        row("histroy @mei", "kith history");
        row("contact lsit", "kith contact list");
        row("contact", "list, show, add");
        row("frobnicate", "kith help");
        row("contact show", "kith help contact show");
        row("contact show @a @b", "kith help contact show");
        row("send -t @mei hi --wiat read", "--wait");
        row("send -t @mei hi --profle x", "--profile");
        row("contact show @mei --name x", "kith help contact show");
        row("send -t", "kith help send");
        row("con list", "kith help");
        row("--json", "kith help");
        row("receive --exec", "");
    }
    void badLinesAreUsageErrors()
    {
        QFETCH(QString, line);
        QFETCH(QString, hint);
        const auto call = parsed(line);
        QVERIFY(!call.ok());
        QCOMPARE(call.error().exitCode(), 2);
        QVERIFY2(call.error().hint.contains(hint), qPrintable(call.error().hint));
    }

    void optionsTakeOneWordEach()
    {
        const auto call = parsed(QStringLiteral("send -t @a -t @b --wait read hello"));
        QVERIFY2(call.ok(), call ? "" : qPrintable(call.error().message));
        QCOMPARE(call->arguments.values("to"), (QStringList { QStringLiteral("@a"), QStringLiteral("@b") }));
        QCOMPARE(call->arguments.values("TEXT"), QStringList { QStringLiteral("hello") });
    }

    void dashIsAWord()
    {
        QCOMPARE(parsed(QStringLiteral("send -t @a -"))->arguments.value("TEXT"), QStringLiteral("-"));
        const auto call = parsed(QStringLiteral("send -t @a -- --json"));
        QVERIFY(call.ok());
        QCOMPARE(call->arguments.value("TEXT"), QStringLiteral("--json"));
        QVERIFY(!call->arguments.has("json"));
    }

    void execTakesTheRestAsItIs()
    {
        const auto call = parsed(QStringLiteral("--json receive --follow --exec prog --json -t -h -- x"));
        QVERIFY(call.ok());
        QCOMPARE(QString::fromLatin1(call->command.name), QStringLiteral("receive"));
        QCOMPARE(call->arguments.values("exec").join(u' '), QStringLiteral("prog --json -t -h -- x"));
        QVERIFY(call->arguments.has("follow") && call->arguments.has("json"));
    }

    void askingForHelpIsHelp()
    {
        for (const char *line :
             { "-h", "--help", "", "contact list -h", "send --help -t x", "contact --help", "help send" })
            QCOMPARE(QString::fromLatin1(parsed(QString::fromLatin1(line))->command.name), QStringLiteral("help"));
        QCOMPARE(parsed(QStringLiteral("contact list -h"))->arguments.values("TOPIC").join(u' '),
                 QStringLiteral("contact list"));
        QCOMPARE(QString::fromLatin1(parsed(QStringLiteral("--version"))->command.name), QStringLiteral("version"));
    }

    void serverIsAnOptionOfSetupOnly()
    {
        QVERIFY(parsed(QStringLiteral("--server wss://x register --user a"))->arguments.has("server"));
        QVERIFY(!parsed(QStringLiteral("chats --server wss://x")).ok());
    }

    void everyTopicHasAText()
    {
        for (const QString &topic : helpTopics())
            QVERIFY(helpTopic(topic).size() > 100);
        QVERIFY(helpTopic(QStringLiteral("send")).isEmpty());
        for (const char *code : { "untrustedIdentity", "queueFull", "storeDamaged", "keyReused", "updateNeeded" })
            QVERIFY(helpTopic(QStringLiteral("exit-codes")).contains(QLatin1StringView(code)));
    }

    void suggestsOnlyWhatIsNear()
    {
        const QStringList words { QStringLiteral("history"), QStringLiteral("send"), QStringLiteral("receive") };
        QCOMPARE(nearest(QStringLiteral("histroy"), words), QStringLiteral("history"));
        QCOMPARE(nearest(QStringLiteral("recieve"), words), QStringLiteral("receive"));
        QCOMPARE(nearest(QStringLiteral("SEND"), words), QStringLiteral("send"));
        QCOMPARE(nearest(QStringLiteral("xyzzy"), words), QString());
        QCOMPARE(nearest(QString(10000, u'x'), words), QString());
    }

    void durationsHaveUnits()
    {
        QCOMPARE(parseDuration(QStringLiteral("250ms"))->count(), 250);
        QCOMPARE(parseDuration(QStringLiteral("30s"))->count(), 30000);
        QCOMPARE(parseDuration(QStringLiteral("8h"))->count(), 28800000);
        QCOMPARE(parseDuration(QStringLiteral("0"))->count(), 0);
        for (const char *bad : { "", "5", "s", "-1s", "1.5s", "1w", "999999999d", "1s ", "1s\n" })
            QVERIFY2(!parseDuration(QString::fromLatin1(bad)).ok(), bad);
    }

    void serverAddressesAreChecked()
    {
        const QString pin = QStringLiteral("sha256:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU");
        QCOMPARE(parseServerAddress(QStringLiteral("wss://chat.example:8443"))->url,
                 QStringLiteral("wss://chat.example:8443"));
        const auto whole = parseServerAddress(QStringLiteral("kith://server?host=chat.example%3A8443&pin=")
                                              + QString(pin).replace(u':', QStringLiteral("%3A")));
        QVERIFY(whole.ok());
        QCOMPARE(whole->url, QStringLiteral("wss://chat.example:8443"));
        QCOMPARE(whole->pin, pin);
        QVERIFY(parseServerAddress(QStringLiteral("ws://127.0.0.1:9000")).ok());
        QVERIFY(parseServerAddress(QStringLiteral("ws://localhost:9000")).ok());
        QVERIFY(parseServerAddress(QStringLiteral("ws://[::1]:9000")).ok());
        for (const char *bad :
             { "", "chat.example", "http://x", "ws://chat.example:1", "wss://", "wss://u:p@chat.example",
               "kith://user?host=x", "kith://server?pin=x", "kith://server?host=x&pin=sha256:short" })
            QVERIFY2(!parseServerAddress(QString::fromLatin1(bad)).ok(), bad);
    }

    void waitStatesAreChecked()
    {
        QCOMPARE(parseWait(QStringLiteral("delivered:all"))->of, QStringLiteral("all"));
        QCOMPARE(parseWait(QStringLiteral("read"))->state, QStringLiteral("read"));
        for (const char *bad : { "", "sent", "read:", "read:0", "read:x", "failed" })
            QVERIFY2(!parseWait(QString::fromLatin1(bad)).ok(), bad);
    }

    void completionKnowsEveryCommandAndOption_data()
    {
        QTest::addColumn<QString>("shell");
        for (const char *shell : { "bash", "zsh", "fish" })
            QTest::newRow(shell) << QString::fromLatin1(shell);
    }
    void completionKnowsEveryCommandAndOption()
    {
        QFETCH(QString, shell);
        const QString script = completionScript(shell, table_);
        for (const Command &command : table_) {
            if (command.hidden)
                continue;
            for (const QString &word : QString::fromLatin1(command.name).split(u' '))
                QVERIFY2(script.contains(word), qPrintable(word));
            for (const Option &option : command.options) {
                const QString name =
                    shell == u"fish" ? QStringLiteral("-l ") + option.key() : QStringLiteral("--") + option.key();
                QVERIFY2(script.contains(name), qPrintable(name));
            }
        }
        QVERIFY(script.contains(u"__complete chat"));
        QVERIFY(completionScript(QStringLiteral("tcsh"), table_).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCliParser)
#include "tst_cli_parser.moc"
