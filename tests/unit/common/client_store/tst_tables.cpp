// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C16, C23, L1; delivery ID5, ID6, ID7, ST13, ST18
#include "common/base/hash.h"
#include "common/base/random.h"
#include "common/client/account.h"
#include "tests/unit/common/client_store/test_store.h"

#include <QTest>

using namespace kith;
using namespace kith::client;

class TestTables : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { store_ = std::make_unique<TestStore>(); }
    void keepsTheAccountRow();
    void raisesTheGenerationOnlyWithAnAccount();
    void keepsAContactRow();
    void findsContactsByLabel();
    void keepsAMessageRow();
    void refusesASecondMessageWithTheMid();
    void neverLowersAState();
    void adoptsTheLowestSid();
    void listsInOneOrderForEveryArrival();
    void pagesWithoutHoleOrRepeat();
    void listsChatsLastActiveFirst();
    void remembersTheFirstReceiptFlag();
    void sendsAChatInOrder();
    void replacesOnlyTheStaleCiphers();
    void parksAnEnvelopeOnce();
    void countsGaps();
    void keepsAKeysResult();
    void keepsNothingOfWhatWasWritten();
    void rollsBackAllTablesTogether();

private:
    store::Database &db() { return *store_->database; }
    template <class T>
    static T must(Result<T> result)
    {
        if (!result)
            qFatal("%s", result.error().detail.c_str());
        return std::move(*result);
    }
    static void must(Result<void> result)
    {
        if (!result)
            qFatal("%s", result.error().detail.c_str());
    }
    static std::vector<int> midsOf(const std::vector<store::MessageRow> &rows)
    {
        std::vector<int> mids;
        for (const auto &row : rows)
            mids.push_back(row.mid.octets[0]);
        return mids;
    }

    std::unique_ptr<TestStore> store_;
};

void TestTables::keepsTheAccountRow()
{
    QVERIFY(!must(db().account().load()));
    store::AccountRow row;
    row.device = TestStore::device(1, 3);
    row.name = "mei";
    row.state = AccountState::registering;
    row.server = "wss://chat.example";
    row.accountSeed = SecretBytes(viewOf(std::string_view("account seed")));
    row.identityPublic = "public";
    row.identityPrivate = SecretBytes(viewOf(std::string_view("private")));
    row.registrationId = 77;
    row.profileVersion = 4;
    row.readReceipts = false;
    must(db().account().save(row));
    store_->reopen();
    const auto loaded = must(db().account().load());
    QVERIFY(loaded);
    QCOMPARE(loaded->device, row.device);
    QCOMPARE(loaded->name, row.name);
    QCOMPARE(loaded->state, AccountState::registering);
    QVERIFY(loaded->accountSeed.equals(row.accountSeed.view()));
    QVERIFY(!loaded->readReceipts);
    QCOMPARE(must(db().crypto().identity.registrationId()), 77U);
    QVERIFY(must(db().crypto().identity.ownKeyPair()).privateKey.equals(row.identityPrivate.view()));
    must(db().account().setRegistered(AccountState::registered));
    QCOMPARE(must(db().account().load())->state, AccountState::registered);
}

void TestTables::raisesTheGenerationOnlyWithAnAccount()
{
    QCOMPARE(must(db().account().nextGeneration()), 0U);
    store::AccountRow row;
    row.device = TestStore::device(1);
    must(db().account().save(row));
    QCOMPARE(must(db().account().nextGeneration()), 1U);
    QCOMPARE(must(db().account().nextGeneration()), 2U);
}

void TestTables::keepsAContactRow()
{
    store::ContactRow row;
    row.account = TestStore::id<AccountId>(2);
    row.name = "bob";
    row.accountKey = QByteArray(32, 'k');
    row.trust = Trust::verified;
    row.candidateKey = QByteArray(32, 'c');
    row.relation = ContactRelation::accepted;
    row.relationPending = true;
    row.ephemeralKey = QByteArray(32, 'e');
    row.added = fromMs(1234);
    must(db().contacts().save(row));
    const auto found = must(db().contacts().findByName("bob"));
    QVERIFY(found);
    QCOMPARE(found->account, row.account);
    QCOMPARE(found->trust, Trust::verified);
    QCOMPARE(found->candidateKey, row.candidateKey);
    QCOMPARE(found->ephemeralKey, row.ephemeralKey);
    QVERIFY(!found->ownEphemeralKey);
    QCOMPARE(must(db().contacts().relationPending()).size(), 1U);
    must(db().contacts().setRelation(row.account, ContactRelation::blocked, false));
    QVERIFY(must(db().contacts().relationPending()).empty());
    QCOMPARE(must(db().contacts().withRelation(ContactRelation::blocked)).size(), 1U);
}

void TestTables::findsContactsByLabel()
{
    for (const std::uint8_t value : { std::uint8_t { 2 }, std::uint8_t { 3 } }) {
        store::ContactRow row;
        row.account = TestStore::id<AccountId>(value);
        row.name = value == 2 ? "bob" : "rob";
        row.alias = "Bobby";
        must(db().contacts().save(row));
    }
    QCOMPARE(must(db().contacts().findByLabel("bobby")).size(), 2U);
    QCOMPARE(must(db().contacts().findByLabel("ROB")).size(), 1U);
    QVERIFY(must(db().contacts().findByLabel("' OR 1=1 --")).empty());
}

void TestTables::keepsAMessageRow()
{
    store::MessageRow row = TestStore::message(9, 5'000, "grüße\n\"quoted\"");
    row.n = 7;
    row.replyTo = TestStore::id<Mid>(8);
    row.content = QByteArray("\0bytes", 6);
    row.failed = "expired";
    row.confirmed = false;
    row.receipted = MessageState::delivered;
    row.deliveredTime = fromMs(6'000);
    row.id = must(db().messages().insert(row));
    const auto found = must(db().messages().find(row.sender.account, row.mid));
    QVERIFY(found);
    QCOMPARE(found->id, row.id);
    QCOMPARE(found->text, row.text);
    QCOMPARE(found->n, row.n);
    QCOMPARE(found->replyTo, row.replyTo);
    QCOMPARE(found->content, row.content);
    QCOMPARE(found->failed, row.failed);
    QCOMPARE(found->receipted, row.receipted);
    QCOMPARE(found->deliveredTime, row.deliveredTime);
    QVERIFY(!found->readTime);
    QVERIFY(!found->confirmed);
}

void TestTables::refusesASecondMessageWithTheMid()
{
    must(db().messages().insert(TestStore::message(9, 5'000)));
    QCOMPARE(db().messages().insert(TestStore::message(9, 6'000)).error().code, ErrorCode::exists);
    auto other = TestStore::message(9, 6'000);
    other.sender = TestStore::device(3);
    QVERIFY(db().messages().insert(other).ok());
}

void TestTables::neverLowersAState()
{
    auto row = TestStore::message(9, 5'000);
    row.mine = true;
    row.state = MessageState::queued;
    row.failed = "timeout";
    must(db().messages().insert(row));
    auto &messages = db().messages();
    const auto &who = row.sender.account;
    QVERIFY(must(messages.raiseState(who, row.mid, MessageState::read, fromMs(10))));
    QVERIFY(!must(messages.raiseState(who, row.mid, MessageState::delivered, fromMs(20))));
    QVERIFY(!must(messages.raiseState(who, row.mid, MessageState::read, fromMs(20))));
    const auto found = must(messages.find(row.mid));
    QCOMPARE(found->state, MessageState::read);
    QVERIFY(!found->failed);
    QCOMPARE(found->readTime, std::optional(fromMs(10)));
    QCOMPARE(found->deliveredTime, std::optional(fromMs(10)));
}

void TestTables::adoptsTheLowestSid()
{
    auto row = TestStore::message(9, 5'000);
    row.sid.reset();
    row.serverTime.reset();
    must(db().messages().insert(row));
    const auto &who = row.sender.account;
    QVERIFY(must(db().messages().adoptSid(who, row.mid, Sid { 50 }, fromMs(1), fromMs(2))));
    QVERIFY(!must(db().messages().adoptSid(who, row.mid, Sid { 60 }, fromMs(3), fromMs(4))));
    QVERIFY(must(db().messages().adoptSid(who, row.mid, Sid { 40 }, fromMs(5), fromMs(6))));
    const auto found = must(db().messages().find(row.mid));
    QCOMPARE(found->sid, std::optional(Sid { 40 }));
    QCOMPARE(found->effectiveTime, fromMs(6));
}

void TestTables::listsInOneOrderForEveryArrival()
{
    std::vector<store::MessageRow> rows { TestStore::message(1, 100), TestStore::message(2, 100),
                                          TestStore::message(3, 200), TestStore::message(4, 200),
                                          TestStore::message(5, 200) };
    rows[1].serverTime = fromMs(150);
    rows[3].sid = Sid { 1 };
    rows[4].sid.reset(); // not accepted yet: last of its time
    rows[4].serverTime.reset();
    const auto seed = SystemRandom().below(1'000'000'000);
    qInfo("seed %llu", static_cast<unsigned long long>(seed));
    SeededRandom random(seed);
    for (int round = 0; round < 10; ++round) {
        for (std::size_t i = rows.size(); i > 1; --i)
            std::swap(rows[i - 1], rows[random.below(i)]);
        must(db().messages().removeChat(rows[0].chat));
        for (const auto &row : rows)
            must(db().messages().insert(row));
        auto listed = must(db().messages().before(rows[0].chat, std::nullopt, 10));
        std::ranges::reverse(listed);
        QCOMPARE(midsOf(listed), (std::vector<int> { 1, 2, 4, 3, 5 }));
    }
}

void TestTables::pagesWithoutHoleOrRepeat()
{
    for (std::uint8_t i = 1; i <= 50; ++i)
        must(db().messages().insert(TestStore::message(i, 100 + i / 7)));
    std::vector<int> seen;
    std::optional<store::OrderKey> place;
    for (;;) {
        const auto page = must(db().messages().before(TestStore::id<AccountId>(2), place, 7));
        if (page.empty())
            break;
        std::ranges::copy(midsOf(page), std::back_inserter(seen));
        place = store::orderOf(page.back());
    }
    QCOMPARE(seen.size(), 50U);
    QVERIFY(std::ranges::is_sorted(seen, std::greater {}));
    const auto first = must(db().messages().first(TestStore::id<AccountId>(2)));
    const auto up = must(db().messages().after(TestStore::id<AccountId>(2), store::orderOf(*first), 100));
    QCOMPARE(up.size(), 49U);
    QVERIFY(std::ranges::is_sorted(midsOf(up)));
}

void TestTables::listsChatsLastActiveFirst()
{
    must(db().messages().insert(TestStore::message(1, 100)));
    auto other = TestStore::message(2, 300);
    other.chat = TestStore::id<AccountId>(3);
    other.state = MessageState::read;
    must(db().messages().insert(other));
    const auto chats = must(db().messages().chats());
    QCOMPARE(chats.size(), 2U);
    QCOMPARE(chats[0].chat, other.chat);
    QCOMPARE(chats[0].unread, 0U);
    QCOMPARE(chats[1].unread, 1U);
}

void TestTables::remembersTheFirstReceiptFlag()
{
    const auto sender = TestStore::id<AccountId>(2);
    const auto mid = TestStore::id<Mid>(1);
    QVERIFY(!must(db().seen().find(sender, mid)));
    must(db().seen().add(sender, mid, true, fromMs(10)));
    must(db().seen().add(sender, mid, false, fromMs(20)));
    QCOMPARE(must(db().seen().find(sender, mid)), std::optional(true));
    must(db().seen().prune(fromMs(10)));
    QVERIFY(must(db().seen().find(sender, mid)));
    must(db().seen().prune(fromMs(11)));
    QVERIFY(!must(db().seen().find(sender, mid)));
}

void TestTables::sendsAChatInOrder()
{
    auto &outbox = db().outbox();
    const auto add = [&](std::uint8_t mid, std::uint8_t chat) {
        store::OutboxRow row;
        row.mid = TestStore::id<Mid>(mid);
        row.chat = TestStore::id<AccountId>(chat);
        row.content = "content";
        row.sealed = true;
        row.expires = fromMs(1'000);
        return must(outbox.add(row));
    };
    const auto ready = [&](std::int64_t now) {
        std::vector<int> mids;
        for (const auto &row : must(outbox.ready(fromMs(now), 10)))
            mids.push_back(row.mid.octets[0]);
        return mids;
    };
    const auto first = add(1, 2);
    add(2, 2);
    add(3, 3);
    store::OutboxRow twin;
    twin.mid = TestStore::id<Mid>(1);
    QCOMPARE(outbox.add(twin).error().code, ErrorCode::exists);
    QCOMPARE(ready(0), (std::vector { 1, 2, 3 }));
    must(outbox.defer(first, fromMs(500), 1));
    QCOMPARE(ready(0), (std::vector { 3 })); // the second waits behind the first
    QCOMPARE(ready(500), (std::vector { 1, 2, 3 }));
    must(outbox.setHeld(TestStore::id<AccountId>(2), true));
    QCOMPARE(ready(500), (std::vector { 3 }));
    QCOMPARE(must(outbox.nextDue()), std::optional(fromMs(0)));
    QCOMPARE(must(outbox.totals()).entries, 3);
    QCOMPARE(must(outbox.expired(fromMs(1'000), 10)).size(), 3U);
    must(outbox.removeChat(TestStore::id<AccountId>(2)));
    QCOMPARE(must(outbox.totals()).entries, 1);
}

void TestTables::replacesOnlyTheStaleCiphers()
{
    auto &outbox = db().outbox();
    store::OutboxRow row;
    row.mid = TestStore::id<Mid>(1);
    const auto id = must(outbox.add(row));
    QCOMPARE(must(outbox.composed(10)).size(), 1U);
    must(outbox.seal(id, { { TestStore::device(2, 1), 5, 3, "one" }, { TestStore::device(2, 2), 5, 3, "two" } }));
    QVERIFY(must(outbox.find(id))->sealed);
    QVERIFY(must(outbox.composed(10)).empty());
    must(outbox.putCiphers(id, { { TestStore::device(2, 2), 6, 3, "fresh" } }));
    must(outbox.dropCipher(id, TestStore::device(2, 1)));
    const auto ciphers = must(outbox.ciphers(id));
    QCOMPARE(ciphers.size(), 1U);
    QCOMPARE(ciphers[0].bytes, QByteArray("fresh"));
    QCOMPARE(ciphers[0].listVersion, 6U);
    must(outbox.remove(id));
    QVERIFY(must(outbox.ciphers(id)).empty());
}

void TestTables::parksAnEnvelopeOnce()
{
    store::ParkedRow row;
    row.sender = TestStore::device(2);
    row.mid = TestStore::id<Mid>(1);
    row.content = "sealed";
    row.at = fromMs(100);
    QVERIFY(must(db().parked().add(row)));
    QVERIFY(!must(db().parked().add(row)));
    QCOMPARE(must(db().parked().totals(row.sender.account)).bytes, 6);
    QCOMPARE(must(db().parked().totals()).count, 1);
    QCOMPARE(must(db().parked().senders()).size(), 1U);
    QVERIFY(must(db().parked().olderThan(fromMs(100), 9)).empty());
    QCOMPARE(must(db().parked().olderThan(fromMs(101), 9)).size(), 1U);
}

void TestTables::countsGaps()
{
    auto &counters = db().counters();
    const auto chat = TestStore::id<AccountId>(2);
    const auto sender = TestStore::device(2);
    must(counters.addGaps(chat, sender, 4, 6, fromMs(100)));
    must(counters.addGaps(chat, sender, 6, 7, fromMs(200)));
    QCOMPARE(must(counters.gaps(chat)).size(), 4U);
    QVERIFY(must(counters.removeGap(chat, sender, 5)));
    QVERIFY(!must(counters.removeGap(chat, sender, 5)));
    QCOMPARE(must(counters.unshownGaps(fromMs(150), 10)).size(), 2U);
    must(counters.markShown(chat, sender, 4, 6));
    QCOMPARE(must(counters.oldestUnshownGap()), std::optional(fromMs(200)));
    must(counters.setPeer(chat, sender, { 3, 7, "hash" }));
    QCOMPARE(must(counters.peer(chat, sender))->highest, 7U);
    must(counters.addVoid(chat, 2));
    must(counters.addVoid(chat, 9));
    QCOMPARE(must(counters.latestVoids(chat, 1)), std::vector<std::uint64_t> { 9 });
}

void TestTables::keepsAKeysResult()
{
    const store::CallRow row { "key", sha256(viewOf(std::string_view("body"))), "{}", fromMs(10) };
    must(db().calls().save(row));
    QCOMPARE(must(db().calls().find("key"))->digest, row.digest);
    QVERIFY(!must(db().calls().find("other")));
    must(db().calls().prune(fromMs(11)));
    QVERIFY(!must(db().calls().find("key")));
}

void TestTables::keepsNothingOfWhatWasWritten()
{
    const std::string marker = "PLANTED-SECRET-TEXT";
    must(db().messages().insert(TestStore::message(1, 100, marker)));
    must(db().settings().set("name", marker));
    for (const QString &name : QDir(store_->folder.path()).entryList(QDir::Files)) {
        QFile file(store_->folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains(QByteArray::fromStdString(marker)), qPrintable(name));
    }
}

void TestTables::rollsBackAllTablesTogether()
{
    {
        auto transaction = must(db().transaction());
        must(db().messages().insert(TestStore::message(1, 100)));
        must(db().seen().add(TestStore::id<AccountId>(2), TestStore::id<Mid>(1), true, fromMs(1)));
        must(db().crypto().sessions.store(TestStore::device(2), "ratchet"));
    }
    QVERIFY(!must(db().messages().find(TestStore::id<Mid>(1))));
    QVERIFY(!must(db().seen().find(TestStore::id<AccountId>(2), TestStore::id<Mid>(1))));
    QVERIFY(!must(db().crypto().sessions.contains(TestStore::device(2))));
    QVERIFY(must(db().check()).empty());
}

QTEST_GUILESS_MAIN(TestTables)
#include "tst_tables.moc"
