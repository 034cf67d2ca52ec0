// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security L1, L5; style 7.17
#include "common/base/random.h"
#include "common/sql/migration.h"
#include "common/sql/transaction.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace kith;
using namespace kith::sql;

namespace {

SecretBytes keyOf(std::uint8_t value)
{
    SecretBytes key(Connection::keySize);
    std::ranges::fill(key.mutableView(), value);
    return key;
}

Result<void> makeTable(Connection &sql)
{
    return sql.run("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT, blob BLOB)");
}

Result<void> failAfterWriting(Connection &sql)
{
    KITH_CHECK(sql.run("CREATE TABLE half (id INTEGER)"));
    return Error { ErrorCode::full, "planted" };
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::int64_t countOf(Connection &sql)
{
    const auto count = sql.one("SELECT count(*) FROM t", [](const Row &row) { return row.integer(0); });
    return count && *count ? **count : -1;
}

} // namespace

class TestConnection : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void opensAsTheStoreNeedsIt();
    void opensQuickly();
    void refusesAWrongKey();
    void refusesAnEmptiedFile();
    void refusesATruncatedFile();
    void refusesASymlink();
    void neverOverwritesAFile();
    void makesFilesForTheOwnerOnly();
    void keepsNoPlaintextOnDisk();
    void rollsBackWhatWasNotCommitted();
    void anInnerTransactionIsAPartOfTheOuterOne();
    void undoesASavepointAlone();
    void callsAfterCommitOnly();
    void reportsAColumnOfAnotherShape();
    void servesTheSameStatementInsideItself();
    void refusesAnUnboundParameter();
    void resumesAFailedMigration();
    void refusesANewerSchema();

private:
    std::unique_ptr<Connection> open(OpenMode mode)
    {
        auto connection = Connection::open(path(), keyOf(7), mode);
        return connection ? std::move(*connection) : nullptr;
    }
    std::string path() const { return folder_->filePath("kith.db").toStdString(); }

    std::unique_ptr<QTemporaryDir> folder_;
};

void TestConnection::init()
{
    folder_ = std::make_unique<QTemporaryDir>();
}

void TestConnection::opensAsTheStoreNeedsIt()
{
    const auto sql = open(OpenMode::create);
    QVERIFY(sql);
    const auto number = [](const Row &row) { return row.integer(0); };
    QCOMPARE(**sql->one("PRAGMA page_size", number), 4096);
    QCOMPARE(**sql->one("PRAGMA synchronous", number), 2);
    QCOMPARE(**sql->one("PRAGMA foreign_keys", number), 1);
    QCOMPARE(**sql->one("PRAGMA secure_delete", number), 1);
    QCOMPARE(**sql->one("PRAGMA temp_store", number), 2);
    QCOMPARE(**sql->one("PRAGMA journal_mode", [](const Row &row) { return row.text(0); }), std::string("wal"));
}

void TestConnection::opensQuickly()
{
    QVERIFY(open(OpenMode::create)->run("CREATE TABLE t (id INTEGER)").ok());
    qint64 best = 1'000;
    for (int round = 0; round < 5; ++round) {
        QElapsedTimer timer;
        timer.start();
        QVERIFY(open(OpenMode::existing));
        best = std::min(best, timer.elapsed());
    }
    QVERIFY2(best < 20, qPrintable(QStringLiteral("%1 ms").arg(best)));
}

void TestConnection::refusesAWrongKey()
{
    QVERIFY(makeTable(*open(OpenMode::create)).ok());
    const QByteArray before = contentOf(folder_->filePath("kith.db"));
    const auto wrong = Connection::open(path(), keyOf(8), OpenMode::existing);
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().code, ErrorCode::permission);
    QCOMPARE(contentOf(folder_->filePath("kith.db")), before);
    QVERIFY(open(OpenMode::existing));
}

void TestConnection::refusesAnEmptiedFile()
{
    QFile file(folder_->filePath("kith.db"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    const auto empty = Connection::open(path(), keyOf(7), OpenMode::existing);
    QVERIFY(!empty);
    QCOMPARE(empty.error().code, ErrorCode::corrupt);
    QCOMPARE(file.size(), 0);
}

void TestConnection::refusesATruncatedFile()
{
    {
        const auto sql = open(OpenMode::create);
        QVERIFY(makeTable(*sql).ok());
        for (int i = 0; i < 200; ++i)
            QVERIFY(sql->execute("INSERT INTO t (text) VALUES (?)", std::string(500, 'x')).ok());
        QVERIFY(sql->checkpoint().ok());
    }
    QFile file(folder_->filePath("kith.db"));
    QVERIFY(file.resize(file.size() / 2 / 4096 * 4096));
    const auto sql = Connection::open(path(), keyOf(7), OpenMode::existing);
    QCOMPARE(sql ? countOf(**sql) : -1, -1);
}

void TestConnection::refusesASymlink()
{
    QVERIFY(open(OpenMode::create));
    const std::string link = folder_->filePath("link.db").toStdString();
    QVERIFY(QFile::link(folder_->filePath("kith.db"), folder_->filePath("link.db")));
    const auto linked = Connection::open(link, keyOf(7), OpenMode::existing);
    QVERIFY(!linked);
    QCOMPARE(linked.error().code, ErrorCode::permission);
}

void TestConnection::neverOverwritesAFile()
{
    QVERIFY(open(OpenMode::create));
    const auto again = Connection::open(path(), keyOf(7), OpenMode::create);
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::exists);
    const auto absent = Connection::open(path() + "x", keyOf(7), OpenMode::existing);
    QCOMPARE(absent.error().code, ErrorCode::notFound);
    QVERIFY(!QFile::exists(QString::fromStdString(path() + "x")));
}

void TestConnection::makesFilesForTheOwnerOnly()
{
    const mode_t before = ::umask(0);
    const auto sql = open(OpenMode::create);
    const bool made = makeTable(*sql).ok();
    ::umask(before);
    QVERIFY(made);
    for (const QString &name : QDir(folder_->path()).entryList(QDir::Files)) {
        struct stat info { };
        QCOMPARE(::stat(folder_->filePath(name).toUtf8().constData(), &info), 0);
        QCOMPARE(info.st_mode & 0077U, 0U);
    }
}

void TestConnection::keepsNoPlaintextOnDisk()
{
    const QByteArray marker = "PLANTED-MARKER-4711";
    const auto sql = open(OpenMode::create);
    QVERIFY(makeTable(*sql).ok());
    for (int i = 0; i < 50; ++i)
        QVERIFY(sql->execute("INSERT INTO t (text, blob) VALUES (?, ?)", marker.toStdString(), marker).ok());
    const auto isAbsent = [&] {
        const QStringList names = QDir(folder_->path()).entryList(QDir::Files);
        return names.size() >= 2 && std::ranges::none_of(names, [&](const QString &name) {
                   return contentOf(folder_->filePath(name)).contains(marker);
               });
    };
    QVERIFY(isAbsent());
    QVERIFY(sql->execute("DELETE FROM t").ok());
    QVERIFY(sql->checkpoint().ok());
    QVERIFY(isAbsent());
    QVERIFY(!contentOf(folder_->filePath("kith.db")).startsWith("SQLite format"));
}

void TestConnection::rollsBackWhatWasNotCommitted()
{
    const auto sql = open(OpenMode::create);
    QVERIFY(makeTable(*sql).ok());
    {
        auto transaction = Transaction::begin(*sql);
        QVERIFY(transaction);
        QVERIFY(sql->execute("INSERT INTO t (id) VALUES (1)").ok());
    }
    QCOMPARE(countOf(*sql), 0);
    auto transaction = Transaction::begin(*sql);
    QVERIFY(sql->execute("INSERT INTO t (id) VALUES (1)").ok());
    QVERIFY(transaction->commit().ok());
    QCOMPARE(countOf(*sql), 1);
}

void TestConnection::anInnerTransactionIsAPartOfTheOuterOne()
{
    const auto sql = open(OpenMode::create);
    QVERIFY(makeTable(*sql).ok());
    QStringList calls;
    const auto insert = [&](int id, bool commits) {
        auto inner = Transaction::begin(*sql);
        QVERIFY(sql->execute("INSERT INTO t (id) VALUES (?)", id).ok());
        sql->afterCommit([&, id] { calls << QString::number(id); });
        if (commits)
            QVERIFY(inner->commit().ok());
    };
    {
        auto outer = Transaction::begin(*sql);
        insert(1, true);
    }
    QCOMPARE(countOf(*sql), 0);
    auto outer = Transaction::begin(*sql);
    insert(2, true);
    insert(3, false);
    QCOMPARE(calls, QStringList {});
    QVERIFY(outer->commit().ok());
    QCOMPARE(countOf(*sql), 1);
    QCOMPARE(calls, QStringList { "2" });
}

void TestConnection::undoesASavepointAlone()
{
    const auto sql = open(OpenMode::create);
    QVERIFY(makeTable(*sql).ok());
    QVERIFY(!Savepoint::begin(*sql));
    auto transaction = Transaction::begin(*sql);
    QVERIFY(sql->execute("INSERT INTO t (id) VALUES (1)").ok());
    {
        auto savepoint = Savepoint::begin(*sql);
        QVERIFY(savepoint);
        QVERIFY(sql->execute("INSERT INTO t (id) VALUES (2)").ok());
    }
    auto kept = Savepoint::begin(*sql);
    QVERIFY(sql->execute("INSERT INTO t (id) VALUES (3)").ok());
    QVERIFY(kept->release().ok());
    QVERIFY(transaction->commit().ok());
    QCOMPARE(countOf(*sql), 2);
}

void TestConnection::callsAfterCommitOnly()
{
    const auto sql = open(OpenMode::create);
    int calls = 0;
    {
        auto transaction = Transaction::begin(*sql);
        sql->afterCommit([&] { calls += 100; });
    }
    QCOMPARE(calls, 0);
    auto transaction = Transaction::begin(*sql);
    sql->afterCommit([&] { ++calls; });
    QCOMPARE(calls, 0);
    QVERIFY(transaction->commit().ok());
    QCOMPARE(calls, 1);
    sql->afterCommit([&] { ++calls; });
    QCOMPARE(calls, 2);
}

void TestConnection::reportsAColumnOfAnotherShape()
{
    const auto sql = open(OpenMode::create);
    QVERIFY(makeTable(*sql).ok());
    QVERIFY(sql->execute("INSERT INTO t (id, blob) VALUES (1, ?)", QByteArray("short")).ok());
    const auto id = sql->one("SELECT blob FROM t", [](const Row &row) { return row.id<Mid>(0); });
    QVERIFY(!id);
    QCOMPARE(id.error().code, ErrorCode::corrupt);
    const auto text = sql->all("SELECT blob FROM t", [](const Row &row) { return row.text(0); });
    QCOMPARE(text.error().code, ErrorCode::corrupt);
}

void TestConnection::servesTheSameStatementInsideItself()
{
    const auto sql = open(OpenMode::create);
    QVERIFY(makeTable(*sql).ok());
    QVERIFY(sql->execute("INSERT INTO t (id) VALUES (1), (2)").ok());
    std::int64_t inner = 0;
    const auto outer = sql->all("SELECT id FROM t ORDER BY id", [&](const Row &row) {
        const auto ids = sql->all("SELECT id FROM t ORDER BY id", [](const Row &r) { return r.integer(0); });
        inner += static_cast<std::int64_t>(ids->size());
        return row.integer(0);
    });
    QCOMPARE(outer->size(), 2U);
    QCOMPARE(inner, 4);
}

void TestConnection::refusesAnUnboundParameter()
{
    const auto sql = open(OpenMode::create);
    QVERIFY(makeTable(*sql).ok());
    QCOMPARE(sql->execute("INSERT INTO t (id, text) VALUES (?, ?)", 1).error().code, ErrorCode::internal);
    QCOMPARE(sql->execute("INSERT INTO t (id) VALUES (?)", 1, 2).error().code, ErrorCode::internal);
    QCOMPARE(countOf(*sql), 0);
}

void TestConnection::resumesAFailedMigration()
{
    const auto sql = open(OpenMode::create);
    constexpr MigrationStep broken[] = { makeTable, failAfterWriting };
    QCOMPARE(migrate(*sql, broken).error().code, ErrorCode::full);
    QCOMPARE(*userVersion(*sql), 1);
    QVERIFY(!sql->execute("SELECT * FROM half"));
    constexpr MigrationStep mended[] = { makeTable, [](Connection &c) { return c.run("CREATE TABLE half (id)"); } };
    QVERIFY(migrate(*sql, mended).ok());
    QCOMPARE(*userVersion(*sql), 2);
    QVERIFY(migrate(*sql, mended).ok());
}

void TestConnection::refusesANewerSchema()
{
    const auto sql = open(OpenMode::create);
    QVERIFY(sql->run("PRAGMA user_version = 9").ok());
    constexpr MigrationStep steps[] = { makeTable };
    QCOMPARE(migrate(*sql, steps).error().code, ErrorCode::unsupported);
    QCOMPARE(*userVersion(*sql), 9);
}

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
