// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/sealer.h"

#include "common/base/failpoint.h"
#include "common/client/courier.h"
#include "common/client/directory.h"
#include "common/client/parts.h"
#include "common/client/rollback_guard.h"
#include "common/crypto/padding.h"

#include <algorithm>

namespace kith::client {

namespace {

int wireType(crypto::CiphertextType type)
{
    return static_cast<int>(type == crypto::CiphertextType::preKey ? wire::CiphertextType::preKey
                                                                   : wire::CiphertextType::message);
}

} // namespace

Result<Sealer::Outcome> Sealer::seal(const store::OutboxRow &letter)
{
    KITH_TRY(const auto row, parts_.database->contacts().find(letter.chat));
    KITH_TRY(const auto self, parts_.database->account().load());
    if (!row || !self)
        return Outcome::nobody;
    if (row->isHeld(self->strictTrust)) {
        KITH_CHECK(parts_.courier->applyTrust(letter.chat));
        return Outcome::held;
    }
    const auto *list = parts_.directory->listOf(*row);
    if (!list)
        return Outcome::needsSessions;
    KITH_TRY(auto ciphers, parts_.database->outbox().ciphers(letter.id));
    KITH_TRY(const auto padded, crypto::pad(viewOf(letter.content)));
    std::vector<store::CipherRow> fresh;
    const auto &excluded = excluded_[letter.id];
    for (const auto &entry : list->devices) {
        const DeviceId device { letter.chat, entry.number };
        const auto is = [&](const store::CipherRow &cipher) { return cipher.device == device; };
        const auto has = std::find_if(ciphers.begin(), ciphers.end(), is);
        if (entry.removed || excluded.contains(entry.number))
            continue;
        if (has != ciphers.end()) {
            has->listVersion = list->version;
            fresh.push_back(*has);
            continue;
        }
        KITH_TRY(auto cipher, encrypt(device, padded, entry, list->version));
        if (!cipher)
            return Outcome::needsSessions;
        fresh.push_back(std::move(*cipher));
    }
    if (fresh.empty())
        return Outcome::nobody;
    KITH_CHECK(parts_.database->outbox().seal(letter.id, fresh));
    KITH_CHECK(parts_.rollbackGuard->raise());
    return Outcome::sealed;
}

Result<std::optional<store::CipherRow>> Sealer::encrypt(const DeviceId &device, const QByteArray &padded,
                                                        const wire::DeviceEntry &entry, std::uint64_t listVersion)
{
    using Found = std::optional<store::CipherRow>;
    KITH_TRY(const bool ready, parts_.sessions->hasSession(device));
    if (!ready)
        return Found {};
    auto cipher = parts_.sessions->encrypt(device, viewOf(padded), entry.identityKey);
    if (!cipher && cipher.error().code == ErrorCode::untrusted) {
        KITH_CHECK(parts_.sessions->archiveSession(device)); // made with a key that the list no longer names
        return Found {};
    }
    KITH_CHECK(cipher);
    return Found { { device, listVersion, wireType(cipher->type), cipher->bytes } };
}

Result<std::vector<std::uint16_t>> Sealer::withoutSession(const AccountId &account)
{
    std::vector<std::uint16_t> missing;
    KITH_TRY(const auto row, parts_.database->contacts().find(account));
    const auto *list = row ? parts_.directory->listOf(*row) : nullptr;
    if (!list)
        return missing;
    for (const auto number : list->active()) {
        KITH_TRY(const bool has, parts_.sessions->hasSession({ account, number }));
        if (!has)
            missing.push_back(number);
    }
    return missing;
}

} // namespace kith::client
