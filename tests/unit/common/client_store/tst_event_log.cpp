// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: cli 2.2, 7.4
#include "common/client/conversations.h"
#include "common/client/document.h"
#include "common/client/event_log.h"
#include "tests/unit/common/client_store/test_store.h"

#include <QJsonDocument>
#include <QTest>

using namespace kith;
using namespace kith::client;

class TestEventLog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void announcesOnlyWhatWasCommitted();
    void keepsCursorsGrowingOverARestart();
    void keepsAConsumersPlaceOverARestart();
    void neverMovesAnAcknowledgementBack();
    void startsANewConsumerAtTheEnd();
    void keepsForTheDefaultConsumerWhatCameBeforeIt();
    void filtersByTypeChatAndSender();
    void keepsWhatSomebodyStillNeeds();
    void reportsWhatTheBoundsTook();
    void forgetsAConsumerAfterAMonth();
    void resetsAConsumer();
    void marksReadUpToAMessage();
    void pagesAroundAMessage();

private:
    void append(int count, const std::string &type = "message.received", std::uint8_t chat = 2)
    {
        for (int i = 0; i < count; ++i)
            QVERIFY(log_->append(type, TestStore::id<AccountId>(chat), TestStore::id<AccountId>(chat), {}).ok());
    }
    std::vector<std::int64_t> cursors(std::int64_t since, const EventFilter &filter = {})
    {
        std::vector<std::int64_t> result;
        const auto page = log_->read(since, filter, 1'000);
        if (page) {
            for (const Event &event : page->events)
                result.push_back(event.cursor);
        }
        return result;
    }

    std::unique_ptr<TestStore> store_;
    std::unique_ptr<EventLog> log_;
};

void TestEventLog::init()
{
    log_.reset();
    store_ = std::make_unique<TestStore>();
    log_ = std::make_unique<EventLog>(*store_->database, store_->time);
}

void TestEventLog::announcesOnlyWhatWasCommitted()
{
    std::vector<std::string> seen;
    connect(log_.get(), &EventLog::appended, this, [&](const Event &event) { seen.push_back(event.type); });
    {
        auto transaction = store_->database->transaction();
        append(1, "chat.updated");
    }
    QVERIFY(seen.empty());
    auto transaction = store_->database->transaction();
    append(1, "message.sent");
    QVERIFY(seen.empty());
    QVERIFY(transaction->commit().ok());
    QCOMPARE(seen, std::vector<std::string> { "message.sent" });
    const auto page = log_->read(0, {}, 10);
    const QJsonObject body = QJsonDocument::fromJson(QByteArray::fromStdString(page->events[0].json)).object();
    QCOMPARE(body.value(u"schema").toInt(), 1);
    QCOMPARE(body.value(u"type").toString(), QStringLiteral("message.sent"));
    QCOMPARE(body.value(u"ts").toInteger(), toMs(store_->time.now()));
}

void TestEventLog::keepsCursorsGrowingOverARestart()
{
    append(3);
    const std::int64_t head = *log_->head();
    QVERIFY(store_->database->events().pruneThrough(head).ok());
    log_.reset();
    store_->reopen();
    log_ = std::make_unique<EventLog>(*store_->database, store_->time);
    QCOMPARE(*log_->head(), head);
    append(1);
    QCOMPARE(cursors(head), std::vector { head + 1 });
}

void TestEventLog::keepsAConsumersPlaceOverARestart()
{
    QVERIFY(log_->attach("robot", R"({"types":["message.received"]})").ok());
    append(5);
    QVERIFY(log_->ack("robot", 2).ok());
    log_.reset();
    store_->reopen();
    log_ = std::make_unique<EventLog>(*store_->database, store_->time);
    const auto again = log_->attach("robot", *log_->filterOf("robot"));
    QCOMPARE(again->acked, 2);
    QCOMPARE(again->lag, 3);
    QCOMPARE(*log_->filterOf("robot"), std::string(R"({"types":["message.received"]})"));
    QCOMPARE(cursors(again->acked), (std::vector<std::int64_t> { 3, 4, 5 }));
}

void TestEventLog::neverMovesAnAcknowledgementBack()
{
    QVERIFY(log_->attach("robot", "{}").ok());
    append(5);
    QCOMPARE(log_->ack("robot", 4)->acked, 4);
    QCOMPARE(log_->ack("robot", 2)->acked, 4);
    QCOMPARE(log_->ack("robot", 99)->acked, 5);
    QCOMPARE(log_->ack("nobody", 1).error().code, FailureCode::notFound);
}

void TestEventLog::startsANewConsumerAtTheEnd()
{
    append(5);
    QCOMPARE(log_->attach("late", "{}")->acked, 5);
}

void TestEventLog::keepsForTheDefaultConsumerWhatCameBeforeIt()
{
    append(3);
    QVERIFY(log_->attach("robot", "{}").ok());
    append(2);
    QCOMPARE(log_->ack("robot", 5)->lag, 0);
    QVERIFY(log_->prune().ok());
    const auto late = log_->attach(EventLog::defaultConsumer, "{}");
    QCOMPARE(late->acked, 0);
    QCOMPARE(late->lag, 5);
    QCOMPARE(cursors(late->acked), (std::vector<std::int64_t> { 1, 2, 3, 4, 5 }));
    QVERIFY(log_->ack(EventLog::defaultConsumer, 4).ok());
    QVERIFY(log_->prune().ok());
    QCOMPARE(cursors(0), std::vector<std::int64_t> { 5 });
}

void TestEventLog::filtersByTypeChatAndSender()
{
    append(1, "message.received", 2);
    append(1, "message.status", 2);
    append(1, "message.received", 3);
    EventFilter filter;
    filter.types = { "message.received" };
    QCOMPARE(cursors(0, filter), (std::vector<std::int64_t> { 1, 3 }));
    QCOMPARE(*log_->pending(0, filter), 2);
    filter.chats = { TestStore::id<AccountId>(3) };
    QCOMPARE(cursors(0, filter), std::vector<std::int64_t> { 3 });
    filter.from = { TestStore::id<AccountId>(2) };
    QVERIFY(cursors(0, filter).empty());
    QCOMPARE(log_->read(0, filter, 10)->through, 3);
}

void TestEventLog::keepsWhatSomebodyStillNeeds()
{
    QVERIFY(log_->attach("slow", "{}").ok());
    QVERIFY(log_->attach("fast", "{}").ok());
    QVERIFY(log_->attach(EventLog::defaultConsumer, "{}").ok());
    append(5);
    QVERIFY(log_->ack(EventLog::defaultConsumer, 5).ok());
    QVERIFY(log_->ack("fast", 5).ok());
    QVERIFY(log_->ack("slow", 2).ok());
    QVERIFY(log_->prune().ok());
    QCOMPARE(cursors(2), (std::vector<std::int64_t> { 3, 4, 5 }));
    QCOMPARE(*store_->database->events().count(), 3);
}

void TestEventLog::reportsWhatTheBoundsTook()
{
    append(3);
    store_->time.advance(EventLog::keptFor + milliseconds { 1 });
    append(2);
    QVERIFY(log_->prune().ok());
    const auto page = log_->read(1, {}, 10);
    QVERIFY(page->gap);
    QCOMPARE(*page->gap, (std::pair<std::int64_t, std::int64_t> { 2, 3 }));
    QCOMPARE(page->events.size(), 2U);
    QVERIFY(!log_->read(3, {}, 10)->gap);
}

void TestEventLog::forgetsAConsumerAfterAMonth()
{
    QVERIFY(log_->attach("old", "{}").ok());
    store_->time.advance(EventLog::keptFor - milliseconds { 1 });
    QVERIFY(log_->attach("young", "{}").ok());
    QVERIFY(log_->prune().ok());
    QCOMPARE(log_->consumers()->size(), 2U);
    store_->time.advance(milliseconds { 2 });
    QVERIFY(log_->prune().ok());
    QCOMPARE(log_->consumers()->size(), 1U);
    QVERIFY(!*log_->consumer("old"));
}

void TestEventLog::resetsAConsumer()
{
    append(5);
    QVERIFY(log_->attach("robot", "{}").ok());
    QCOMPARE(log_->reset("robot", 0)->lag, 5);
    QCOMPARE(log_->reset("robot", 3)->lag, 2);
    QCOMPARE(log_->reset("robot", 1'000)->lag, 0);
    QVERIFY(*log_->remove("robot"));
    QVERIFY(!*log_->remove("robot"));
    QCOMPARE(log_->reset("robot", 0).error().code, FailureCode::notFound);
}

void TestEventLog::marksReadUpToAMessage()
{
    Conversations conversations(*store_->database, *log_, store_->time);
    for (std::uint8_t i = 1; i <= 5; ++i)
        QVERIFY(store_->database->messages().insert(TestStore::message(i, 100 * i)).ok());
    std::vector<int> receipts;
    conversations.onRead([&](const AccountId &, const std::vector<Message> &read) -> Result<void> {
        for (const Message &message : read)
            receipts.push_back(message.mid.octets[0]);
        return {};
    });
    const auto chat = TestStore::id<AccountId>(2);
    QCOMPARE(*conversations.markRead(chat, TestStore::id<Mid>(3)), 2U);
    QCOMPARE(receipts, (std::vector { 1, 2, 3 }));
    QCOMPARE(*conversations.markRead(chat, TestStore::id<Mid>(3)), 2U);
    QCOMPARE(receipts.size(), 3U);
    QCOMPARE(*conversations.markRead(chat, std::nullopt), 0U);
    QCOMPARE(receipts.size(), 5U);
    QCOMPARE(cursors(0).size(), 2U);
    conversations.onRead([](const AccountId &, const std::vector<Message> &) -> Result<void> {
        return Error { ErrorCode::full, "planted" };
    });
    QVERIFY(store_->database->messages().insert(TestStore::message(9, 900)).ok());
    QCOMPARE(conversations.markRead(chat, std::nullopt).error().code, FailureCode::storeFull);
    QCOMPARE(*store_->database->messages().unreadCount(chat), 1U);
}

void TestEventLog::pagesAroundAMessage()
{
    const Conversations conversations(*store_->database, *log_, store_->time);
    for (std::uint8_t i = 1; i <= 9; ++i)
        QVERIFY(store_->database->messages().insert(TestStore::message(i, 100 * i)).ok());
    const auto chat = TestStore::id<AccountId>(2);
    const auto mids = [](const Answer<MessagePage> &page) {
        std::vector<int> result;
        for (const Message &message : page->messages)
            result.push_back(message.mid.octets[0]);
        return result;
    };
    QCOMPARE(mids(conversations.latest(chat, 3)), (std::vector { 7, 8, 9 }));
    QCOMPARE(mids(conversations.before(chat, TestStore::id<Mid>(4), 2)), (std::vector { 2, 3 }));
    QCOMPARE(mids(conversations.after(chat, TestStore::id<Mid>(4), 2)), (std::vector { 5, 6 }));
    QCOMPARE(mids(conversations.around(chat, TestStore::id<Mid>(4), 5)), (std::vector { 2, 3, 4, 5, 6 }));
    QVERIFY(conversations.around(chat, TestStore::id<Mid>(4), 5)->more);
    QVERIFY(!conversations.around(chat, TestStore::id<Mid>(5), 9)->more);
    QCOMPARE(conversations.before(TestStore::id<AccountId>(3), TestStore::id<Mid>(4), 2).error().code,
             FailureCode::notFound);
}

QTEST_GUILESS_MAIN(TestEventLog)
#include "tst_event_log.moc"
