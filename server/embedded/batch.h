// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/embedded/database.h"

#include <functional>
#include <map>

namespace kith::server::embedded {

/// The changes of one commit, on top of the database: what an operation has put here, the next one of the same commit
/// reads. The committer's thread.
class Batch {
public:
    explicit Batch(Database &database) : database_(database) { }

    Result<std::optional<std::string>> get(Table table, const std::string &key) const;
    /// As Database::scan(), with the changes of this commit.
    Result<std::vector<Database::Row>> scan(Table table, const std::string &from, const std::string &to,
                                            std::size_t limit) const;

    void put(Table table, std::string key, std::string value);
    /// In the queue table: only a key that was read in this commit.
    void erase(Table table, const std::string &key);
    /// Removes every key that starts with `prefix`.
    void dropPrefix(Table table, std::string prefix);

    /// Without this the commit may be lost in a power cut, whole and from its end.
    void requireSync() { sync_ = true; }
    bool needsSync() const { return sync_; }
    /// Runs `f` on this thread once the commit has succeeded.
    void whenDurable(std::function<void()> f) { whenDurable_.push_back(std::move(f)); }
    void tellDurable() const;
    /// Keeps `thing` until the commit has succeeded or failed.
    void keep(std::shared_ptr<void> thing) { kept_.push_back(std::move(thing)); }

    /// An operation begins. What it changes can be taken back.
    void begin();
    void rollBack();

    bool isEmpty() const;
    void writeTo(rocksdb::WriteBatch &out) const;
    /// The commit is written: the database learns which rows it may have cached are others now.
    void tellDatabase() const;

private:
    struct Change {
        std::optional<std::string> value; ///< nothing: erased
        bool fresh = false; ///< put in this commit, unknown to the database
    };
    using Changes = std::map<std::string, Change, std::less<>>;
    struct Undo {
        Table table;
        const std::string *key; ///< of the map's node, or of `dropped`
        std::optional<Change> before;
        Changes::node_type dropped {};
    };

    void change(Table table, std::string key, std::optional<std::string> value);
    bool isDropped(Table table, std::string_view key) const;

    Database &database_;
    std::array<Changes, tableCount> changes_;
    std::vector<std::pair<Table, std::string>> dropped_;
    std::vector<std::function<void()>> whenDurable_;
    std::vector<std::shared_ptr<void>> kept_; // shared: it only has to die with the batch
    bool sync_ = false;

    std::vector<Undo> undo_; ///< of the operation under way
    std::size_t droppedBefore_ = 0;
    std::size_t callsBefore_ = 0;
    bool syncBefore_ = false;
};

} // namespace kith::server::embedded
