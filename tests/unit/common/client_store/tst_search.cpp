// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: product UH2, UH3
#include "common/client/search.h"
#include "tests/unit/common/client_store/test_store.h"

#include <QTest>

using namespace kith;
using namespace kith::client;

class TestSearch : public QObject {
    Q_OBJECT

    std::unique_ptr<TestStore> store_;

    store::MessageTable &messages() { return store_->database->messages(); }
    void add(std::uint8_t mid, const std::string &text, std::uint8_t chat = 2)
    {
        auto row = TestStore::message(mid, mid * 1'000, text);
        row.chat = TestStore::id<AccountId>(chat);
        QVERIFY(messages().insert(row));
    }
    std::vector<int> found(const QString &query, const std::optional<AccountId> &chat = {})
    {
        std::vector<int> mids;
        const auto page = Search(*store_->database).find(query, chat, {}, 100);
        for (const SearchHit &hit : page->hits)
            mids.push_back(hit.message.mid.octets[0]);
        return mids;
    }
    using Mids = std::vector<int>;

private Q_SLOTS:
    void init() { store_ = std::make_unique<TestStore>(); }

    void theLastThatCameIsFirst()
    {
        add(1, "The quick brown fox");
        add(2, "a lazy dog");
        add(3, "another quick dog");
        QCOMPARE(found("quick"), (Mids { 3, 1 }));
        QCOMPARE(found("DOG quick"), (Mids { 3 }));
        QCOMPARE(found("laz"), (Mids { 2 }));
        QCOMPARE(found("nothing"), Mids {});
        QCOMPARE(found("\"*"), Mids {});
    }

    void partsOfChineseTextAreFound()
    {
        add(1, "\xE6\x88\x91\xE5\x9C\xA8\xE5\x8C\x97\xE4\xBA\xAC"); // I am in Beijing
        QCOMPARE(found(QStringLiteral("北京")), (Mids { 1 }));
        QCOMPARE(found(QStringLiteral("京北")), Mids {});
    }

    void aChatCanBeSearchedAlone()
    {
        add(1, "lunch?", 2);
        add(2, "lunch!", 3);
        QCOMPARE(found("lunch"), (Mids { 2, 1 }));
        QCOMPARE(found("lunch", TestStore::id<AccountId>(2)), (Mids { 1 }));
        QCOMPARE(found("lunch", TestStore::id<AccountId>(4)), Mids {});
        for (const QString &typed : { QStringLiteral("02020202"), QStringLiteral("\u206302020202"),
                                      QString::fromStdString(TestStore::id<AccountId>(2).hex()) })
            QCOMPARE(found(typed), Mids {}); // the chat's own word is not for people
    }

    void pagesGoOnWhereTheOneBeforeEnded()
    {
        for (std::uint8_t mid = 1; mid <= 25; ++mid)
            add(mid, "word");
        std::vector<int> all;
        std::optional<Mid> before;
        for (bool more = true; more;) {
            const auto page = Search(*store_->database).find("word", {}, before, 10);
            QVERIFY(page && !page->hits.empty());
            for (const auto &hit : page->hits)
                all.push_back(hit.message.mid.octets[0]);
            before = page->hits.back().message.mid;
            more = page->more;
        }
        QCOMPARE(all.size(), std::size_t { 25 });
        QVERIFY(std::ranges::is_sorted(all, std::greater {}));
        const auto nowhere = Search(*store_->database).find("word", {}, TestStore::id<Mid>(99), 10);
        QVERIFY(!nowhere && nowhere.error().code == FailureCode::notFound);
    }

    void whatChangesOrGoesIsNotFoundAnyMore()
    {
        add(1, "first");
        add(2, "second");
        auto row = *messages().find(TestStore::id<Mid>(1)).value();
        row.text = "changed";
        QVERIFY(messages().update(row));
        QCOMPARE(found("first"), Mids {});
        QCOMPARE(found("changed"), (Mids { 1 }));
        QVERIFY(messages().remove(row.id));
        QCOMPARE(found("changed"), Mids {});
        QVERIFY(messages().removeChat(TestStore::id<AccountId>(2)));
        QCOMPARE(found("second"), Mids {});
        add(3, "second"); // its row may have the number of one that is gone
        QCOMPARE(found("second"), (Mids { 3 }));
    }

    void onlyTextsAreFound()
    {
        auto row = TestStore::message(1, 1'000, "a system line");
        row.kind = MessageKind::system;
        QVERIFY(messages().insert(row));
        QCOMPARE(found("system"), Mids {});
    }

    void aRolledBackMessageIsNotFound()
    {
        {
            auto transaction = store_->database->transaction();
            QVERIFY(transaction);
            add(1, "ghost");
            QCOMPARE(found("ghost"), (Mids { 1 }));
        }
        QCOMPARE(found("ghost"), Mids {});
    }

    void aLongTextIsShownAroundTheHit()
    {
        std::string text;
        for (int i = 0; i < 100; ++i)
            text += "\xF0\x9F\x99\x82";
        add(1, text + " needle " + std::string(300, 'x'));
        const auto page = Search(*store_->database).find("needle", {}, {}, 1);
        QVERIFY(page && page->hits.size() == 1);
        const SearchHit &hit = page->hits.front();
        QVERIFY(hit.cutStart && hit.cutEnd && hit.snippet.size() <= 160);
        QVERIFY(hit.snippet.isValidUtf16());
        QCOMPARE(hit.ranges.size(), std::size_t { 1 });
        QCOMPARE(hit.snippet.mid(hit.ranges[0].start, hit.ranges[0].length), QStringLiteral("needle"));
    }
};

QTEST_GUILESS_MAIN(TestSearch)
#include "tst_search.moc"
