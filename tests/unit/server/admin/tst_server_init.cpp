// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security KEY6, L9
#include "common/base/hash.h"
#include "common/base/random.h"
#include "common/net/web_socket_dialer.h"
#include "server/admin/config.h"
#include "server/admin/init.h"
#include "server/admin/server_key.h"

#include <QSslKey>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace kith;
using namespace kith::server::admin;

class TestServerInit final : public QObject {
    Q_OBJECT

    SystemRandom random_;

    static QByteArray read(const std::string &path)
    {
        QFile file(QString::fromStdString(path));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static unsigned modeOf(const std::string &path)
    {
        struct stat info { };
        return ::stat(path.c_str(), &info) == 0 ? info.st_mode & 0777 : 0;
    }
    static InitWish wishIn(const QTemporaryDir &folder)
    {
        InitWish wish;
        wish.configFile = folder.filePath("server.toml").toStdString();
        wish.dataDir = folder.filePath("data").toStdString();
        wish.hosts = { "chat.example", "192.0.2.7" };
        return wish;
    }

private Q_SLOTS:
    void writesAConfigurationThatPassesItsCheck()
    {
        QTemporaryDir folder;
        const auto wish = wishIn(folder);
        const auto done = initServer(wish, random_);
        QVERIFY2(done.ok(), done.ok() ? "" : done.error().detail.c_str());
        ConfigSources sources;
        sources.file = wish.configFile;
        const auto config = readConfig(sources);
        QVERIFY2(config.ok(), config.ok() ? "" : config.error().detail.c_str());
        QCOMPARE(config->listen.tlsCert, done->certificateFile);
        QCOMPARE(config->listen.tlsKey, done->keyFile);
        QCOMPARE(config->store.dataDir, wish.dataDir);
        QCOMPARE(config->listen.gateway.port, std::uint16_t { 8443 });
        QCOMPARE(modeOf(done->keyFile), 0600u);
    }

    void certificateIsForTheHostsTenYearsAndThePin()
    {
        QTemporaryDir folder;
        const auto done = initServer(wishIn(folder), random_);
        QVERIFY(done.ok());
        const QSslCertificate certificate(read(done->certificateFile));
        const auto names = certificate.subjectAlternativeNames();
        for (const char *host : { "localhost", "chat.example" })
            QVERIFY2(names.values(QSsl::DnsEntry).contains(QString(host)), host);
        for (const char *address : { "127.0.0.1", "192.0.2.7" })
            QVERIFY2(names.values(QSsl::IpAddressEntry).contains(QString(address)), address);
        QCOMPARE(certificate.effectiveDate().daysTo(certificate.expiryDate()), 3650);
        QCOMPARE(certificate.publicKey().algorithm(), QSsl::Ec);
        QCOMPARE(certificate.publicKey().length(), 256);
        QCOMPARE(net::pinOf(certificate), done->pin);
        QVERIFY(!QSslKey(read(done->keyFile), QSsl::Ec).isNull());
    }

    void refusesToOverwrite_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : { "server.toml", "tls.crt", "tls.key" })
            QTest::newRow(name) << name;
    }
    void refusesToOverwrite()
    {
        QFETCH(QString, name);
        QTemporaryDir folder;
        QFile there(folder.filePath(name));
        QVERIFY(there.open(QIODevice::WriteOnly));
        there.write("mine");
        there.close();
        const auto done = initServer(wishIn(folder), random_);
        QVERIFY(!done && done.error().code == ErrorCode::exists);
        QCOMPARE(read(there.fileName().toStdString()), QByteArray("mine"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList { name });
    }

    void renewingKeepsTheKeyAndThePin()
    {
        QTemporaryDir folder;
        auto wish = wishIn(folder);
        const auto first = initServer(wish, random_);
        QVERIFY(first.ok());
        const auto certificate = read(first->certificateFile);
        const auto key = read(first->keyFile);
        wish.renew = true;
        const auto second = initServer(wish, random_);
        QVERIFY(second.ok());
        QCOMPARE(second->pin, first->pin);
        QCOMPARE(read(first->keyFile), key);
        QVERIFY(read(first->certificateFile) != certificate);
    }

    void renewWithoutAKeyIsNotFound()
    {
        QTemporaryDir folder;
        auto wish = wishIn(folder);
        wish.renew = true;
        const auto done = initServer(wish, random_);
        QVERIFY(!done && done.error().code == ErrorCode::notFound);
    }

    void strangeHostsAreRefused_data()
    {
        QTest::addColumn<QString>("host");
        for (const char *host : { "a b", "x,DNS:evil.example", "-x", "", "x\n[section]", "é.example" })
            QTest::newRow(host) << host;
    }
    void strangeHostsAreRefused()
    {
        QFETCH(QString, host);
        QTemporaryDir folder;
        auto wish = wishIn(folder);
        wish.hosts = { host.toStdString() };
        const auto done = initServer(wish, random_);
        QVERIFY(!done && done.error().code == ErrorCode::invalid);
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void serverKeyStaysAndSigns()
    {
        QTemporaryDir folder;
        const auto path = folder.filePath("server.key").toStdString();
        SystemRandom random;
        const auto made = ServerKey::loadOrMake(path, random);
        QVERIFY(made.ok());
        QCOMPARE(modeOf(path), 0600u);
        const auto again = ServerKey::loadOrMake(path, random);
        QVERIFY(again.ok());
        QVERIFY(again->publicKey() == made->publicKey());
        QVERIFY(made->serverId() == sha256(made->publicKey().view()));
        const auto signature = made->sign("kith.test.v1", viewOf(QByteArray("message")));
        QVERIFY(signature.ok());
        QVERIFY(verifyEd25519(made->publicKey(), "kith.test.v1", viewOf(QByteArray("message")), *signature));
        QVERIFY(!verifyEd25519(made->publicKey(), "kith.other.v1", viewOf(QByteArray("message")), *signature));
    }

    void damagedOrOpenServerKeyIsRefused()
    {
        QTemporaryDir folder;
        const auto path = folder.filePath("server.key").toStdString();
        SystemRandom random;
        QVERIFY(ServerKey::loadOrMake(path, random).ok());
        ::chmod(path.c_str(), 0644);
        const auto open = ServerKey::loadOrMake(path, random);
        QVERIFY(!open && open.error().code == ErrorCode::permission);
        ::chmod(path.c_str(), 0600);
        QFile file(QString::fromStdString(path));
        QVERIFY(file.resize(31));
        const auto torn = ServerKey::loadOrMake(path, random);
        QVERIFY(!torn && torn.error().code == ErrorCode::corrupt);
    }
};

QTEST_APPLESS_MAIN(TestServerInit)
#include "tst_server_init.moc"
