// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: server-ops 3
#include "common/base/durable_file.h"
#include "common/base/hash.h"
#include "server/admin/admin_client.h"
#include "server/admin/admin_listener.h"
#include "server/admin/health.h"
#include "tests/support/gateway/test_server.h"

#include <QDir>
#include <QJsonArray>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <future>
#include <sys/stat.h>

using namespace kith;
using namespace kith::server::admin;
using namespace std::chrono_literals;
using Headers = QMap<QByteArray, QByteArray>;

namespace {

/// A listener on a free port over the rooms on memory ports.
struct Operated {
    QTemporaryDir folder;
    SystemRandom random;
    support::TestServer server;
    ServerKey key;
    AdminCommands commands;
    bool healthy = true;
    bool ready = true;
    std::unique_ptr<AdminListener> listener;
    QNetworkAccessManager network;

    Operated()
        : key(*ServerKey::loadOrMake(folder.filePath("server.key").toStdString(), random))
        , commands({ server.accounts, server.accountRoom, server.deliveryRoom, key, server.time, random,
                     [](const std::string &path) { // a store of one file
                         const auto made = makePrivateFolder(path);
                         return Task<Result<void>>::ready(made ? writeDurably(path + "/rows", {}) : made);
                     },
                     folder.filePath("server.key").toStdString() },
                   std::chrono::hours { 24 })
    {
        listener = *AdminListener::open({ "127.0.0.1", 0 }, runtime(), random,
                                        { [this] { return healthy; },
                                          [this] {
                                              return QJsonObject { { "ready", ready } };
                                          },
                                          [] { return std::string("kith_connections 0\n"); },
                                          QJsonObject { { "version", "1.2.3" } }, commands });
    }
    std::string runtime() const { return folder.filePath("run").toStdString(); }
    QByteArray read(const char *name) const
    {
        QFile file(folder.filePath(QStringLiteral("run/") + name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    struct Reply {
        int status = 0;
        QByteArray body;
        QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    };
    /// GET without a body, POST with one.
    Reply ask(const QString &path, const Headers &headers = {}, const QByteArray *body = nullptr)
    {
        QNetworkRequest request(QUrl(QString::fromStdString(listener->url()) + path));
        for (auto header = headers.begin(); header != headers.end(); ++header)
            request.setRawHeader(header.key(), header.value());
        if (body)
            request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
        const std::unique_ptr<QNetworkReply> reply(body ? network.post(request, *body) : network.get(request));
        if (!QTest::qWaitFor([&reply] { return reply->isFinished(); }, 5'000))
            qFatal("no answer");
        return { reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll() };
    }
    Reply command(const char *name, const QJsonObject &arguments, const QByteArray &token)
    {
        const auto body = QJsonDocument(arguments).toJson();
        return ask(QStringLiteral("/admin/v1/") + name, { { "Authorization", "Bearer " + token } }, &body);
    }
    Reply command(const char *name, const QJsonObject &arguments = {})
    {
        return command(name, arguments, read("admin.token"));
    }
};

} // namespace

class TestAdminListener final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answersItsPaths()
    {
        Operated operated;
        QCOMPARE(operated.ask("/healthz").status, 200);
        QCOMPARE(operated.ask("/readyz").status, 200);
        QCOMPARE(operated.ask("/metrics").body, QByteArray("kith_connections 0\n"));
        QCOMPARE(operated.ask("/version").json().value("version").toString(), QStringLiteral("1.2.3"));
        QCOMPARE(operated.ask("/elsewhere").status, 404);
        operated.healthy = false;
        operated.ready = false;
        QCOMPARE(operated.ask("/healthz").status, 503);
        QCOMPARE(operated.ask("/readyz").status, 503);
    }

    void strangersAreRefused_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("rebound name") << QByteArray("Host") << QByteArray("evil.example:8481");
        QTest::newRow("name without the port") << QByteArray("Host") << QByteArray("localhost");
        QTest::newRow("a web page") << QByteArray("Origin") << QByteArray("http://evil.example");
        QTest::newRow("a sandboxed page") << QByteArray("Origin") << QByteArray("null");
    }
    void strangersAreRefused()
    {
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, value);
        Operated operated;
        for (const char *path : { "/healthz", "/metrics" })
            QCOMPARE(operated.ask(path, { { header, value } }).status, 403);
    }

    void commandsNeedTheToken()
    {
        Operated operated;
        QCOMPARE(operated.command("user/list", {}, "wrong").status, 401);
        QCOMPARE(operated.command("user/list", {}, {}).status, 401);
        QCOMPARE(operated.command("user/list").status, 200);
        struct stat info { };
        QVERIFY(::stat((operated.runtime() + "/admin.token").c_str(), &info) == 0);
        QCOMPARE(info.st_mode & 0777u, 0600u);
        QVERIFY(operated.read("admin.token").size() >= 43);
    }

    void aBackupGoesIntoANewPrivateFolder()
    {
        Operated operated;
        const auto to = operated.folder.filePath("backup");
        QCOMPARE(operated.command("db/backup", { { "to", to } }).status, 200);
        QCOMPARE(QDir(to).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), (QStringList { "server.key", "store" }));
        struct stat info { };
        QVERIFY(::stat(qPrintable(to), &info) == 0);
        QCOMPARE(info.st_mode & 0777u, 0700u);
        QCOMPARE(operated.command("db/backup", { { "to", to } }).status, 409);
    }

    void badCommandsAreTypedErrors_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::newRow("unknown command") << "user/promote" << QByteArray("{}") << 404;
        QTest::newRow("no JSON") << "user/list" << QByteArray("{") << 400;
        QTest::newRow("a list") << "user/list" << QByteArray("[]") << 400;
        QTest::newRow("no name") << "user/delete" << QByteArray("{}") << 400;
        QTest::newRow("nobody") << "user/delete" << QByteArray("{\"name\":\"nobody\"}") << 404;
        QTest::newRow("no uses") << "invite/create" << QByteArray("{\"uses\":0}") << 400;
        QTest::newRow("no token") << "invite/revoke" << QByteArray("{}") << 400;
        QTest::newRow("unknown token") << "invite/revoke" << QByteArray("{\"token\":\"x\"}") << 404;
        QTest::newRow("a backup to nowhere") << "db/backup" << QByteArray("{\"to\":\"here\"}") << 400;
        QTest::newRow("too large") << "user/list" << QByteArray(100'000, ' ') << 413;
    }
    void badCommandsAreTypedErrors()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, body);
        Operated operated;
        const Headers token { { "Authorization", "Bearer " + operated.read("admin.token") } };
        QTEST(operated.ask("/admin/v1/" + name, token, &body).status, "status");
    }

    void invitesAreMadeListedAndRevoked()
    {
        Operated operated;
        const auto made = operated.command("invite/create", { { "uses", 3 } }).json();
        const auto token = made.value("token").toString();
        QVERIFY(token.size() >= 27 && token.size() <= static_cast<qsizetype>(wire::limits::inviteBytes));
        QVERIFY(operated.command("invite/create").json().value("token").toString() != token);
        QCOMPARE(operated.command("invite/list").json().value("invites").toArray().size(), 2);
        QCOMPARE(operated.command("invite/revoke", { { "token", token } }).status, 200);
        int revoked = 0;
        for (const auto &value : operated.command("invite/list").json().value("invites").toArray())
            revoked += value.toObject().value("revoked").toBool() ? 1 : 0;
        QCOMPARE(revoked, 1);
        const auto stored = support::valueOf(operated.server.accounts.invites());
        QVERIFY(stored->front().expires > operated.server.time.now());
    }

    void deletedUserIsSignedOutAndTheReceiptVerifies()
    {
        Operated operated;
        const auto mei = operated.server.account("mei");
        const auto client = operated.server.joins(mei);
        QCOMPARE(operated.command("user/list").json().value("users").toArray().size(), 1);
        const auto receipt = operated.command("user/delete", { { "name", "mei" } }).json();
        const auto text =
            receipt["name"].toString() + '\n' + receipt["account"].toString() + '\n' + receipt["erased"].toString();
        const auto signature = Ed25519Signature::from(QByteArray::fromHex(receipt["signature"].toString().toLatin1()));
        QVERIFY(signature.ok());
        QVERIFY(verifyEd25519(operated.key.publicKey(), "kith.erasure.v1", viewOf(text.toUtf8()), *signature));
        QCOMPARE(operated.command("user/list").json().value("users").toArray().size(), 0);
        QVERIFY(operated.server.time.turnUntil([&operated] { return operated.server.sessions() == 0; }));
        QCOMPARE(operated.command("user/delete", { { "name", "mei" } }).status, 404);
    }

    void clientFindsTheServerByItsFolder()
    {
        Operated operated;
        const auto call = [runtime = operated.runtime()](const char *command) {
            auto answer =
                std::async(std::launch::async, [runtime, command] { return callAdmin(runtime, command, {}); });
            if (!QTest::qWaitFor([&answer] { return answer.wait_for(0s) == std::future_status::ready; }, 10'000))
                qFatal("no answer");
            return answer.get();
        };
        QVERIFY(call("user/list").ok());
        const auto wrong = call("user/promote");
        QVERIFY(!wrong && wrong.error().code == ErrorCode::notFound);
        operated.listener.reset(); // takes its files with it
        const auto gone = call("user/list");
        QVERIFY(!gone && gone.error().code == ErrorCode::network);
        QVERIFY(operated.read("admin.token").isEmpty());
    }

    void portInUseIsBusy()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost, 0));
        Operated operated;
        const auto second = AdminListener::open(
            { "127.0.0.1", other.serverPort() }, operated.runtime(), operated.random,
            { [] { return true; }, [] { return QJsonObject(); }, [] { return std::string(); }, {}, operated.commands });
        QVERIFY(!second && second.error().code == ErrorCode::busy);
    }

    void healthTurnsWithTheWorkers()
    {
        support::CountingMetrics metrics;
        std::atomic<bool> answers { true };
        std::atomic<int> beats { 0 };
        Health health({ 2,
                        [&answers](std::size_t, milliseconds) {
                            return answers ? std::optional(std::chrono::duration<double>(0.001)) : std::nullopt;
                        },
                        [&beats] { ++beats; }, metrics });
        QTRY_VERIFY(beats > 0);
        QVERIFY(health.isHealthy());
        answers = false;
        QTRY_VERIFY(!health.isHealthy());
        answers = true;
        QTRY_VERIFY(health.isHealthy());
        QVERIFY(metrics.value("kith_worker_loop_seconds", "worker=\"1\"") > 0);
    }
};

QTEST_GUILESS_MAIN(TestAdminListener)
#include "tst_admin_listener.moc"
