// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/conversation.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTcpSocket>
#include <QTest>
#include <QUrl>

#include <csignal>

using namespace kith::e2e;

// covers: server-ops 1, 1.2, 2, 3, 5; security S1, S4, L9; product UA2, UA4
//
// A server as an operator sets it up: init, TLS with its own certificate, invites, closed registration.
class TestServer : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    QProcessEnvironment environment_;
    QProcess process_;
    QJsonObject ready_;
    QString config_;

    Outcome admin(const QStringList &arguments)
    {
        return runProcess(programPath("kith-server"), arguments, environment_);
    }

    Outcome enrol(const Person &person, const QString &pin, const QStringList &more)
    {
        return person.kith(QStringList { "--json", "register", "--server", ready_["gateway"].toString(), "--pin", pin,
                                         "--user", person.name(), "--key-file", person.keyFile() }
                           + more);
    }

    QString invite(const QStringList &more = {})
    {
        const auto made = admin(
            QStringList { "invite", "create", "--json", "--config", config_, "--data-dir", folder_.filePath("data") }
            + more);
        if (made.exit != 0)
            qWarning() << made.err;
        return made.json()["token"].toString();
    }

    /// Replaces the configuration's lines of these keys, e.g. `mode = "open"`.
    void configure(const QMap<QString, QString> &values)
    {
        QFile file(config_);
        QVERIFY(file.open(QIODevice::ReadOnly));
        auto text = QString::fromUtf8(file.readAll());
        file.close();
        for (auto value = values.begin(); value != values.end(); ++value)
            text.replace(QRegularExpression("^(# )?" + value.key() + " = .*$", QRegularExpression::MultilineOption),
                         value.key() + " = " + value.value());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) > 0);
    }
    void reload() { QCOMPARE(::kill(static_cast<pid_t>(process_.processId()), SIGHUP), 0); }
    bool logHolds(const QByteArray &text) const
    {
        QFile log(folder_.filePath("server.log"));
        return log.open(QIODevice::ReadOnly) && log.readAll().contains(text);
    }
    /// What the admin listener answers to a GET, head and body.
    QByteArray ask(const QByteArray &path) const
    {
        const QUrl admin(ready_["admin"].toString());
        QTcpSocket socket;
        socket.connectToHost(admin.host(), static_cast<quint16>(admin.port()));
        socket.write("GET " + path + " HTTP/1.1\r\nHost: " + admin.authority().toUtf8()
                     + "\r\nConnection: close\r\n\r\n");
        QByteArray answer;
        while (socket.waitForReadyRead(5'000))
            answer += socket.readAll();
        return answer + socket.readAll();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QDir().mkpath(folder_.filePath("run"));
        environment_ = QProcessEnvironment::systemEnvironment();
        environment_.insert("XDG_RUNTIME_DIR", folder_.filePath("run"));
        environment_.insert("XDG_STATE_HOME", folder_.filePath("state"));
        config_ = folder_.filePath("server.toml");
        const auto made = admin({ "init", "--host", "localhost", "--config", config_ });
        QVERIFY2(made.exit == 0, made.err);
        QVERIFY2(made.out.contains("kith://server?host=localhost"), made.out);
        QVERIFY(admin({ "init", "--host", "localhost", "--config", config_ }).exit != 0); // never overwrites
        QCOMPARE(admin({ "config", "check", "--config", config_ }).exit, 0);

        process_.setProcessEnvironment(environment_);
        process_.setStandardErrorFile(folder_.filePath("server.log"));
        process_.start(programPath("kith-server"),
                       { "run", "--config", config_, "--data-dir", folder_.filePath("data"), "--listen", "127.0.0.1:0",
                         "--listen-admin", "127.0.0.1:0", "--print-ready", "json" });
        QByteArray line;
        QVERIFY(eventually([&] {
            line += process_.readAllStandardOutput();
            return line.contains('\n') || process_.state() == QProcess::NotRunning;
        }));
        ready_ = QJsonDocument::fromJson(line).object();
        QVERIFY2(ready_["gateway"].toString().startsWith("wss://"), line);
        QVERIFY2(ready_["pin"].toString().startsWith("sha256:"), line);
    }

    void cleanupTestCase()
    {
        process_.terminate();
        QVERIFY(process_.waitForFinished(30'000));
        QCOMPARE(process_.exitCode(), 0);
    }

    void anInviteOpensTheDoorOnce()
    {
        const Person ann(folder_.path(), "ann");
        const Person ben(folder_.path(), "ben");
        const QString token = invite();
        QVERIFY(!token.isEmpty());
        QCOMPARE(enrol(ann, ready_["pin"].toString(), {}).exit, 12);
        QCOMPARE(enrol(ann, ready_["pin"].toString(), { "--invite", "made-up" }).exit, 12);
        QCOMPARE(enrol(ann, ready_["pin"].toString(), { "--invite", token }).exit, 0);
        const auto used = enrol(ben, ready_["pin"].toString(), { "--invite", token });
        QCOMPARE(used.exit, 12);
        QVERIFY2(used.err.contains("invite"), used.err);
        QCOMPARE(enrol(ben, ready_["pin"].toString(), { "--invite", invite() }).exit, 0);
        QCOMPARE(ann.kith({ "send", "-t", "@ben", "--wait", "accepted", "over TLS" }).exit, 0);
        QVERIFY(eventually([&] { return ben.kith({ "request", "list", "--json" }).out.contains("ann"); }));
    }

    void aRevokedInviteIsRefused()
    {
        const Person cat(folder_.path(), "cat");
        const QString token = invite();
        QCOMPARE(admin({ "invite", "revoke", token, "--config", config_, "--data-dir", folder_.filePath("data") }).exit,
                 0);
        QCOMPARE(enrol(cat, ready_["pin"].toString(), { "--invite", token }).exit, 12);
    }

    void aWrongPinIsRefused()
    {
        const Person dan(folder_.path(), "dan");
        const auto outcome = enrol(dan, "sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", { "--invite", invite() });
        QVERIFY2(outcome.exit == 6 || outcome.exit == 3, outcome.err);
        QVERIFY2(outcome.err.contains("pin") || outcome.err.contains("certificate"), outcome.err);
    }

    void withoutAPinASelfSignedServerIsRefused()
    {
        const Person eve(folder_.path(), "eve");
        const auto outcome = eve.kith({ "register", "--server", ready_["gateway"].toString(), "--user", "eve",
                                        "--key-file", eve.keyFile(), "--invite", invite() });
        QVERIFY2(outcome.exit == 6 || outcome.exit == 3, outcome.err);
    }

    void theOperatorSeesAndDeletesUsers()
    {
        const auto listed =
            admin({ "user", "list", "--json", "--config", config_, "--data-dir", folder_.filePath("data") });
        QCOMPARE(listed.exit, 0);
        QVERIFY2(listed.out.contains("\"ann\""), listed.out);
        QCOMPARE(admin({ "user", "delete", "ben", "--config", config_, "--data-dir", folder_.filePath("data") }).exit,
                 0);
        const Person ann(folder_.path(), "ann");
        QVERIFY(eventually([&] {
            return ann.kith({ "send", "-t", "@ben", "--timeout", "5s", "still there?" }).exit != 0;
        }));
    }

    void aBadConfigurationSaysWhereAndWhat()
    {
        const QString bad = folder_.filePath("bad.toml");
        QFile file(bad);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[limits]\nqueue_mesages = 5\n");
        file.close();
        const auto outcome = admin({ "config", "check", "--config", bad });
        QVERIFY(outcome.exit != 0);
        QVERIFY2(outcome.err.contains(":2:") || outcome.err.contains("line 2"), outcome.err);
        QVERIFY2(outcome.err.contains("queue_messages"), outcome.err);
        QCOMPARE(admin({ "run", "--config", bad, "--data-dir", folder_.filePath("other") }).exit, 78);
    }

    void aTakenPortSaysWhichKeyToChange()
    {
        const auto outcome = admin({ "run", "--dev", "--listen", QUrl(ready_["gateway"].toString()).authority(),
                                     "--data-dir", folder_.filePath("second") });
        QCOMPARE(outcome.exit, 75);
        QVERIFY2(outcome.err.contains("listen.gateway"), outcome.err);
    }

    void aReloadAppliesLimitsAndNamesWhatNeedsARestart()
    {
        const Person fay(folder_.path(), "fay");
        // The registrations before have used up the rate of this address: that is lifted, too.
        configure({ { "mode", "\"closed\"" }, { "workers", "3" }, { "register", "\"100/s\"" } });
        reload();
        QVERIFY(eventually([&] { return logHolds("listen.workers changed: that needs a restart"); }));
        QCOMPARE(enrol(fay, ready_["pin"].toString(), { "--invite", invite() }).exit, 12);
        configure({ { "mode", "\"opne\"" } });
        reload();
        QVERIFY(eventually([&] { return logHolds("the configuration was not reloaded"); }));
        configure({ { "mode", "\"invite\"" }, { "workers", "0" } });
        reload();
        QVERIFY(eventually([&] { return enrol(fay, ready_["pin"].toString(), { "--invite", invite() }).exit == 0; }));
    }

    void theDefaultConfigurationPassesItsCheck()
    {
        const auto text = admin({ "config", "default" });
        QCOMPARE(text.exit, 0);
        QFile file(folder_.filePath("default.toml"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text.out) == text.out.size());
        file.close();
        QCOMPARE(admin({ "config", "check", "--config", file.fileName() }).exit, 0);
        const auto shown = admin({ "config", "show", "--json", "--config", config_ }).json();
        QCOMPARE(shown["keys"].toObject()["listen.tls_key"].toObject()["origin"].toString(), QStringLiteral("file"));
    }

    void theMetricsTellWhatHappened()
    {
        const auto metrics = ask("/metrics");
        for (const char *name :
             { "kith_store_seconds_count{op=\"commit\"}", "kith_store_batch_rows_count", "kith_queue_messages ",
               "kith_connections_opened_total ", "kith_accept_seconds_count" })
            QVERIFY2(metrics.contains(QByteArray("\n") + name), name);
    }

    void drainingIsNotReady() // the last one: the server ends
    {
        QVERIFY2(ask("/readyz").contains("200 OK"), "before");
        QTcpSocket silent; // keeps its place for the 5 s of a handshake
        const QUrl gateway(ready_["gateway"].toString());
        silent.connectToHost(gateway.host(), static_cast<quint16>(gateway.port()));
        QVERIFY(silent.waitForConnected());
        QVERIFY(eventually([&] { return !ask("/metrics").contains("\nkith_connections 0\n"); }));
        process_.terminate();
        QByteArray answer;
        QVERIFY(eventually([&] { return (answer = ask("/readyz")).contains("503 "); }));
        QVERIFY2(answer.contains("\"draining\":true") && answer.contains("\"store\":true"), answer);
    }
};

QTEST_GUILESS_MAIN(TestServer)
#include "tst_e2e_server.moc"
