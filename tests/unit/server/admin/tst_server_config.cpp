// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security S15
#include "server/admin/config_values.h"

#include <QTemporaryDir>
#include <QTest>

using namespace kith;
using namespace kith::server::admin;

class TestServerConfig final : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    ConfigSources file(const QByteArray &text) const
    {
        QFile out(folder_.filePath("server.toml"));
        if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size())
            qFatal("no temporary file");
        ConfigSources sources;
        sources.file = out.fileName().toStdString();
        return sources;
    }

private Q_SLOTS:
    void readsTheFile()
    {
        const auto config = readConfig(file("[listen]\ngateway = \"[::1]:9000\"\nworkers = 3\n"
                                            "[limits]\nqueue_bytes = \"2MiB\"\nsend = \"5 + 1/10min\"\n"
                                            "rate_factor = 0.5\n[retention]\nqueue = \"12h\"\n"));
        QVERIFY2(config.ok(), config.ok() ? "" : config.error().detail.c_str());
        QCOMPARE(config->listen.gateway.host, std::string("::1"));
        QCOMPARE(config->listen.gateway.port, std::uint16_t { 9000 });
        QCOMPARE(config->listen.workers, 3);
        QCOMPARE(config->limits.queueBytes, std::uint64_t { 2 * 1024 * 1024 });
        QCOMPARE(config->limits.send.burst, 5.0);
        QCOMPARE(config->limits.send.perSecond, 1.0 / 600);
        QCOMPARE(config->limits.rateFactor, 0.5);
        QVERIFY(config->retention.queue == std::chrono::hours { 12 });
        QCOMPARE(config->origins.at("listen.workers"), std::string("file"));
        QCOMPARE(config->origins.at("listen.admin"), std::string("default"));
    }

    void strongerSourcesWin()
    {
        auto sources = file("[limits]\nper_ip = 1\nconnections = 1\n[log]\nlevel = \"debug\"\n");
        sources.environment = { { "KITH_SERVER__LIMITS__PER_IP", "2" }, { "KITH_SERVER__LIMITS__CONNECTIONS", "2" } };
        sources.options = { { "limits.connections", "3" } };
        const auto config = readConfig(sources);
        QVERIFY(config.ok());
        QCOMPARE(config->log.level, std::string("debug"));
        QCOMPARE(config->limits.perIp, 2);
        QCOMPARE(config->limits.connections, 3);
        QCOMPARE(config->origins.at("limits.per_ip"), std::string("environment"));
        QCOMPARE(config->origins.at("limits.connections"), std::string("option"));
    }

    void devIsOpenOnLoopback()
    {
        ConfigSources sources;
        sources.dev = true;
        sources.devDataDir = "/tmp/state";
        const auto config = readConfig(sources);
        QVERIFY(config.ok());
        QCOMPARE(showEndpoint(config->listen.gateway), std::string("127.0.0.1:8480"));
        QCOMPARE(config->registration.mode, std::string("open"));
        QCOMPARE(config->limits.rateFactor, 0.0);
        QCOMPARE(config->store.dataDir, std::string("/tmp/state"));
    }

    void defaultsBindThisMachineOnly()
    {
        const auto config = readConfig({});
        QVERIFY(config.ok());
        QVERIFY(isLoopback(config->listen.gateway));
        QVERIFY(isLoopback(config->listen.admin));
        QCOMPARE(config->registration.mode, std::string("invite"));
    }

    void mistakesAreNamedWithTheirPlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("told");
        QTest::newRow("unknown key") << QByteArray("[limits]\nper_ipp = 3\n")
                                     << "server.toml:2:1: unknown key limits.per_ipp; did you mean limits.per_ip?";
        QTest::newRow("unknown section") << QByteArray("[limit]\nper_ip = 3\n") << "did you mean limits.per_ip?";
        QTest::newRow("key outside a section") << QByteArray("workers = 3\n") << "server.toml:1:1: unknown key workers";
        QTest::newRow("text for a number")
            << QByteArray("[listen]\n\nworkers = \"3\"\n") << "server.toml:3:1: listen.workers must be a number";
        QTest::newRow("number for a text") << QByteArray("[listen]\ngateway = 8480\n") << "must be a text in quotes";
        QTest::newRow("out of range") << QByteArray("[listen]\nworkers = 1000\n") << "a whole number from 0 to 256";
        QTest::newRow("no port") << QByteArray("[listen]\ngateway = \"127.0.0.1\"\n") << "an address and a port";
        QTest::newRow("bad rate") << QByteArray("[limits]\nsend = \"often\"\n") << "a rate, like";
        QTest::newRow("bad size") << QByteArray("[limits]\nqueue_bytes = \"64MB\"\n") << "a size, like";
        QTest::newRow("huge size") << QByteArray("[limits]\nqueue_bytes = \"99999999999999GiB\"\n") << "a size, like";
        QTest::newRow("bad word") << QByteArray("[register]\nmode = \"all\"\n") << "open, invite or closed";
        QTest::newRow("bad expression") << QByteArray("[register]\nnames = \"(\"\n") << "a regular expression";
        QTest::newRow("relative path") << QByteArray("[store]\ndata_dir = \"data\"\n") << "an absolute path";
        QTest::newRow("small frame") << QByteArray("[limits]\nframe = \"64KiB\"\n") << "a size from 100KiB to 256KiB";
        QTest::newRow("many devices") << QByteArray("[limits]\ndevices = 7\n") << "a whole number from 1 to 6";
        QTest::newRow("mistyped rate") << QByteArray("[limits]\n\nprekey = \"1/s\"\n")
                                       << "server.toml:3:1: unknown key limits.prekey; did you mean limits.prekeys?";
        QTest::newRow("other engine") << QByteArray("[store]\nengine = \"postgresql\"\n") << "must be embedded";
        QTest::newRow("no TOML") << QByteArray("[limits\n") << "server.toml:1";
        QTest::newRow("plain beyond loopback")
            << QByteArray("[listen]\ngateway = \"0.0.0.0:8443\"\n") << "plain text is allowed on this machine only";
        QTest::newRow("half of TLS") << QByteArray("[listen]\ntls_cert = \"/x\"\n") << "belong together";
        QTest::newRow("admin to the world")
            << QByteArray("[listen]\nadmin = \"0.0.0.0:8481\"\n") << "the admin listener must be on this machine";
        QTest::newRow("no rates for the world")
            << QByteArray("[listen]\ngateway = \"0.0.0.0:1\"\ntls_cert = \"/x\"\ntls_key = \"/y\"\n"
                          "[limits]\nrate_factor = 0\n")
            << "0 is allowed only while every listener is on this machine";
    }
    void mistakesAreNamedWithTheirPlace()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, told);
        const auto config = readConfig(file(text));
        QVERIFY(!config.ok());
        QVERIFY(config.error().code == ErrorCode::invalid);
        QVERIFY2(QString::fromStdString(config.error().detail).contains(told), config.error().detail.c_str());
    }

    void aSecretInTheWrongPlaceIsNotRepeated()
    {
        const auto config = readConfig(file("[listen]\ntls_cert = \"/x\"\ntls_key = \"\"\"\n-----BEGIN PRIVATE "
                                            "KEY-----\nc2VjcmV0\n\"\"\"\n"));
        QVERIFY(!config.ok());
        QVERIFY2(config.error().detail.find("never the key itself") != std::string::npos,
                 config.error().detail.c_str());
        QVERIFY(config.error().detail.find("c2VjcmV0") == std::string::npos);
        auto sources = file("[listen]\ntls_cert = \"/x\"\n");
        sources.environment = { { "KITH_SERVER__LISTEN__TLS_KEY", "credential:tls.key" } };
        const auto named = readConfig(sources);
        QVERIFY(named.ok());
        QVERIFY(describeConfig(*named).find("listen.tls_key = \"credential:tls.key\"") != std::string::npos);
    }

    void namesTheKeysThatNeedARestart()
    {
        const auto running = readConfig(file("[limits]\nper_ip = 3\nsend = \"5/s\"\n")).value();
        const auto fresh =
            readConfig(file("[limits]\nper_ip = 4\nsend = \"6/s\"\nregister = \"9/min\"\n"
                            "frame = \"200KiB\"\ndevices = 2\n[listen]\nworkers = 2\n[log]\nlevel = \"error\"\n"))
                .value();
        QCOMPARE(keysThatNeedARestart(running, fresh), (std::vector<std::string> { "listen.workers", "limits.frame" }));
        QVERIFY(keysThatNeedARestart(running, running).empty());
    }

    void everyMistakeIsTold()
    {
        const auto config = readConfig(file("[limits]\nper_ipp = 3\nsend = \"x\"\n[log]\nlevel = \"loud\"\n"));
        QCOMPARE(QString::fromStdString(config.error().detail).count('\n'), 2);
    }

    void unknownVariableIsAMistake()
    {
        ConfigSources sources;
        sources.environment = { { "KITH_SERVER__LIMITS__PERIP", "1" } };
        const auto config = readConfig(sources);
        QVERIFY(!config.ok());
        QVERIFY(config.error().detail.find("KITH_SERVER__LIMITS__PERIP: unknown key") == 0);
    }

    void missingFileIsNotFound()
    {
        ConfigSources sources;
        sources.file = folder_.filePath("nowhere.toml").toStdString();
        const auto config = readConfig(sources);
        QVERIFY(!config && config.error().code == ErrorCode::notFound);
    }

    void defaultTextIsAValidFileAndUncommentsToTheDefaults()
    {
        QByteArray text = QByteArray::fromStdString(defaultConfigText());
        QVERIFY(readConfig(file(text)).ok());
        for (const auto &key : configKeys()) {
            const auto name = QByteArray::fromStdString(std::string(key.name.substr(key.name.find('.') + 1)));
            text.replace("# " + name + " = ", name + " = ");
        }
        text.replace("tls_cert = \"\"", "").replace("tls_key = \"\"", "");
        const auto config = readConfig(file(text));
        QVERIFY2(config.ok(), config.ok() ? "" : config.error().detail.c_str());
        for (const auto &key : configKeys())
            QCOMPARE(key.show(*config), key.show(Config {}));
    }

    void showNamesEveryKeyWithItsOrigin()
    {
        const auto text = describeConfig(*readConfig(file("[limits]\nper_ip = 7\n")));
        QCOMPARE(std::ranges::count(text, '\n'), static_cast<std::ptrdiff_t>(configKeys().size()));
        QVERIFY(text.find("limits.per_ip = 7  # file\n") != std::string::npos);
        QVERIFY(text.find("log.level = \"info\"  # default\n") != std::string::npos);
    }

    void valuesReadWhatTheyShow_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *rate : { "200/s", "60 + 1/s", "6 + 1/600s", "50 + 1/1.2s" })
            QTest::newRow(rate) << rate;
    }
    void valuesReadWhatTheyShow()
    {
        QFETCH(QString, text);
        const auto rate = parseRate(text.toStdString());
        QVERIFY(rate.ok());
        const auto again = parseRate(showRate(*rate));
        QVERIFY(again.ok());
        QCOMPARE(again->burst, rate->burst);
        QCOMPARE(again->perSecond, rate->perSecond);
    }
};

QTEST_APPLESS_MAIN(TestServerConfig)
#include "tst_server_config.moc"
