// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/client/store/account_table.h"
#include "common/client/store/call_table.h"
#include "common/client/store/chat_table.h"
#include "common/client/store/consumer_table.h"
#include "common/client/store/contact_table.h"
#include "common/client/store/counter_table.h"
#include "common/client/store/crypto_stores.h"
#include "common/client/store/event_table.h"
#include "common/client/store/message_table.h"
#include "common/client/store/outbox_table.h"
#include "common/client/store/parked_table.h"
#include "common/client/store/seen_table.h"
#include "common/client/store/setting_table.h"
#include "common/sql/connection.h"
#include "common/sql/transaction.h"

#include <memory>
#include <string>
#include <vector>

namespace kith::client::store {

/// What db.stats shows.
struct Statistics {
    std::int64_t bytes = 0; ///< of the database file
    std::int64_t messages = 0, chats = 0, contacts = 0, events = 0, outbox = 0;
    int userVersion = 0;
};

/// The profile's database: one connection, one object per group of tables. One thread, synchronous (style 5.25).
///
/// What must hold together is written inside one transaction(); a table never opens one itself. A single write outside
/// of one is its own transaction. Errors of every call: full, corrupt, io, internal.
class Database {
public:
    /// Opens and migrates. Errors also: those of sql::Connection::open; unsupported for a newer schema.
    static Result<std::unique_ptr<Database>> open(const std::string &path, const SecretBytes &key, sql::OpenMode mode);

    /// BEGIN IMMEDIATE; rolled back unless committed.
    Result<sql::Transaction> transaction() { return sql::Transaction::begin(*connection_); }
    /// Runs `f` after the commit of the open transaction; at once without one.
    void afterCommit(std::function<void()> f) { connection_->afterCommit(std::move(f)); }
    sql::Connection &connection() { return *connection_; }

    AccountTable &account() { return account_; }
    ContactTable &contacts() { return contacts_; }
    MessageTable &messages() { return messages_; }
    ChatTable &chats() { return chats_; }
    SeenTable &seen() { return seen_; }
    OutboxTable &outbox() { return outbox_; }
    ParkedTable &parked() { return parked_; }
    CounterTable &counters() { return counters_; }
    EventTable &events() { return events_; }
    ConsumerTable &consumers() { return consumers_; }
    CallTable &calls() { return calls_; }
    SettingTable &settings() { return settings_; }
    CryptoStores &crypto() { return crypto_; }

    /// Deletes every row of every table: the account was deleted.
    Result<void> clear();
    Result<void> checkpoint() { return connection_->checkpoint(); }
    /// What PRAGMA integrity_check and foreign_key_check complain about; empty: sound. At most 100 lines.
    Result<std::vector<std::string>> check();
    Result<Statistics> statistics();
    const std::string &path() const { return path_; }

private:
    Database(std::unique_ptr<sql::Connection> connection, std::string path);

    std::string path_;
    std::unique_ptr<sql::Connection> connection_;
    AccountTable account_;
    ContactTable contacts_;
    MessageTable messages_;
    ChatTable chats_;
    SeenTable seen_;
    OutboxTable outbox_;
    ParkedTable parked_;
    CounterTable counters_;
    EventTable events_;
    ConsumerTable consumers_;
    CallTable calls_;
    SettingTable settings_;
    CryptoStores crypto_;
};

} // namespace kith::client::store
