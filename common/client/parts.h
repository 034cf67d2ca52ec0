// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/client/engine.h"
#include "common/client/names.h"
#include "common/client/numbers.h"
#include "common/client/store/database.h"
#include "common/crypto/session_cipher.h"

#include <memory>

namespace kith::client {

class Composer;
class Courier;
class Directory;
class Gaps;
class Healing;
class Inbox;
class PreKeys;
class Receipts;
class RollbackGuard;

/// The engine's parts, which know each other: sending, receiving and people are one conversation. Each is one file with
/// one job; what they share is the database's open transaction. One thread.
struct Parts {
    Parts(std::unique_ptr<store::Database> theDatabase, World theWorld);
    ~Parts();

    World world;
    std::unique_ptr<store::Database> database;
    Names names;
    Numbers numbers;
    std::unique_ptr<crypto::Sessions> sessions;

    std::unique_ptr<EventLog> events;
    std::unique_ptr<Conversations> conversations;
    std::unique_ptr<Connection> connection;
    std::unique_ptr<Directory> directory;
    std::unique_ptr<Composer> composer;
    std::unique_ptr<PreKeys> preKeys;
    std::unique_ptr<RollbackGuard> rollbackGuard;
    std::unique_ptr<Account> account;
    std::unique_ptr<Contacts> contacts;
    std::unique_ptr<Courier> courier;
    std::unique_ptr<Outbox> outbox;
    std::unique_ptr<Receipts> receipts;
    std::unique_ptr<Healing> healing;
    std::unique_ptr<Gaps> gaps;
    std::unique_ptr<Inbox> inbox;
    std::unique_ptr<Safety> safety;
    std::unique_ptr<Deletion> deletion;
    std::unique_ptr<Typing> typing;

    WallTime now() const { return world.clock.now(); }
};

/// Runs `work` inside one transaction and commits it. Errors: work's, the store's; then nothing was written.
template <class Work>
auto inTransaction(Parts &parts, Work work) -> std::invoke_result_t<Work>
{
    KITH_TRY(auto transaction, parts.database->transaction());
    auto result = work();
    if (!result)
        return result;
    KITH_CHECK(transaction.commit());
    return result;
}

/// The account that Parts are about. Errors: unregistered.
Answer<DeviceId> selfOf(Parts &parts);

} // namespace kith::client
