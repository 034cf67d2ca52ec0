// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/account.h"

#include "common/base/log.h"
#include "common/client/connection.h"
#include "common/client/parts.h"
#include "common/client/pre_keys.h"
#include "common/client/refusal.h"
#include "common/client/rollback_guard.h"
#include "common/crypto/identity_key.h"
#include "common/crypto/signing_key.h"
#include "common/wire/codec.h"
#include "common/wire/limits.h"

namespace kith::client {

KITH_LOG_CATEGORY(logRegistration, "kith.registration")

namespace {

/// The first list: one device, certified by the account key and agreeing to belong to it (security KEY1, KEY3).
Result<wire::SignedDeviceList> firstList(store::AccountRow &row, const crypto::SigningKey &accountKey,
                                         const crypto::SigningKey &signingKey, const crypto::IdentityKeyPair &identity,
                                         Random &random)
{
    const auto account = row.device.account;
    wire::DeviceEntry entry;
    entry.number = row.device.number;
    entry.identityKey = identity.publicKey;
    entry.signingKey = signingKey.publicKey();
    entry.added = row.created;
    KITH_TRY(entry.certificate,
             accountKey.sign(wire::certificateContext, viewOf(wire::certificateBytes(account, entry))));
    KITH_TRY(entry.counterSignature,
             crypto::signWithIdentity(identity, wire::counterSignatureContext,
                                      viewOf(wire::counterSignatureBytes(account, accountKey.publicKey(), entry)),
                                      random));
    wire::DeviceList list { account, 1, row.created, row.created + wire::deviceListLifetime, { entry } };
    wire::SignedDeviceList out;
    out.list = wire::encodeDeviceList(list);
    KITH_TRY(out.signature, accountKey.sign(wire::deviceListContext, viewOf(out.list)));
    return out;
}

/// Refusals that another try with the same frame cannot change.
bool isFinal(wire::ErrorCode code)
{
    return !wire::isRetryable(code) && code != wire::ErrorCode::unknown;
}

} // namespace

Task<Answer<AccountView>> Account::registerAccount(Registration wish)
{
    using Started = Task<Answer<AccountView>>;
    if (registering_)
        return Started::ready(Failure { FailureCode::invalid, "a registration is running already", {}, {} });
    if (const auto prepared = prepareRegistration(wish); !prepared)
        return Started::ready(prepared.error());
    registering_.emplace();
    auto task = registering_->task();
    parts_.connection->start();
    parts_.connection->hurry();
    return task;
}

Answer<void> Account::prepareRegistration(const Registration &wish)
{
    if (wish.name.empty() || wish.name.size() > wire::limits::nameBytes)
        return Failure { FailureCode::invalid, "a user name has 1 to 32 characters", {}, {} };
    return inTransaction(parts_, [&]() -> Answer<void> {
        KITH_TRY(const auto row, parts_.database->account().load());
        if (row && row->state != AccountState::registering)
            return Failure { FailureCode::refused,
                             "this profile has an account already",
                             "use another profile: kith -p NAME register",
                             {} };
        const auto server = wish.server.toText().toStdString();
        if (row && row->name == wish.name && row->server == server && row->invite == wish.invite)
            return {}; // the same keys again: the reply may have been lost
        if (row)
            KITH_CHECK(parts_.database->account().remove());
        KITH_CHECK(makeAccount(wish));
        return {};
    });
}

Result<void> Account::makeAccount(const Registration &wish)
{
    auto &random = parts_.world.random;
    store::AccountRow row;
    KITH_TRY(row.device.account, random.id<AccountId>());
    row.device.number = 1;
    row.name = wish.name;
    row.state = AccountState::registering;
    row.server = wish.server.toText().toStdString();
    row.invite = wish.invite;
    row.displayName = wish.displayName;
    row.created = parts_.now();
    KITH_TRY(const auto accountKey, crypto::SigningKey::generate(random));
    KITH_TRY(const auto signingKey, crypto::SigningKey::generate(random));
    KITH_TRY(const auto identity, crypto::generateIdentityKeyPair(random));
    row.accountSeed = accountKey.seed();
    row.signingSeed = signingKey.seed();
    row.identityPublic = identity.publicKey;
    row.identityPrivate = identity.privateKey.clone();
    KITH_TRY(row.registrationId, crypto::generateRegistrationId(random));
    KITH_TRY(row.profileKey, SecretBytes::random(32, random));
    row.profileVersion = wish.displayName.empty() ? 0 : 1;
    row.profilePending = !wish.displayName.empty();
    KITH_TRY(const auto list, firstList(row, accountKey, signingKey, identity, random));
    row.list = list.list;
    row.listSignature = list.signature.bytes();
    row.listVersion = 1;
    KITH_CHECK(parts_.database->account().save(row));
    return parts_.preKeys->replaceAll();
}

std::optional<net::ServerAddress> Account::dialAddress() const
{
    const auto row = parts_.database->account().load();
    if (!row || !*row)
        return {};
    const bool mayDial = (*row)->state == AccountState::registered
        || ((*row)->state == AccountState::registering && registering_.has_value());
    if (!mayDial)
        return {};
    auto address = net::ServerAddress::parse(QString::fromStdString((*row)->server));
    if (!address)
        return {};
    return *address;
}

Answer<wire::ClientBody> Account::loginFrame(const wire::ServerHello &hello, const wire::Challenge &challenge,
                                             const QByteArray &certificateHash)
{
    KITH_TRY(const auto row, parts_.database->account().load());
    if (!row)
        return Failure { FailureCode::unregistered, "this profile has no account", {}, {} };
    if (row->serverId && *row->serverId != hello.serverId.bytes())
        return Failure { FailureCode::untrustedIdentity,
                         "this is not the server that the account was made at",
                         "was the server installed anew? its operator has to restore its key",
                         {} };
    KITH_TRY(const auto key, crypto::SigningKey::fromSeed(row->signingSeed.view()));
    KITH_TRY(const auto login,
             key.sign(wire::loginContext,
                      viewOf(wire::loginBytes(hello.serverId, challenge, row->device, certificateHash))));
    if (row->state == AccountState::registering)
        return registerFrame(*row, login);
    return wire::ClientBody { wire::Authenticate { row->device, login } };
}

Answer<wire::ClientBody> Account::registerFrame(const store::AccountRow &row, const Ed25519Signature &login)
{
    KITH_TRY(const auto batch, parts_.preKeys->unconfirmed());
    if (!batch.signedPreKey)
        return Failure { FailureCode::internal, "an account without a signed prekey", {}, {} };
    KITH_TRY(const auto key, crypto::SigningKey::fromSeed(row.accountSeed.view()));
    wire::Register frame;
    frame.name = row.name;
    frame.invite = row.invite;
    frame.account = row.device.account;
    frame.accountKey = key.publicKey();
    frame.devices.list = row.list;
    KITH_TRY(frame.devices.signature, Ed25519Signature::from(row.listSignature));
    frame.registrationId = row.registrationId;
    frame.signedPreKey = *batch.signedPreKey;
    frame.preKeys = batch.preKeys;
    frame.login = login;
    return wire::ClientBody { std::move(frame) };
}

Result<void> Account::loginAccepted(const wire::ServerHello &hello, const wire::Ready &ready)
{
    bool first = false;
    KITH_CHECK(inTransaction(parts_, [&]() -> Result<void> {
        KITH_TRY(const auto row, parts_.database->account().load());
        if (!row)
            return Error { ErrorCode::notFound, "a login without an account" };
        first = row->state == AccountState::registering;
        if (first) {
            KITH_TRY(const auto batch, parts_.preKeys->unconfirmed());
            KITH_CHECK(parts_.preKeys->confirm(batch));
            KITH_CHECK(parts_.database->account().setServerId(hello.serverId.bytes()));
            KITH_CHECK(parts_.database->account().setRegistered(AccountState::registered));
        }
        if (row->qepoch != ready.qepoch.value) // another life of the queue: all of it comes again (delivery ID3)
            KITH_CHECK(parts_.database->account().setQueue(ready.qepoch.value, 0));
        return {};
    }));
    KITH_TRY([[maybe_unused]] const bool reset, parts_.rollbackGuard->check(ready));
    if (auto waiting = std::exchange(registering_, std::nullopt))
        waiting->complete(show());
    return {};
}

Failure Account::loginRefused(const wire::Fault &fault)
{
    const auto row = parts_.database->account().load();
    if (row && *row && (*row)->state == AccountState::registering) {
        const auto failure = fromRegistration(fault);
        if (isFinal(fault.code)) { // these keys were never an account's
            if (const auto cleared = parts_.database->clear(); !cleared)
                qCWarning(logRegistration, "the refused account stays: %s", cleared.error().detail.c_str());
        }
        if (auto waiting = std::exchange(registering_, std::nullopt))
            waiting->complete(failure);
        return failure;
    }
    if (fault.code == wire::ErrorCode::unauthenticated || fault.code == wire::ErrorCode::notFound)
        signedOut("the server no longer knows this device");
    return fromFault(fault, "account");
}

} // namespace kith::client
