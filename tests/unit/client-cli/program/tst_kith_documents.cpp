// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/command.h"
#include "common/rpc/method_table.h"
#include "common/rpc/schema.h"
#include "tests/unit/client-cli/program/kith_run.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <set>

using namespace kith;
using namespace kith::test;

/// One command line whose output in each format is kept in tests/data/json/golden.
struct Golden {
    const char *name; ///< of the files
    const char *line;
    const char *schema; ///< of the json form; null for documents of the command's own
};

static const Golden goldens[] = {
    { "register", "register --server wss://chat.example:8443 --user alice --key-file k", "type.account" },
    { "account-show", "account show", "type.account" },
    { "account-set", "account set --name Alice", "type.account" },
    { "account-delete", "account delete --confirm @alice", "account.delete.result" },
    { "privacy-get", "privacy get", "type.privacy" },
    { "privacy-set", "privacy set --receipts off", "type.privacy" },
    { "profile-create", "profile create", nullptr },
    { "device-list", "device list", "devices.list.result" },
    { "server-show", "server show", "type.server" },
    { "server-set", "server set wss://chat.example:8443", "type.server" },
    { "server-check", "server check wss://chat.example:8443", "server.check.result" },
    { "server-ping", "server ping", "server.ping.result" },
    { "send", "send -t @mei hi --key k", "send.result" },
    { "receive", "receive", nullptr },
    { "chats", "chats", "chats.list.result" },
    { "chat-set", "chat-set @mei --pin --mute 8h --unarchive --unread", "type.chat" },
    { "draft", "draft @mei later --reply-to 01ARZ3NDEKTSV4RRFFQ69G5FAW", "chats.setDraft.result" },
    { "search", "search -c @mei see you", "messages.search.result" },
    { "delete", "delete 01ARZ3NDEKTSV4RRFFQ69G5FAW", "messages.delete.result" },
    { "chat-clear", "chat-clear @mei", "chats.clear.result" },
    { "chat-delete", "chat-delete @mei", "chats.delete.result" },
    { "history", "history @mei", "messages.list.result" },
    { "read", "read @mei", "chats.markRead.result" },
    { "info", "info 01ARZ3NDEKTSV4RRFFQ69G5FAW", "messages.info.result" },
    { "wait", "wait 01ARZ3NDEKTSV4RRFFQ69G5FAW accepted", "messages.wait.result" },
    { "contact-list", "contact list", "contacts.list.result" },
    { "contact-show", "contact show @mei", "type.contact" },
    { "contact-add", "contact add @mei --name Mei", "type.contact" },
    { "contact-rename", "contact rename @mei Mei", "type.contact" },
    { "contact-block", "contact block @mei", "type.contact" },
    { "contact-unblock", "contact unblock @mei", "type.contact" },
    { "contact-remove", "contact remove @mei", "contacts.remove.result" },
    { "request-list", "request list", "requests.list.result" },
    { "request-accept", "request accept @bob", "type.contact" },
    { "request-refuse", "request refuse @bob --block", "requests.refuse.result" },
    { "safety-show", "safety show @mei", "safety.show.result" },
    { "safety-verify", "safety verify @mei", "type.userTrust" },
    { "safety-reset", "safety reset @mei", "type.userTrust" },
    { "recovery-create", "recovery create", "recovery.create.result" },
    { "slot-list", "slot list", "slots.list.result" },
    { "slot-remove", "slot remove recovery", "slots.remove.result" },
    { "db-check", "db check", "db.check.result" },
    { "db-stats", "db stats", "db.stats.result" },
    { "config-get", "config get agent.linger", "type.setting" },
    { "config-set", "config set agent.linger forever", "type.setting" },
    { "config-list", "config list", "config.list.result" },
    { "consumer-list", "consumer list", "consumers.list.result" },
    { "consumer-show", "consumer show default", "type.consumer" },
    { "consumer-reset", "consumer reset default", "type.consumer" },
    { "consumer-remove", "consumer remove default", "consumers.remove.result" },
    { "agent-status", "agent status", "agent.status.result" },
    { "agent-stop", "agent stop", "agent.stop.result" },
    { "agent-lock", "agent lock", "agent.lock.result" },
    { "agent-unlock", "agent unlock --key-file k", "agent.unlock.result" },
    { "version", "version", nullptr },
};

/// Commands whose output has paths or is no document.
static const std::set<QString> withoutGolden { QStringLiteral("profile list"), QStringLiteral("profile remove"),
                                               QStringLiteral("config path"),  QStringLiteral("agent"),
                                               QStringLiteral("agent log"),    QStringLiteral("rpc"),
                                               QStringLiteral("doctor"),       QStringLiteral("completion"),
                                               QStringLiteral("__complete"),   QStringLiteral("help"),
                                               QStringLiteral("__man") };

/// Methods that no command calls, because they are for front ends that stay or for the language itself.
static const std::set<QString> withoutCommand {
    QStringLiteral("frontend.register"), QStringLiteral("frontend.activate"),  QStringLiteral("frontend.activity"),
    QStringLiteral("account.limits"),    QStringLiteral("events.unsubscribe"), QStringLiteral("messages.cancel"),
    QStringLiteral("messages.retry"),    QStringLiteral("rpc.discover"),       QStringLiteral("safety.compare"),
    QStringLiteral("slots.add"),         QStringLiteral("typing.set"),
};

// covers: style 7.15, style 7.16, cli 3
class TestKithDocuments : public QObject {
    Q_OBJECT

    std::unique_ptr<KithHome> home_;
    rpc::SchemaSet schemas_;

private Q_SLOTS:
    void init() { home_ = std::make_unique<KithHome>(); }

    void everyCommandHasAGoldenOutput()
    {
        std::set<QString> lines;
        for (const Golden &golden : goldens)
            lines.insert(QString::fromLatin1(golden.line));
        for (const cli::Command &command : cli::commandTable()) {
            const QString name = QString::fromLatin1(command.name);
            const bool known = withoutGolden.contains(name) || std::ranges::any_of(lines, [&](const QString &line) {
                                   return line == name || line.startsWith(name + u' ');
                               });
            QVERIFY2(known, command.name);
        }
    }

    void outputIsTheGoldenOne_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("schema");
        for (const Golden &golden : goldens) {
            for (const char *format : { "table", "plain", "json", "jsonl" })
                QTest::addRow("%s.%s", golden.name, format)
                    << QString::fromLatin1(golden.line) << QString::fromLatin1(format)
                    << QString::fromLatin1(golden.schema);
        }
    }
    /// KITH_WRITE_GOLDEN=1 writes the files instead.
    void outputIsTheGoldenOne()
    {
        QFETCH(QString, line);
        QFETCH(QString, format);
        QFETCH(QString, schema);
        const QJsonArray events { home_->documents().events().at(0), home_->documents().events().at(1) };
        home_->agent().setEvents(events);
        const Ran ran = home_->run(line.split(u' ') + QStringList { QStringLiteral("--output"), format });
        QVERIFY2(ran.exit == 0, ran.err.constData());
        QFile file(QStringLiteral(KITH_SOURCE_DIR "/tests/data/json/golden/")
                   + QString::fromLatin1(QTest::currentDataTag()));
        if (qEnvironmentVariableIsSet("KITH_WRITE_GOLDEN")) {
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(ran.out);
            return;
        }
        QVERIFY2(file.open(QIODevice::ReadOnly), "no golden file");
        QCOMPARE(ran.out, file.readAll());
        if (format != u"json" || line == u"receive")
            return;
        const QJsonObject document = QJsonDocument::fromJson(ran.out).object();
        QCOMPARE(document.value(u"schema").toInt(), 1);
        if (!schema.isEmpty()) {
            const auto valid = schemas_.validate(schema, document);
            QVERIFY2(valid.ok(), valid ? "" : qPrintable(valid.error().message));
        }
    }

    void paramsOfEveryCallAreValid()
    {
        const QJsonArray events { home_->documents().events().at(0), home_->documents().events().at(1) };
        home_->agent().setEvents(events);
        for (const Golden &golden : goldens)
            QCOMPARE(home_->run(golden.line).exit, 0);
        QVERIFY(home_->agent().calls().size() > 80);
        for (const rpc::Request &call : home_->agent().calls()) {
            const auto valid = schemas_.validate(call.method + QStringLiteral(".params"), call.params);
            QVERIFY2(valid.ok(), valid ? "" : qPrintable(call.method + u' ' + valid.error().message));
        }
    }

    void everyMethodHasACommand()
    {
        home_->agent().setEvents({ home_->documents().events().at(0), home_->documents().events().at(1) });
        for (const Golden &golden : goldens)
            QVERIFY(home_->run(golden.line).exit == 0);
        for (const char *line : { "doctor", "read 01ARZ3NDEKTSV4RRFFQ69G5FAW", "draft @mei" })
            home_->run(line);
        std::set<QString> called;
        for (const rpc::Request &call : home_->agent().calls())
            called.insert(call.method);
        for (const rpc::Method &method : rpc::methodTable()) {
            const QString name = QString::fromLatin1(method.name);
            QVERIFY2(called.contains(name) != withoutCommand.contains(name), method.name);
        }
    }

    void fieldsSelect()
    {
        QCOMPARE(home_->run("contact list --fields name,user").out, QByteArray("Mei\t@mei\n"));
        QCOMPARE(home_->run("contact list --fields trust,nothing --output table").out,
                 QByteArray("TRUST  nothing\ntofu   \n"));
        QCOMPARE(home_->run("contact show @mei --fields user --json").out,
                 QByteArray("{\"schema\":1,\"user\":\"@mei\"}\n"));
        QCOMPARE(
            home_->run("history @mei --fields from.user --output jsonl").out,
            QByteArray("{\"from\":{\"user\":\"@mei\"},\"schema\":1}\n{\"from\":{\"user\":\"@alice\"},\"schema\":1}\n"));
    }

    void colourIsOnlyForThoseWhoWantIt()
    {
        QVERIFY(!home_->run("contact list --output table").out.contains('\x1b'));
        QVERIFY(home_->run("contact list --output table --color always").out.contains('\x1b'));
        home_->set(QStringLiteral("CLICOLOR_FORCE"), QStringLiteral("1"));
        QVERIFY(home_->run("contact list --output table").out.contains('\x1b'));
        home_->set(QStringLiteral("NO_COLOR"), QStringLiteral("1"));
        QVERIFY(!home_->run("contact list --output table").out.contains('\x1b'));
    }
};

QTEST_GUILESS_MAIN(TestKithDocuments)
#include "tst_kith_documents.moc"
