// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/conversation.h"

#include <QTest>

using namespace kith;
using namespace kith::e2e;

// covers: product F2, F6, D1, D3, D8, N1; delivery AT4, ST1-ST18
//
// Two people, real processes, both directions at once, while the server and either agent are killed with -9.
// KITH_E2E_REPETITIONS and KITH_E2E_MESSAGES raise the default of one repetition and 1,000 messages each way.
class TestTalk : public QObject {
    Q_OBJECT

    static int setting(const char *name, int otherwise)
    {
        const int value = qEnvironmentVariableIntValue(name);
        return value > 0 ? value : otherwise;
    }

    struct Kill {
        int when; ///< after that many answered sends in both directions together
        int whom; ///< 0 server, 1 Mei's agent, 2 Bob's agent
    };

    static std::vector<Kill> planOf(std::uint64_t seed, int total)
    {
        SeededRandom random(seed);
        std::vector<Kill> plan;
        for (int whom = 0; whom < 3; ++whom)
            for (int i = 0; i < 2; ++i)
                plan.push_back({ static_cast<int>(random.below(static_cast<std::uint64_t>(total))), whom });
        std::sort(plan.begin(), plan.end(), [](const Kill &a, const Kill &b) { return a.when < b.when; });
        return plan;
    }

    static bool allDelivered(Person &person, const QString &peer)
    {
        for (const auto &message : history(person, peer))
            if (message["from"].toObject()["me"].toBool() && message["state"].toString() != "delivered"
                && message["state"].toString() != "read")
                return false;
        return true;
    }

    static void compare(const QStringList &got, const QStringList &sent)
    {
        QCOMPARE(got.size(), sent.size());
        for (int i = 0; i < sent.size(); ++i)
            QVERIFY2(got[i].toUtf8() == sent[i].toUtf8(), qPrintable(QStringLiteral("message %1 differs").arg(i)));
    }

    void strike(int whom, Server &server, Person &mei, Person &bob)
    {
        if (whom == 0) {
            server.kill();
            QVERIFY(server.start());
        } else {
            (whom == 1 ? mei : bob).killAgent();
            QVERIFY((whom == 1 ? mei : bob).link());
        }
    }

private Q_SLOTS:
    void everyMessageArrivesOnceInOrderWhateverIsKilled_data()
    {
        QTest::addColumn<quint64>("seed");
        const quint64 first =
            qEnvironmentVariableIsSet("KITH_E2E_SEED") ? qEnvironmentVariable("KITH_E2E_SEED").toULongLong() : 1;
        for (int i = 0; i < setting("KITH_E2E_REPETITIONS", 1); ++i)
            QTest::addRow("seed %llu", first + static_cast<quint64>(i)) << first + static_cast<quint64>(i);
    }

    void everyMessageArrivesOnceInOrderWhateverIsKilled()
    {
        QFETCH(quint64, seed);
        qInfo() << "seed" << seed;
        const int count = setting("KITH_E2E_MESSAGES", 1000);
        const QTemporaryDir folder;
        Server server(folder.filePath("server"));
        QVERIFY(server.start());
        Person mei(folder.path(), "mei");
        Person bob(folder.path(), "bob");
        QCOMPARE(mei.enrol(server).exit, 0);
        QCOMPARE(bob.enrol(server).exit, 0);
        QVERIFY(introduce(mei, bob));

        const QStringList meisTexts = randomTexts(seed * 2, count);
        const QStringList bobsTexts = randomTexts(seed * 2 + 1, count);

        // The first fifth while the recipient is away.
        QVERIFY(bob.stopAgent());
        Sender early(mei, bob.address(), meisTexts.mid(0, count / 5), "early-");
        QVERIFY(eventually([&] { return early.advance(); }, 120'000));
        QVERIFY2(early.failures().isEmpty(), qPrintable(early.failures().join(u'\n')));
        QVERIFY(bob.link());

        Sender fromMei(mei, bob.address(), meisTexts.mid(count / 5), "mei-");
        Sender fromBob(bob, mei.address(), bobsTexts, "bob-");
        auto plan = planOf(seed, count * 9 / 5);
        QVERIFY(eventually(
            [&] {
                if (!plan.empty() && fromMei.answered() + fromBob.answered() >= plan.front().when) {
                    strike(plan.front().whom, server, mei, bob);
                    plan.erase(plan.begin());
                }
                const bool meiDone = fromMei.advance();
                return fromBob.advance() && meiDone && plan.empty();
            },
            300'000));
        QCOMPARE(fromMei.failures() + fromBob.failures(), QStringList {});

        QVERIFY(
            eventually([&] { return allDelivered(mei, bob.address()) && allDelivered(bob, mei.address()); }, 180'000));
        const QStringList hello { "hello, it is mei" };
        const QStringList back { "hello back" };
        compare(textsOf(history(bob, mei.address()), false), hello + meisTexts);
        compare(textsOf(history(mei, bob.address()), true), hello + meisTexts);
        compare(textsOf(history(mei, bob.address()), false), back + bobsTexts);
        compare(textsOf(history(bob, mei.address()), true), back + bobsTexts);

        QVERIFY(mei.stopAgent());
        QVERIFY(bob.stopAgent());
        QVERIFY(server.stop());
        QCOMPARE(queuedRows(server), 0);
    }
};

QTEST_GUILESS_MAIN(TestTalk)
#include "tst_e2e_talk.moc"
