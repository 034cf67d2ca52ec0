// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/rollback_guard.h"

#include "common/base/log.h"
#include "common/client/account.h"
#include "common/client/directory.h"
#include "common/client/parts.h"
#include "common/client/pre_keys.h"

namespace kith::client {

KITH_LOG_CATEGORY(logRollback, "kith.rollback")

namespace {
const std::string lastResetKey = "rollback.reset_ms";
}

Result<void> RollbackGuard::raise()
{
    KITH_TRY(generation_, parts_.database->account().nextGeneration());
    return {};
}

Result<bool> RollbackGuard::check(const wire::Ready &ready)
{
    if (ready.sendCounter <= generation_)
        return false;
    KITH_TRY(const auto last, parts_.database->settings().get(lastResetKey));
    const auto now = parts_.now();
    const auto lastReset = fromMs(last ? std::stoll(*last) : 0);
    if (last && now - lastReset < pauseBetweenResets && now >= lastReset) {
        qCWarning(logRollback, "the server claims a newer copy of this profile again; sessions were reset lately");
        return false;
    }
    qCWarning(logRollback, "this profile is older than what the server saw of it: all sessions begin anew");
    KITH_CHECK(inTransaction(parts_, [&] { return reset(ready.sendCounter); }));
    return true;
}

Result<void> RollbackGuard::reset(std::uint64_t theirs)
{
    KITH_TRY(const auto people, parts_.database->contacts().list());
    for (const auto &person : people) {
        KITH_TRY(const auto devices, parts_.database->crypto().sessions.devicesOf(person.account));
        for (const auto number : devices)
            KITH_CHECK(parts_.sessions->archiveSession({ person.account, number }));
        // Letters sealed with the old ratchets would repeat keys that were used already.
        KITH_TRY(const auto letters, parts_.database->outbox().ofChat(person.account));
        for (const auto &letter : letters)
            KITH_CHECK(parts_.database->outbox().seal(letter.id, {}));
        KITH_CHECK(
            addSystemLine(parts_, person.account,
                          "This profile is an older copy of itself; keys were renewed, messages may be missing"));
    }
    KITH_CHECK(parts_.preKeys->replaceAll());
    KITH_CHECK(parts_.database->account().setGeneration(theirs));
    KITH_CHECK(raise());
    return parts_.database->settings().set(lastResetKey, std::to_string(toMs(parts_.now())));
}

} // namespace kith::client
