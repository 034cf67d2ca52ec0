// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/client/store/database.h"
#include "tests/support/net/virtual_time.h"

#include <QTemporaryDir>

namespace kith::client {

/// A fresh database in a temporary folder, and what fills it.
struct TestStore {
    TestStore() { reopen(sql::OpenMode::create); }

    void reopen(sql::OpenMode mode = sql::OpenMode::existing)
    {
        database.reset();
        auto opened = store::Database::open(folder.filePath("kith.db").toStdString(), key(), mode);
        if (opened)
            database = std::move(*opened);
    }

    static SecretBytes key()
    {
        SecretBytes bytes(32);
        std::ranges::fill(bytes.mutableView(), std::uint8_t { 5 });
        return bytes;
    }

    template <class Id>
    static Id id(std::uint8_t value)
    {
        Id result;
        result.octets.fill(value);
        return result;
    }
    static DeviceId device(std::uint8_t account, std::uint16_t number = 1)
    {
        return { id<AccountId>(account), number };
    }

    /// A message of account 2 in the chat with it.
    static store::MessageRow message(std::uint8_t mid, std::int64_t effective, const std::string &text = "hello")
    {
        store::MessageRow row;
        row.chat = id<AccountId>(2);
        row.sender = device(2);
        row.mid = id<Mid>(mid);
        row.text = text;
        row.clientTime = row.effectiveTime = fromMs(effective);
        row.serverTime = fromMs(effective);
        row.sid = Sid { mid };
        row.state = MessageState::delivered;
        return row;
    }

    QTemporaryDir folder;
    support::VirtualTime time;
    std::unique_ptr<store::Database> database;
};

} // namespace kith::client
