// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/store/database.h"

#include "common/client/store/schema.h"
#include "common/client/store/search_index.h"
#include "common/sql/migration.h"

namespace kith::client::store {

namespace {

Result<void> makeVersion1(sql::Connection &sql)
{
    return sql.run(schemaV1);
}

Result<void> makeVersion2(sql::Connection &sql)
{
    return sql.run(schemaV2);
}

Result<void> makeVersion3(sql::Connection &sql)
{
    return sql.run(schemaV3);
}

Result<void> makeVersion4(sql::Connection &sql)
{
    return sql.run(schemaV4);
}

Result<void> makeVersion5(sql::Connection &sql)
{
    return sql.run(schemaV5);
}

Result<void> makeVersion6(sql::Connection &sql)
{
    return sql.run(schemaV6);
}

Result<void> makeVersion7(sql::Connection &sql)
{
    return sql.run(schemaV7);
}

Result<void> makeVersion8(sql::Connection &sql)
{
    KITH_CHECK(sql.run(schemaV8));
    return fillSearch(sql);
}

constexpr sql::MigrationStep steps[] = { makeVersion1, makeVersion2, makeVersion3, makeVersion4,
                                         makeVersion5, makeVersion6, makeVersion7, makeVersion8 };
static_assert(std::size(steps) == schemaVersion);

} // namespace

Database::Database(std::unique_ptr<sql::Connection> connection, std::string path)
    : path_(std::move(path))
    , connection_(std::move(connection))
    , account_(*connection_)
    , contacts_(*connection_)
    , messages_(*connection_)
    , chats_(*connection_)
    , seen_(*connection_)
    , outbox_(*connection_)
    , parked_(*connection_)
    , counters_(*connection_)
    , events_(*connection_)
    , consumers_(*connection_)
    , calls_(*connection_)
    , settings_(*connection_)
    , crypto_(*connection_)
{
}

Result<std::unique_ptr<Database>> Database::open(const std::string &path, const SecretBytes &key, sql::OpenMode mode)
{
    KITH_TRY(auto connection, sql::Connection::open(path, key, mode));
    KITH_CHECK(sql::migrate(*connection, steps));
    return std::unique_ptr<Database>(new Database(std::move(connection), path));
}

Result<void> Database::clear()
{
    constexpr const char *statements[] = {
        "DELETE FROM account",     "DELETE FROM contact",       "DELETE FROM session",
        "DELETE FROM identity",    "DELETE FROM prekey",        "DELETE FROM signed_prekey",
        "DELETE FROM sender_key",  "DELETE FROM message",       "DELETE FROM seen",
        "DELETE FROM outbox",      "DELETE FROM outbox_cipher", "DELETE FROM parked",
        "DELETE FROM own_counter", "DELETE FROM own_void",      "DELETE FROM peer_counter",
        "DELETE FROM gap",         "DELETE FROM event",         "DELETE FROM consumer",
        "DELETE FROM call",        "DELETE FROM setting",       "DELETE FROM failed_cipher",
        "DELETE FROM session_age", "DELETE FROM chat",          "DELETE FROM message_search",
    };
    for (const char *statement : statements)
        KITH_CHECK(connection_->execute(statement));
    return {};
}

Result<std::vector<std::string>> Database::check()
{
    KITH_TRY(auto lines,
             connection_->all("PRAGMA integrity_check(100)", [](const sql::Row &row) { return row.text(0); }));
    std::erase(lines, "ok");
    KITH_TRY(const auto orphans, connection_->all("PRAGMA foreign_key_check", [](const sql::Row &row) {
        return "a row of " + row.text(0) + " without its parent";
    }));
    lines.insert(lines.end(), orphans.begin(), orphans.end());
    if (lines.size() > 100)
        lines.resize(100);
    return lines;
}

Result<Statistics> Database::statistics()
{
    const auto number = [](const sql::Row &row) { return row.integer(0); };
    Statistics result;
    const auto count = [&](const char *query, std::int64_t &into) -> Result<void> {
        KITH_TRY(const auto value, connection_->one(query, number));
        into = value.value_or(0);
        return {};
    };
    std::int64_t pages = 0;
    std::int64_t pageSize = 0;
    KITH_CHECK(count("PRAGMA page_count", pages));
    KITH_CHECK(count("PRAGMA page_size", pageSize));
    KITH_CHECK(count("SELECT count(*) FROM message", result.messages));
    KITH_CHECK(count("SELECT count(DISTINCT chat) FROM message", result.chats));
    KITH_CHECK(count("SELECT count(*) FROM contact", result.contacts));
    KITH_CHECK(count("SELECT count(*) FROM event", result.events));
    KITH_CHECK(count("SELECT count(*) FROM outbox", result.outbox));
    result.bytes = pages * pageSize;
    KITH_TRY(result.userVersion, sql::userVersion(*connection_));
    return result;
}

} // namespace kith::client::store
