// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/durable_file.h"
#include "common/client/store/database.h"
#include "common/crypto/key_slots.h"
#include "tests/e2e/conversation.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace kith;
using namespace kith::e2e;

// covers: security C7, EV1 (CLI exit != 0); cli 2.1, cli 4 (exit code 6)
//
// What a script sees when a key is not trusted: exit 6 at once, the message held and not lost, nothing sent before
// somebody decided.
class TestChangedKey : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::unique_ptr<Server> server_;
    std::unique_ptr<Person> mei_, bob_;

    /// The database of mei's profile, whose agent has stopped.
    std::unique_ptr<client::store::Database> database() const
    {
        const auto slotsFile = (mei_->profileDir() + "/keyslots").toStdString();
        const auto encoded = readWhole(slotsFile, crypto::KeySlots::maxEncodedSize);
        const auto keyFile = readWhole(mei_->keyFile().toStdString(), 4096);
        const auto slots = encoded ? crypto::KeySlots::decode(viewOf(*encoded)) : encoded.error();
        const auto key = slots && keyFile ? slots->unlockWithSecret(crypto::SlotKind::keyFile, viewOf(*keyFile))
                                          : Result<SecretBytes>(Error {});
        if (!key)
            return nullptr;
        const auto path = (mei_->profileDir() + "/kith.db").toStdString();
        auto opened = client::store::Database::open(path, *key, sql::OpenMode::existing);
        return opened ? std::move(*opened) : nullptr;
    }

    /// Mei pinned another key than the one that the server shows now: to her, Bob's key changed.
    bool pinAnotherKey()
    {
        const auto profile = mei_->stopAgent() ? database() : nullptr;
        auto row = profile ? profile->contacts().findByName("bob")
                           : Result<std::optional<client::store::ContactRow>>(Error {});
        if (!row || !*row)
            return false;
        (*row)->accountKey = QByteArray(32, 'x');
        (*row)->list.clear();
        (*row)->listVersion = 0;
        return profile->contacts().save(**row).ok();
    }

    Outcome send(const QString &text)
    {
        return mei_->kith({ "--json", "send", "-t", "@bob", "--timeout", "25s", text });
    }

    static void isHeld(const Outcome &sent)
    {
        QVERIFY2(sent.exit == 6, sent.err + QByteArray(" exit ") + QByteArray::number(sent.exit));
        QCOMPARE(sent.json()["state"].toString(), QString("queued"));
        const auto error = QJsonDocument::fromJson(sent.err.trimmed().split('\n').last()).object()["error"].toObject();
        QCOMPARE(error["code"].toString(), QString("untrustedIdentity"));
        QCOMPARE(error["exit"].toInt(), 6);
        QVERIFY(error["hint"].toString().contains("kith safety"));
    }

    bool bobReads(const QStringList &texts)
    {
        return eventually([&] { return textsOf(history(*bob_, "@mei"), false) == texts; });
    }

private Q_SLOTS:
    void initTestCase()
    {
        server_ = std::make_unique<Server>(folder_.filePath("server"));
        QVERIFY(server_->start());
        mei_ = std::make_unique<Person>(folder_.path(), "mei");
        bob_ = std::make_unique<Person>(folder_.path(), "bob");
        QCOMPARE(mei_->enrol(*server_).exit, 0);
        QCOMPARE(bob_->enrol(*server_).exit, 0);
        QVERIFY(introduce(*mei_, *bob_));
    }

    void aChangedKeyHoldsTheMessageUntilItIsAccepted()
    {
        QVERIFY(pinAnotherKey());
        QElapsedTimer timer;
        timer.start();
        isHeld(send("sent when it changed"));
        QVERIFY2(timer.elapsed() < 20'000, "it is known at once, not when the time is over");
        isHeld(send("sent when it was known"));
        QCOMPARE(mei_->kith({ "safety", "verify", "@bob" }).exit, 6);
        QCOMPARE(mei_->kith({ "--json", "safety", "show", "@bob" }).json()["state"].toString(), QString("changed"));
        QVERIFY(bobReads({ "hello, it is mei" }));

        QCOMPARE(mei_->kith({ "safety", "reset", "@bob" }).exit, 0);
        QVERIFY(bobReads({ "hello, it is mei", "sent when it changed", "sent when it was known" }));
        QCOMPARE(send("as ever").exit, 0);
    }

    void verifyingReleasesWhatStrictModeHeld()
    {
        QCOMPARE(mei_->kith({ "privacy", "set", "--trust", "always" }).exit, 2);
        QCOMPARE(mei_->kith({ "--json", "privacy", "set", "--trust", "strict" }).json()["trust"].toString(),
                 QString("strict"));
        auto texts = textsOf(history(*bob_, "@mei"), false);
        isHeld(send("before comparing"));
        const auto number = bob_->kith({ "--json", "safety", "show", "@mei" }).json()["digits"].toString();
        QCOMPARE(mei_->kith({ "safety", "verify", "@bob", QString(60, '0') }).exit, 6);
        QVERIFY(bobReads(texts));
        QCOMPARE(mei_->kith({ "safety", "verify", "@bob", number }).exit, 0);
        QVERIFY(bobReads(texts << "before comparing"));
    }
};

QTEST_GUILESS_MAIN(TestChangedKey)
#include "tst_e2e_changed_key.moc"
