// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security S12, delivery ID3
#include "common/wire/stored.h"
#include "server/accounts/accounts.h"
#include "server/embedded/database.h"
#include "server/embedded/keys.h"
#include "server/embedded/store.h"
#include "tests/support/gateway/test_server.h"
#include "tests/support/server/await.h"

#include <QTemporaryDir>
#include <QTest>

using namespace kith;
using namespace kith::server;
using embedded::Table;
using support::await;
using support::midOf;
using support::TestAccount;

/// What a deleted account leaves in the store, row by row.
class TestAccountRemoval : public QObject {
    Q_OBJECT

    using Row = embedded::Database::Row;
    struct Found {
        Table table;
        Row row;
    };

    QTemporaryDir folder_;
    support::VirtualTime time_;
    SeededRandom random_ { 11 };
    TestAccount mei_ { "mei", random_, time_.now() }, bob_ { "bob", random_, time_.now() },
        eve_ { "eve", random_, time_.now() };

    std::string path() const { return folder_.filePath("store").toStdString(); }

    void enrol(embedded::Store &store, const TestAccount &account, const std::string &invite)
    {
        Account row;
        row.id = account.id();
        row.name = account.name();
        row.accountKey = account.accountKey();
        row.devices = account.signedList();
        row.listVersion = account.listVersion();
        row.created = time_.now();
        QVERIFY(await(store.accounts().create(row, invite, time_.now())).ok());
        for (const std::uint16_t number : { std::uint16_t { 1 }, std::uint16_t { 2 } }) {
            const auto device = account.device(number);
            QVERIFY(await(store.keys().putSigned(device, 1, account.signedPreKey(1))).ok());
            QVERIFY(await(store.keys().putOneTime(device, account.preKeys(1, 30))).ok());
            QVERIFY(await(store.keys().take(device, 0)).ok());
        }
    }
    void send(embedded::Store &store, const DeviceId &from, int mid, const DeviceId &to)
    {
        QVERIFY(
            await(store.queue().accept({ from, midOf(mid), 5, { { to, wire::CiphertextType::message, "sealed" } } }))
                .ok());
    }
    /// Bob knows everybody, everybody knows Bob, and mail went in all directions.
    void live(embedded::Store &store)
    {
        QVERIFY(
            await(store.accounts().putInvite({ "token", 3, 0, time_.now() + std::chrono::hours { 1 }, false })).ok());
        for (const auto *account : { &mei_, &bob_, &eve_ })
            enrol(store, *account, "token");
        QVERIFY(await(store.accounts().putProfile(bob_.id(), { 1, "sealed profile" })).ok());
        QVERIFY(await(store.accounts().setRelation(bob_.id(), mei_.id(), wire::Relation::accepted)).ok());
        QVERIFY(await(store.accounts().setRelation(mei_.id(), bob_.id(), wire::Relation::accepted)).ok());
        QVERIFY(await(store.accounts().admitStranger(eve_.id(), bob_.id(), midOf(90), {})).ok());
        QVERIFY(await(store.accounts().admitStranger(bob_.id(), eve_.id(), midOf(91), {})).ok());
        for (const std::uint16_t number : { std::uint16_t { 1 }, std::uint16_t { 2 } })
            send(store, mei_.device(), number, bob_.device(number));
        send(store, bob_.device(), 10, mei_.device()); // stays: it is Mei's now
        send(store, bob_.device(), 11, eve_.device());
        QVERIFY(await(store.queue().settle({ { eve_.device(), { 1 }, true } })).ok()); // Bob is told by a row
    }
    std::vector<Found> rowsThatName(const AccountId &id) const
    {
        const auto needle = embedded::keyOf(id);
        auto database = embedded::Database::open(path() + "/db", time_, {});
        if (!database)
            qFatal("the store does not open");
        std::vector<Found> found;
        for (std::size_t i = 0; i < embedded::tableCount; ++i) {
            const auto table = static_cast<Table>(i);
            const auto rows = (*database)->scan(table, {}, {}, 100'000).value();
            for (const auto &row : rows) {
                if ((row.key + row.value).find(needle) != std::string::npos)
                    found.push_back({ table, row });
            }
        }
        return found;
    }
    /// Tombstones, and what belongs to others.
    bool mayStay(const Found &found) const
    {
        const auto &[table, row] = found;
        const bool own = row.key.starts_with(embedded::keyOf(bob_.id()));
        switch (table) {
        case Table::queue: // a message that he sent and that nobody has fetched yet
        case Table::queueMid: // so that a repeat adds no second row
            return !own;
        case Table::queueHead: {
            const auto head = wire::decodeStoredHead(viewOf(row.value));
            return own && head.ok() && head->closed && head->messages == 0 && head->bytes == 0;
        }
        case Table::names: {
            const auto name = wire::decodeStoredName(viewOf(row.value));
            return name.ok() && name->removed;
        }
        case Table::records: // the mark that this id was used
            return row.value.empty();
        default:
            return false;
        }
    }

private Q_SLOTS:
    void leavesNothingButTombstones()
    {
        for (auto *account : { &mei_, &bob_, &eve_ })
            account->addDevice(2);
        {
            auto store = embedded::Store::open(path(), time_, random_, {}).value();
            live(*store);
        }
        QVERIFY(rowsThatName(bob_.id()).size() > 60);
        {
            auto store = embedded::Store::open(path(), time_, random_, {}).value();
            accounts::Accounts room(store->accounts(), store->keys(), store->queue(), time_, {});
            const auto removed = await(room.remove(bob_.device()));
            QVERIFY(removed.ok());
            QCOMPARE(removed->size(), std::size_t { 2 });
            QVERIFY(await(store->queue().range(mei_.device(), {}, 10))->rows.size() == 1);
        }
        for (const auto &found : rowsThatName(bob_.id()))
            QVERIFY2(mayStay(found), embedded::tableNames[embedded::indexOf(found.table)]);
        QVERIFY(!rowsThatName(mei_.id()).empty());
    }
};

QTEST_GUILESS_MAIN(TestAccountRemoval)
#include "tst_account_removal.moc"
