// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/rollback_guard.h"

#include "common/base/log.h"
#include "common/client/account.h"
#include "common/client/directory.h"
#include "common/client/event_log.h"
#include "common/client/keyring.h"
#include "common/client/parts.h"
#include "common/client/pre_keys.h"

#include <algorithm>

namespace kith::client {

KITH_LOG_CATEGORY(logRollback, "kith.rollback")

namespace {
const std::string lastResetKey = "rollback.reset_ms";
}

void RollbackGuard::start(std::function<void()> go)
{
    if (!parts_.world.keyring) {
        go();
        return;
    }
    parts_.world.keyring->read(parts_.world.keyringEntry)
        .then(this, [this, go = std::move(go)](const Result<SecretBytes> &copy) {
            compare(copy);
            keepCopy();
            go();
        });
}

void RollbackGuard::compare(const Result<SecretBytes> &copy)
{
    if (!copy)
        return; // none yet, or closed: the server's word remains
    const auto theirs = toByteArray(copy->view()).toULongLong();
    if (theirs <= generation_)
        return;
    qCWarning(logRollback, "this profile is older than the keyring's copy of its counter: all sessions begin anew");
    if (const auto done = inTransaction(parts_, [&] { return reset(theirs); }); !done)
        qCWarning(logRollback, "sessions cannot be renewed: %s", done.error().detail.c_str());
}

void RollbackGuard::keepCopy()
{
    if (!parts_.world.keyring || generation_ == 0)
        return;
    const SecretBytes copy(viewOf(QByteArray::number(static_cast<qulonglong>(generation_))));
    parts_.world.keyring->write(parts_.world.keyringEntry, copy).then(this, [](const Result<void> &kept) {
        if (!kept)
            qCInfo(logRollback, "the keyring keeps no copy of the counter: %s", kept.error().detail.c_str());
    });
}

Result<void> RollbackGuard::raise()
{
    KITH_TRY(generation_, parts_.database->account().nextGeneration());
    if (generation_ % copyEvery == 0)
        parts_.database->afterCommit([this] { keepCopy(); });
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
        KITH_CHECK(parts_.database->outbox().dropAside(person.account));
        KITH_CHECK(
            addSystemLine(parts_, person.account,
                          "This profile is an older copy of itself; keys were renewed, messages may be missing"));
    }
    KITH_CHECK(parts_.preKeys->replaceAll());
    KITH_CHECK(parts_.database->account().setGeneration(std::min(theirs, highest)));
    KITH_CHECK(raise());
    return parts_.database->settings().set(lastResetKey, std::to_string(toMs(parts_.now())));
}

} // namespace kith::client
