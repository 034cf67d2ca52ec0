// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/command.h"
#include "client-cli/help_topics.h"
#include "client-cli/man_page.h"
#include "client-cli/qr_text.h"
#include "client-cli/settings.h"
#include "client-cli/terminal_text.h"
#include "common/rpc/method_table.h"
#include "tests/unit/client-cli/program/kith_run.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace kith;
using namespace kith::test;

// covers: cli 6
class TestKithHelp : public QObject {
    Q_OBJECT

    KithHome home_;
    QString pages_ = home_.path(QStringLiteral("copy/share/man"));

    static bool has(const char *program)
    {
        return !QStandardPaths::findExecutable(QString::fromLatin1(program)).isEmpty();
    }

    static Ran runShell(const QString &shell, const QStringList &words, const QProcessEnvironment &environment)
    {
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(shell, words);
        process.waitForFinished();
        return { process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError() };
    }

    QString scriptOf(const QString &shell)
    {
        QFile file(home_.path(QStringLiteral("completion.") + shell));
        if (file.open(QIODevice::WriteOnly))
            file.write(home_.run(QStringList { QStringLiteral("completion"), shell }).out);
        return file.fileName();
    }

    QString page(const QString &file) const
    {
        QFile page(pages_ + QStringLiteral("/man") + file.right(1) + u'/' + file);
        const QString text = page.open(QIODevice::ReadOnly) ? QString::fromUtf8(page.readAll()) : QString();
        return QString(text).remove(QStringLiteral("\\&")).replace(QStringLiteral("\\-"), QStringLiteral("-"));
    }

private Q_SLOTS:
    void bashCompletes_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("offered");
        QTest::newRow("command") << QStringLiteral("kith cont") << QStringLiteral("contact");
        QTest::newRow("subcommand") << QStringLiteral("kith contact rena") << QStringLiteral("rename");
        QTest::newRow("option") << QStringLiteral("kith send --wa") << QStringLiteral("--wait");
        QTest::newRow("option of a subcommand") << QStringLiteral("kith contact add --na") << QStringLiteral("--name");
        QTest::newRow("value") << QStringLiteral("kith send --wait deli") << QStringLiteral("delivered");
        QTest::newRow("topic") << QStringLiteral("kith help exit") << QStringLiteral("exit-codes");
        QTest::newRow("after an option") << QStringLiteral("kith --json hist") << QStringLiteral("history");
    }
    void bashCompletes()
    {
        QFETCH(QString, typed);
        QFETCH(QString, offered);
        const QString script = QStringLiteral("source %1; COMP_WORDS=(%2); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _kith; "
                                              "echo \"${COMPREPLY[*]}\"")
                                   .arg(scriptOf(QStringLiteral("bash")), typed);
        const Ran ran = runShell(QStringLiteral("bash"), { QStringLiteral("-c"), script }, home_.environment());
        QCOMPARE(QString::fromUtf8(ran.out.trimmed()), offered);
        QCOMPARE(ran.err, QByteArray());
    }

    void otherShellsReadTheirScripts_data()
    {
        QTest::addColumn<QString>("shell");
        QTest::newRow("zsh") << QStringLiteral("zsh");
        QTest::newRow("fish") << QStringLiteral("fish");
    }
    void otherShellsReadTheirScripts()
    {
        QFETCH(QString, shell);
        if (!has(qPrintable(shell)))
            QSKIP("this shell is not installed");
        const Ran ran = runShell(shell, { QStringLiteral("-n"), scriptOf(shell) }, home_.environment());
        QCOMPARE(ran.err, QByteArray());
        QCOMPARE(ran.exit, 0);
    }

    void fishCompletes()
    {
        if (!has("fish"))
            QSKIP("fish is not installed");
        const QString script =
            QStringLiteral("source %1; complete -C 'kith cont'").arg(scriptOf(QStringLiteral("fish")));
        const Ran ran = runShell(QStringLiteral("fish"), { QStringLiteral("-N"), QStringLiteral("-c"), script },
                                 home_.environment());
        QVERIFY2(ran.out.contains("contact"), ran.err.constData());
    }

    void manualPagesAreMade()
    {
        if (!has("scdoc"))
            QSKIP("scdoc is not installed");
        const Ran made = runShell(QStringLiteral(KITH_SOURCE_DIR "/packaging/man/generate.sh"),
                                  { QStringLiteral(KITH_BIN_DIR "/kith"), pages_ }, home_.environment());
        QCOMPARE(made.err, QByteArray());
        QCOMPARE(made.exit, 0);
        const QString whole = page(QStringLiteral("kith.1"));
        for (const cli::Command &command : cli::commandTable()) {
            if (command.hidden)
                continue;
            const QString name = QString::fromLatin1(command.name);
            const QString own = page(QStringLiteral("kith-%1.1").arg(name.section(u' ', 0, 0)));
            QVERIFY2(own.contains(QStringLiteral("kith ") + name), command.name);
            QVERIFY2(whole.contains(QStringLiteral("kith ") + name), command.name);
            for (const cli::Option &option : command.options)
                QVERIFY2(own.contains(option.allNames().last()), option.names);
        }
        for (const QString &topic : cli::helpTopics())
            QVERIFY(page(QStringLiteral("kith-%1.7").arg(topic)).size() > 200);
        for (const rpc::Method &method : rpc::methodTable())
            QVERIFY2(page(QStringLiteral("kith-jsonrpc.5")).contains(QLatin1StringView(method.name)), method.name);
        const auto settings = cli::Settings::load(home_.paths(), {});
        QVERIFY(settings.ok());
        for (const cli::Setting &setting : settings->all())
            QVERIFY2(page(QStringLiteral("kith-config.5")).contains(setting.name), qPrintable(setting.name));
    }

    void helpShowsThePageThatIsInstalled()
    {
        if (!has("scdoc") || !has("man"))
            QSKIP("scdoc or man is not installed");
        QVERIFY(!page(QStringLiteral("kith-send.1")).isEmpty());
        QVERIFY(QDir().mkpath(home_.path(QStringLiteral("copy/bin"))));
        const QString program = home_.path(QStringLiteral("copy/bin/kith"));
        QVERIFY(QFile::copy(QStringLiteral(KITH_BIN_DIR "/kith"), program));
        const QStringList help { QStringLiteral("help"), QStringLiteral("send") };
        const Ran shown = runShell(program, help, home_.environment());
        QVERIFY2(shown.out.contains("kith-send(1)"), shown.err.constData());
        QVERIFY(!runShell(program, { QStringLiteral("send"), QStringLiteral("-h") }, home_.environment())
                     .out.contains("kith-send(1)"));
        QProcessEnvironment bare = home_.environment();
        bare.insert(QStringLiteral("PATH"), QStringLiteral("/nonexistent"));
        const Ran builtIn = runShell(program, help, bare);
        QCOMPARE(builtIn.exit, 0);
        QVERIFY(builtIn.out.contains("Usage: kith send"));
    }

    void codesHaveTheirShape()
    {
        const QString text = cli::qrText(QByteArray(72, '\x01'), false);
        const QStringList lines = text.chopped(1).split(u'\n');
        QCOMPARE(lines.size(), (33 + 8 + 1) / 2); // version 4 and its quiet zone, two modules a character
        for (const QString &line : lines)
            QCOMPARE(cli::displayWidth(line), 33 + 8);
        QCOMPARE(lines.first(), QString(41, QChar(0x2588)));
        // The finder pattern of 7 modules in a corner: dark edge, light ring, dark middle.
        QCOMPARE(lines.at(2).mid(4, 7), u' ' + QString(5, QChar(0x2584)) + u' ');
        QCOMPARE(cli::qrText(QByteArray(3000, 'x'), false), QString());
    }
};

QTEST_GUILESS_MAIN(TestKithHelp)
#include "tst_kith_help.moc"
