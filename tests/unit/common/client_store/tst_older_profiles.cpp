// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: product R16
#include "common/base/encoding.h"
#include "common/client/event_log.h"
#include "common/client/search.h"
#include "common/client/store/schema.h"
#include "tests/unit/common/client_store/test_store.h"

#include <QTest>

using namespace kith;
using namespace kith::client;

/// Databases as earlier versions left them, spelled out here, opened by this one.
class TestOlderProfiles : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    support::VirtualTime store_time;
    std::unique_ptr<store::Database> database_;

    std::string path() const { return folder_.filePath(QTest::currentTestFunction()).toStdString(); }

    /// Version 3, with one message of account 2.
    void make(const std::string &more = {})
    {
        const auto sql = sql::Connection::open(path(), TestStore::key(), sql::OpenMode::create);
        QVERIFY(sql);
        for (const auto schema : { store::schemaV1, store::schemaV2, store::schemaV3 })
            QVERIFY((*sql)->run(schema));
        QVERIFY((*sql)->run("PRAGMA user_version = 3"));
        QVERIFY((*sql)->run("INSERT INTO message (chat, sender, device, mid, kind, text, client_ms, server_ms, sid,"
                            " eff_ms, state) VALUES (x'02020202020202020202020202020202',"
                            " x'02020202020202020202020202020202', 1, x'07070707070707070707070707070707', 1,"
                            " 'an old text', 1000, 1000, 7, 1000, 3)"));
        QVERIFY((*sql)->run(more));
    }
    void open()
    {
        auto opened = store::Database::open(path(), TestStore::key(), sql::OpenMode::existing);
        QVERIFY2(opened.ok(), opened ? "" : opened.error().detail.c_str());
        database_ = std::move(*opened);
        QCOMPARE(database_->statistics()->userVersion, store::schemaVersion);
    }

private Q_SLOTS:
    void cleanup() { database_.reset(); }

    void eventsOfVersion6LoseTheTextOfTheirMessage()
    {
        make("INSERT INTO event (at_ms, type, chat, sender, json) VALUES (5, 'message.received',"
             " x'02020202020202020202020202020202', x'02020202020202020202020202020202',"
             " '{\"chat\":\"@b\",\"message\":{\"from\":{\"name\":\"\\\"mid\\\":\\\"x\"},"
             "\"mid\":\"01ARZ3NDEKTSV4RRFFQ69G5FAW\",\"text\":\"an old text\"}}')");
        open();
        EventLog log(*database_, store_time);
        const auto bytes = fromBase32("01ARZ3NDEKTSV4RRFFQ69G5FAW");
        QVERIFY(log.forget(TestStore::id<AccountId>(2), Mid::from(*bytes).value()));
        const auto page = log.read(0, {}, 10);
        QCOMPARE(page->events.size(), std::size_t { 1 });
        QVERIFY(page->events[0].json.find("an old text") == std::string::npos);
        QVERIFY(page->events[0].json.find("\"deleted\":true") != std::string::npos);
    }

    void messagesOfVersion7AreFound()
    {
        make();
        open();
        const auto page = Search(*database_).find("old", {}, {}, 10);
        QVERIFY(page && page->hits.size() == 1);
        QCOMPARE(page->hits[0].message.text, std::string("an old text"));
    }

    void chatsOfVersion3HaveNoSettings()
    {
        make();
        open();
        const auto chat = TestStore::id<AccountId>(2);
        QCOMPARE(*database_->chats().settings(chat), ChatSettings {});
        const ChatSettings wanted { true, false, true, fromMs(5000) };
        QVERIFY(database_->chats().saveSettings(chat, wanted));
        QCOMPARE(*database_->chats().settings(chat), wanted);
        QCOMPARE(database_->messages().chat(chat)->value().last.text, std::string("an old text"));
    }
};

QTEST_GUILESS_MAIN(TestOlderProfiles)
#include "tst_older_profiles.moc"
