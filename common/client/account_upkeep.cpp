// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/account.h"

#include "common/base/log.h"
#include "common/client/connection.h"
#include "common/client/parts.h"
#include "common/crypto/profile_seal.h"
#include "common/crypto/signing_key.h"
#include "common/wire/content/content.h"

namespace kith::client {

KITH_LOG_CATEGORY(logUpkeep, "kith.account.upkeep")

void Account::renewDeviceList(const wire::Ready &ready)
{
    const auto row = parts_.database->account().load();
    if (!row || !*row)
        return;
    if (ready.listVersion > (*row)->listVersion) { // a reply was lost, or the profile is an older copy
        adoptOwnList();
        return;
    }
    const auto renewed = [&]() -> Result<void> {
        KITH_TRY(const auto key, crypto::SigningKey::fromSeed((*row)->accountSeed.view()));
        KITH_TRY(const auto signature, Ed25519Signature::from((*row)->listSignature));
        KITH_TRY(auto list,
                 wire::verifyDeviceList({ (*row)->list, signature }, (*row)->device.account, key.publicKey()));
        if (parts_.now() - list.issued < wire::deviceListRenewal)
            return {};
        return signNewList(list);
    }();
    if (!renewed)
        qCWarning(logUpkeep, "the device list cannot be renewed: %s", renewed.error().detail.c_str());
}

Result<void> Account::signNewList(const wire::DeviceList &old)
{
    KITH_TRY(const auto row, parts_.database->account().load());
    KITH_TRY(const auto key, crypto::SigningKey::fromSeed(row->accountSeed.view()));
    auto list = old;
    ++list.version;
    list.issued = parts_.now();
    list.expires = list.issued + wire::deviceListLifetime;
    wire::SignedDeviceList fresh;
    fresh.list = wire::encodeDeviceList(list);
    KITH_TRY(fresh.signature, key.sign(wire::deviceListContext, viewOf(fresh.list)));
    parts_.connection->request(wire::PublishDeviceList { fresh })
        .then(this, [this, fresh, version = list.version](const auto &answer) {
            if (!answer) {
                if (answer.error().code == wire::ErrorCode::conflict)
                    adoptOwnList();
                return;
            }
            if (const auto kept = parts_.database->account().setList(fresh.list, fresh.signature.bytes(), version);
                !kept)
                qCWarning(logUpkeep, "the new device list is not kept: %s", kept.error().detail.c_str());
        });
    return {};
}

/// The server holds a newer list of ours: one that this account key signed is ours.
void Account::adoptOwnList()
{
    const auto self = parts_.database->account().self();
    if (!self || !*self)
        return;
    parts_.connection->request(wire::LookupAccount { (*self)->account }).then(this, [this](const auto &answer) {
        const auto *info = answer ? std::get_if<wire::AccountInfo>(&*answer) : nullptr;
        const auto row = parts_.database->account().load();
        if (!info || !row || !*row)
            return;
        const auto key = crypto::SigningKey::fromSeed((*row)->accountSeed.view());
        if (!key)
            return;
        const auto list = wire::verifyDeviceList(info->devices, (*row)->device.account, key->publicKey());
        if (!list || list->version <= (*row)->listVersion)
            return;
        if (const auto kept =
                parts_.database->account().setList(info->devices.list, info->devices.signature.bytes(), list->version);
            !kept)
            qCWarning(logUpkeep, "the newer device list is not kept: %s", kept.error().detail.c_str());
    });
}

void Account::publishProfile()
{
    const auto row = parts_.database->account().load();
    if (publishing_ || !row || !*row || !(*row)->profilePending || !parts_.connection->isOnline())
        return;
    const auto bytes = wire::encode(wire::ProfileContent { (*row)->displayName, (*row)->about, {} });
    const auto version = (*row)->profileVersion;
    auto sealed = crypto::sealProfile((*row)->profileKey.view(), (*row)->device.account, version, viewOf(bytes),
                                      parts_.world.random);
    if (!sealed) {
        qCWarning(logUpkeep, "the profile cannot be sealed: %s", sealed.error().detail.c_str());
        return;
    }
    publishing_ = true;
    parts_.connection->request(wire::SetProfile { version, *sealed }).then(this, [this, version](const auto &answer) {
        publishing_ = false;
        profilePublished(version, answer);
    });
}

void Account::profilePublished(std::uint64_t version, const wire::Outcome<wire::ServerBody> &answer)
{
    const bool newer = !answer && answer.error().code == wire::ErrorCode::conflict;
    if (!answer && !newer)
        return; // again at the next login
    const auto settled = inTransaction(parts_, [&]() -> Result<void> {
        KITH_TRY(const auto row, parts_.database->account().load());
        if (!row)
            return {};
        if (newer) // the server holds a later one: from an older copy of this profile, or a lost reply
            return parts_.database->account().setProfileState(row->profileVersion + 1, true);
        return row->profileVersion == version ? parts_.database->account().setProfileState(version, false)
                                              : Result<void> {};
    });
    if (!settled)
        qCWarning(logUpkeep, "the profile's state is not kept: %s", settled.error().detail.c_str());
    else if (!newer)
        publishProfile(); // it changed meanwhile
}

} // namespace kith::client
