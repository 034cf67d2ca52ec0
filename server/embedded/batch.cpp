// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/embedded/batch.h"

#include "server/embedded/keys.h"

#include <rocksdb/write_batch.h>

#include <algorithm>

namespace kith::server::embedded {

Result<std::optional<std::string>> Batch::get(Table table, const std::string &key) const
{
    const auto &changes = changes_.at(indexOf(table));
    if (const auto found = changes.find(key); found != changes.end())
        return found->second.value;
    if (isDropped(table, key))
        return std::optional<std::string> {};
    return database_.get(table, key);
}

Result<std::vector<Database::Row>> Batch::scan(Table table, const std::string &from, const std::string &to,
                                               std::size_t limit) const
{
    const auto &changes = changes_.at(indexOf(table));
    const auto first = changes.lower_bound(from);
    const auto last = to.empty() ? changes.end() : changes.lower_bound(to);
    // every change may hide one stored row
    const auto hidden = static_cast<std::size_t>(std::distance(first, last));
    KITH_TRY(auto rows, database_.scan(table, from, to, limit + hidden));
    std::erase_if(rows, [&](const auto &row) { return changes.contains(row.key) || isDropped(table, row.key); });
    for (auto change = first; change != last; ++change) {
        if (change->second.value)
            rows.push_back({ change->first, *change->second.value });
    }
    std::ranges::sort(rows, {}, &Database::Row::key);
    if (rows.size() > limit)
        rows.resize(limit);
    return rows;
}

void Batch::put(Table table, std::string key, std::string value)
{
    change(table, std::move(key), std::move(value));
}

void Batch::erase(Table table, const std::string &key)
{
    change(table, key, std::nullopt);
}

void Batch::change(Table table, std::string key, std::optional<std::string> value)
{
    const auto [at, added] = changes_.at(indexOf(table)).try_emplace(std::move(key));
    auto &now = at->second;
    undo_.push_back({ table, &at->first, added ? std::nullopt : std::optional { std::move(now) } });
    const bool wasFresh = added ? value && table == Table::queue : undo_.back().before->fresh;
    now = { std::move(value), wasFresh };
}

void Batch::dropPrefix(Table table, std::string prefix)
{
    auto &changes = changes_.at(indexOf(table));
    const auto end = endOf(prefix);
    auto at = changes.lower_bound(prefix);
    while (at != changes.end() && (end.empty() || at->first < end)) {
        auto node = changes.extract(at++);
        undo_.push_back({ table, &node.key(), std::nullopt, std::move(node) });
    }
    dropped_.emplace_back(table, std::move(prefix));
}

bool Batch::isDropped(Table table, std::string_view key) const
{
    return std::ranges::any_of(dropped_,
                               [&](const auto &drop) { return drop.first == table && key.starts_with(drop.second); });
}

void Batch::tellDurable() const
{
    for (const auto &call : whenDurable_)
        call();
}

void Batch::begin()
{
    undo_.clear();
    droppedBefore_ = dropped_.size();
    callsBefore_ = whenDurable_.size();
    syncBefore_ = sync_;
}

void Batch::rollBack()
{
    for (auto undo = undo_.rbegin(); undo != undo_.rend(); ++undo) {
        auto &changes = changes_.at(indexOf(undo->table));
        if (undo->dropped)
            changes.insert(std::move(undo->dropped));
        else if (undo->before)
            changes.find(*undo->key)->second = *std::move(undo->before);
        else
            changes.erase(changes.find(*undo->key));
    }
    dropped_.resize(droppedBefore_);
    whenDurable_.resize(callsBefore_);
    sync_ = syncBefore_;
    undo_.clear();
}

bool Batch::isEmpty() const
{
    return dropped_.empty() && std::ranges::all_of(changes_, &Changes::empty);
}

void Batch::tellDatabase() const
{
    for (const auto &drop : dropped_)
        database_.dropped(drop.first);
    for (std::size_t i = 0; i < tableCount; ++i) {
        for (const auto &[key, change] : changes_.at(i))
            database_.changed(static_cast<Table>(i), key, change.value);
    }
}

void Batch::writeTo(rocksdb::WriteBatch &out) const
{
    for (const auto &[table, prefix] : dropped_)
        static_cast<void>(out.DeleteRange(database_.handle(table), prefix, endOf(prefix)));
    for (std::size_t i = 0; i < tableCount; ++i) {
        const auto table = static_cast<Table>(i);
        auto *const handle = database_.handle(table);
        for (const auto &[key, change] : changes_.at(i)) {
            if (change.value)
                static_cast<void>(out.Put(handle, key, *change.value));
            else if (table != Table::queue)
                static_cast<void>(out.Delete(handle, key));
            else if (!change.fresh)
                static_cast<void>(out.SingleDelete(handle, key)); // read just now, put once: see Table::queue
        }
    }
}

} // namespace kith::server::embedded
