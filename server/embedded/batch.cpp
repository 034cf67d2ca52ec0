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
    const auto &changes = changes_.at(indexOf(table));
    const auto found = changes.find(key);
    const bool fresh = table == Table::queue && (found == changes.end() || found->second.fresh);
    change(table, std::move(key), { std::move(value), fresh });
}

void Batch::erase(Table table, const std::string &key)
{
    const auto &changes = changes_.at(indexOf(table));
    const auto found = changes.find(key);
    change(table, key, { std::nullopt, found != changes.end() && found->second.fresh });
}

void Batch::change(Table table, std::string key, Change to)
{
    auto &changes = changes_.at(indexOf(table));
    const auto found = changes.find(key);
    undo_.push_back({ table, key, found == changes.end() ? std::nullopt : std::optional { found->second } });
    changes.insert_or_assign(std::move(key), std::move(to));
}

void Batch::dropPrefix(Table table, std::string prefix)
{
    auto &changes = changes_.at(indexOf(table));
    const auto end = endOf(prefix);
    auto at = changes.lower_bound(prefix);
    while (at != changes.end() && (end.empty() || at->first < end)) {
        undo_.push_back({ table, at->first, at->second });
        at = changes.erase(at);
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
        if (undo->before)
            changes.insert_or_assign(undo->key, *undo->before);
        else
            changes.erase(undo->key);
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
