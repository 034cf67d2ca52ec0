// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/pre_keys.h"

#include "common/base/failpoint.h"
#include "common/base/log.h"
#include "common/client/account.h"
#include "common/client/connection.h"
#include "common/client/parts.h"
#include "common/crypto/pre_keys.h"
#include "common/wire/limits.h"

#include <algorithm>

namespace kith::client {

KITH_LOG_CATEGORY(logPreKeys, "kith.prekeys")

namespace {

constexpr milliseconds rotationLook { 3'600'000 };
constexpr std::uint64_t refillSpreadMs = 60'000; // security C14: the time of a refill says nothing about "online"

wire::PreKey publicHalf(const crypto::OneTimePreKey &key)
{
    return { key.id, key.publicKey, {} };
}
wire::PreKey publicHalf(const crypto::SignedPreKey &key)
{
    return { key.id, key.publicKey, key.signature };
}

} // namespace

Result<void> PreKeys::makeFirst()
{
    KITH_CHECK(makeSigned());
    return makeOneTime(wire::limits::preKeyStock);
}

Result<void> PreKeys::makeSigned()
{
    KITH_TRY(const auto self, parts_.database->account().load());
    KITH_TRY(const auto pair, parts_.database->crypto().identity.ownKeyPair());
    KITH_TRY(const auto key,
             crypto::generateSignedPreKey(pair, self->nextSignedId, static_cast<std::uint64_t>(toMs(parts_.now())),
                                          parts_.world.random));
    KITH_CHECK(parts_.database->crypto().signedPreKeys.store(key.id, key.record));
    const auto next = self->nextSignedId >= crypto::maxKeyId ? 1 : self->nextSignedId + 1;
    return parts_.database->account().setSignedIds(next, self->currentSignedId);
}

Result<void> PreKeys::makeOneTime(std::uint32_t count)
{
    KITH_TRY(const auto self, parts_.database->account().load());
    const auto first = self->nextPreKeyId;
    if (count == 0 || first + count - 1 > crypto::maxKeyId)
        return count == 0 ? Result<void> {} : Error { ErrorCode::full, "every prekey id was used" };
    KITH_TRY(const auto keys, crypto::generateOneTimePreKeys(first, count, parts_.world.random));
    KITH_FAILPOINT("c11");
    for (const auto &key : keys)
        KITH_CHECK(parts_.database->crypto().preKeys.store(key.id, key.record));
    return parts_.database->account().setNextPreKeyId(first + count);
}

Result<PreKeys::Batch> PreKeys::unconfirmed()
{
    Batch batch;
    KITH_TRY(const auto signedRecords, parts_.database->crypto().signedPreKeys.unconfirmed());
    for (const auto &record : signedRecords) { // the newest one counts
        KITH_TRY(const auto key, crypto::readSignedPreKey(record));
        if (!batch.signedPreKey || key.id > batch.signedPreKey->id)
            batch.signedPreKey = publicHalf(key);
    }
    KITH_TRY(const auto records, parts_.database->crypto().preKeys.unconfirmed(wire::limits::preKeysPerUpload));
    for (const auto &record : records) {
        KITH_TRY(const auto key, crypto::readOneTimePreKey(record));
        batch.preKeys.push_back(publicHalf(key));
    }
    return batch;
}

Result<void> PreKeys::confirm(const Batch &batch)
{
    for (const auto &key : batch.preKeys)
        KITH_CHECK(parts_.database->crypto().preKeys.confirm(key.id));
    if (!batch.signedPreKey)
        return {};
    const auto id = batch.signedPreKey->id;
    KITH_CHECK(parts_.database->crypto().signedPreKeys.confirm(id));
    KITH_CHECK(parts_.database->crypto().signedPreKeys.retireOthers(id, parts_.now()));
    KITH_TRY(const auto self, parts_.database->account().load());
    return parts_.database->account().setSignedIds(self->nextSignedId, id); // only now current (PK6)
}

Result<void> PreKeys::replaceAll()
{
    KITH_CHECK(parts_.database->crypto().preKeys.dropUnconfirmed());
    return makeFirst();
}

void PreKeys::afterReady(const wire::Ready &ready)
{
    const auto rotated = inTransaction(parts_, [&] { return rotateIfDue(ready.signedPreKeyId, signedAge); });
    if (!rotated)
        qCWarning(logPreKeys, "prekeys cannot be renewed: %s", rotated.error().detail.c_str());
    upload();
    stockIs(ready.preKeysLeft);
    rotateWhileOnline();
}

void PreKeys::rotateWhileOnline()
{
    rotation_ = parts_.world.timers.after(rotationLook, [this] {
        if (!parts_.connection->isOnline())
            return; // the next login looks
        const auto rotated = inTransaction(parts_, [&]() -> Result<void> {
            KITH_TRY(const auto self, parts_.database->account().load());
            return rotateIfDue(self ? self->currentSignedId : 0, signedAgeOnline);
        });
        if (!rotated)
            qCWarning(logPreKeys, "prekeys cannot be renewed: %s", rotated.error().detail.c_str());
        upload();
        rotateWhileOnline();
    });
}

Result<void> PreKeys::rotateIfDue(std::uint32_t theirSignedId, milliseconds age)
{
    auto &table = parts_.database->crypto().signedPreKeys;
    KITH_CHECK(table.dropRetired(parts_.now() - retiredKept));
    KITH_TRY(const auto waiting, table.unconfirmed());
    if (!waiting.empty())
        return {};
    KITH_TRY(const auto self, parts_.database->account().load());
    KITH_TRY(const auto made, table.made(self ? self->currentSignedId : 0));
    const bool theirs = self && theirSignedId == self->currentSignedId; // else its store was restored
    if (theirs && made && parts_.now() - *made < age)
        return {};
    return self ? makeSigned() : Result<void> {};
}

void PreKeys::stockIs(std::uint32_t left)
{
    left_ = left;
    if (left < static_cast<std::uint32_t>(wire::limits::preKeyLowMark))
        refillLater();
    else
        refill_.cancel();
}

void PreKeys::refillLater()
{
    if (refill_.isSet())
        return;
    const milliseconds delay { parts_.world.jitter.below(refillSpreadMs) };
    refill_ = parts_.world.timers.after(delay, [this] {
        refill_.cancel(); // the next one may be planned
        const auto made = inTransaction(parts_, [&]() -> Result<void> {
            KITH_TRY(const auto waiting, parts_.database->crypto().preKeys.unconfirmed(1));
            if (!waiting.empty())
                return {}; // they are the refill
            return makeOneTime(static_cast<std::uint32_t>(wire::limits::preKeyStock) - left_);
        });
        if (!made)
            qCWarning(logPreKeys, "prekeys cannot be made: %s", made.error().detail.c_str());
        upload();
    });
}

void PreKeys::upload()
{
    auto batch = unconfirmed();
    if (!batch || batch->isEmpty() || uploading_ || !parts_.connection->isOnline())
        return;
    uploading_ = true;
    KITH_FAILPOINT("c12");
    parts_.connection->request(wire::PublishPreKeys { batch->signedPreKey, batch->preKeys })
        .then(this, [this, sent = *batch](const auto &answer) { uploaded(sent, answer); });
}

void PreKeys::uploaded(const Batch &batch, const wire::Outcome<wire::ServerBody> &answer)
{
    uploading_ = false;
    KITH_FAILPOINT("c13");
    const auto settled = inTransaction(parts_, [&] { return settle(batch, answer); });
    if (!settled) {
        qCWarning(logPreKeys, "prekeys cannot be settled: %s", settled.error().detail.c_str());
    } else if (answer) {
        if (const auto *count = std::get_if<wire::PreKeyCount>(&*answer))
            stockIs(count->left);
        upload(); // what did not fit into one frame
    } else if (answer.error().code == wire::ErrorCode::tooLarge) {
        upload(); // what did not fit into the stock
    } else if (answer.error().code == wire::ErrorCode::conflict) {
        stockIs(0);
    }
}

Result<void> PreKeys::settle(const Batch &batch, const wire::Outcome<wire::ServerBody> &answer)
{
    if (answer)
        return confirm(batch);
    const auto code = answer.error().code;
    if (code != wire::ErrorCode::conflict && code != wire::ErrorCode::tooLarge)
        return {}; // again at the next connect (PK3)
    KITH_CHECK(parts_.database->crypto().preKeys.dropUnconfirmed());
    if (code == wire::ErrorCode::tooLarge)
        return {}; // the stock is full already (LIM9)
    return makeOneTime(static_cast<std::uint32_t>(batch.preKeys.size())); // PK2: those ids mean other keys there
}

} // namespace kith::client
