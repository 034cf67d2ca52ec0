// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security L3, B3
#include "common/rpc/service/recovery_key.h"
#include "tests/unit/common/rpc_service/test_agent.h"

#include <QTest>

using namespace kith;
using namespace kith::rpc::service;

class TestRecoveryKey : public QObject {
    Q_OBJECT

    static Result<SecretBytes> read(const QByteArray &typed) { return readRecoveryKey(SecretBytes(viewOf(typed))); }
    static QByteArray lettersOf(const SecretBytes &key)
    {
        const auto letters = groupedLetters(key);
        return toByteArray(letters.view());
    }

private Q_SLOTS:
    void anyWayOfWritingItIsRead()
    {
        SeededRandom random(7);
        const auto key = newRecoveryKey(random);
        QVERIFY(key);
        const QByteArray letters = lettersOf(*key);
        QCOMPARE(letters.size(), 39);
        QByteArray unlucky = letters.toLower();
        unlucky.replace('-', ' ').replace('1', 'l').replace('0', 'o');
        for (const QByteArray &typed : { letters, letters.toLower(), QByteArray(letters).replace("-", ""), unlucky }) {
            const auto back = read(typed);
            QVERIFY(back.ok());
            QVERIFY(std::ranges::equal(back->view(), key->view()));
        }
    }

    void aTypingMistakeIsTold()
    {
        SeededRandom random(8);
        const QByteArray alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        int wrong = 0;
        int told = 0;
        for (int round = 0; round < 20; ++round) {
            const QByteArray letters = lettersOf(*newRecoveryKey(random));
            for (qsizetype at = 0; at < letters.size(); ++at) {
                if (letters.at(at) == '-')
                    continue;
                for (const char other : alphabet) {
                    if (other == letters.at(at))
                        continue;
                    QByteArray typo = letters;
                    typo[at] = other;
                    ++wrong;
                    told += read(typo).ok() ? 0 : 1;
                }
            }
        }
        QVERIFY2(told >= wrong * 99 / 100, qPrintable(QString::number(told))); // one byte of check: 255 of 256
        for (const char *typed : { "", "ABCD", "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXY", "\xFF\xFE" })
            QVERIFY(!read(typed).ok());
    }

    void itOpensTheProfileAndTheNextOneReplacesIt()
    {
        QTemporaryDir folder;
        TestAgent agent(folder.path());
        QVERIFY(agent.open());
        LineClient client(agent);
        const auto create = [&] { return client.result("recovery.create").value("recoveryKey").toString(); };
        const auto unlock = [&](const QString &key) {
            return client.error("agent.unlock", { { "slot", "recovery" }, { "secret", key } });
        };
        const QString first = create();
        const QString second = create();
        QVERIFY(first != second);
        QCOMPARE(client.result("slots.list").value("items").toArray().size(), 2);
        client.result("agent.lock");
        QCOMPARE(client.error("recovery.create"), QStringLiteral("locked"));
        QCOMPARE(unlock(first), QStringLiteral("locked"));
        QString typo = second;
        typo[0] = typo.at(0) == u'A' ? u'B' : u'A';
        QCOMPARE(unlock(typo), QStringLiteral("invalidParams"));
        QCOMPARE(unlock(second.toLower()), QString());
        QCOMPARE(client.result("agent.status").value("state").toString(), QStringLiteral("ready"));
    }
};

QTEST_GUILESS_MAIN(TestRecoveryKey)
#include "tst_recovery_key.moc"
