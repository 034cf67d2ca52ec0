// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/composer.h"

#include "common/base/hash.h"
#include "common/client/courier.h"
#include "common/client/parts.h"

namespace kith::client {

namespace {
constexpr milliseconds outboxLifetime { 7LL * 24 * 3600 * 1000 }; // delivery ID7
}

Result<Composer::Composed> Composer::queue(const AccountId &to, wire::ContentBody body, WallTime clientTime)
{
    KITH_TRY(const auto self, parts_.database->account().self());
    KITH_TRY(const auto row, parts_.database->contacts().find(to));
    if (!self || !row)
        return Error { ErrorCode::notFound, "a content for an account that is not known" };
    wire::Content content;
    auto &header = content.header;
    header.sender = *self;
    header.recipient = to;
    header.chat = wire::PairChat::of(self->account, to);
    KITH_TRY(header.mid, parts_.world.jitter.id<Mid>());
    header.clientTime = clientTime;
    const bool counted = wire::isCounted(body);
    if (counted) {
        KITH_TRY(auto next, parts_.numbers.next(to));
        header.n = next.n;
        header.previous = next.previous;
        header.voided = std::move(next.voided);
    } else {
        KITH_TRY(content.receivedThrough, parts_.numbers.through(to));
    }
    content.body = std::move(body);
    if (row->relation == ContactRelation::accepted)
        KITH_CHECK(addKeys(*row, content));
    Composed composed { header, wire::encode(content) };
    if (counted)
        KITH_CHECK(parts_.numbers.use(to, *header.n, sha256(viewOf(composed.bytes))));
    KITH_CHECK(add(to, header.mid, counted, composed.bytes));
    return composed;
}

Result<void> Composer::queueQuietly(const AccountId &to, wire::ContentBody body, milliseconds delay)
{
    KITH_TRY(const auto row, parts_.database->contacts().find(to));
    if (!row || row->relation != ContactRelation::accepted)
        return {};
    KITH_TRY(const auto composed, queue(to, std::move(body), parts_.now()));
    KITH_TRY(const auto letter, parts_.database->outbox().find(composed.header.mid));
    return parts_.database->outbox().defer(letter->id, letter->due + delay, letter->tries);
}

Result<void> Composer::queueAgain(const AccountId &to, const Mid &mid, const QByteArray &bytes)
{
    KITH_TRY(const auto id, add(to, mid, true, bytes));
    return parts_.database->outbox().takeBack(id);
}

Result<void> Composer::addKeys(const store::ContactRow &to, wire::Content &content)
{
    KITH_TRY(const auto self, parts_.database->account().load());
    if (self && self->profileVersion > 0 && to.keysSent < self->profileVersion) {
        content.profileKey = toByteArray(self->profileKey.view());
        content.profileVersion = self->profileVersion;
        KITH_CHECK(parts_.database->contacts().setKeysSent(to.account, self->profileVersion));
    }
    return addEphemeralKey(to, content);
}

Result<void> Composer::addEphemeralKey(const store::ContactRow &to, wire::Content &content)
{
    if (to.ownEphemeralKey && parts_.now() - to.ownEphemeralMade < ephemeralLifetime
        && parts_.now() >= to.ownEphemeralMade)
        return {};
    KITH_TRY(const auto key, SecretBytes::random(32, parts_.world.random));
    content.ephemeralKey = toByteArray(key.view());
    return parts_.database->contacts().setOwnEphemeralKey(to.account, *content.ephemeralKey, parts_.now());
}

Result<std::int64_t> Composer::add(const AccountId &to, const Mid &mid, bool counted, const QByteArray &bytes)
{
    KITH_TRY(const auto row, parts_.database->contacts().find(to));
    KITH_TRY(const auto self, parts_.database->account().load());
    store::OutboxRow letter;
    letter.mid = mid;
    letter.chat = to;
    letter.counted = counted;
    letter.content = bytes;
    letter.bytes = static_cast<std::uint64_t>(bytes.size());
    letter.created = parts_.now();
    letter.due = letter.created;
    letter.expires = letter.created + outboxLifetime;
    letter.held = row && self && row->isHeld(self->strictTrust);
    KITH_TRY(const auto id, parts_.database->outbox().add(letter));
    parts_.database->afterCommit([courier = parts_.courier.get(), to, changed = row && row->trust == Trust::changed] {
        if (changed)
            courier->lookAgain(to);
        courier->wake();
    });
    return id;
}

} // namespace kith::client
