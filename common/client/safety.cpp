// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/safety.h"

#include "common/client/contacts.h"
#include "common/client/courier.h"
#include "common/client/directory.h"
#include "common/client/document.h"
#include "common/client/event_log.h"
#include "common/client/inbox.h"
#include "common/client/parts.h"
#include "common/crypto/safety_number.h"
#include "common/crypto/signing_key.h"

namespace kith::client {

namespace {

Failure notWithOneself()
{
    return { FailureCode::invalid, "there is no safety number with oneself", {}, {} };
}

} // namespace

Safety::Safety(Parts &parts) : parts_(parts) { }

Task<Answer<SafetyView>> Safety::show(const std::string &address)
{
    return parts_.contacts->resolve(address).map(this, [this](Answer<Contact> contact) -> Answer<SafetyView> {
        return contact ? numbersWith(contact->account) : Answer<SafetyView>(contact.error());
    });
}

Answer<SafetyView> Safety::numbersWith(const AccountId &account) const
{
    KITH_TRY(const auto self, parts_.database->account().load());
    if (!self || account == self->device.account)
        return notWithOneself();
    KITH_TRY(const auto row, parts_.database->contacts().find(account));
    if (!row)
        return Failure { FailureCode::notFound, "that user was never looked up", {}, {} };
    KITH_TRY(const auto own, crypto::SigningKey::fromSeed(self->accountSeed.view()));
    KITH_TRY(const auto theirs, Ed25519PublicKey::from(row->candidateKey.value_or(row->accountKey)));
    KITH_TRY(const auto number, crypto::safetyNumber(self->device.account, own.publicKey(), account, theirs));
    return SafetyView { parts_.names.user(account), number.digits, number.scannable, row->trust };
}

Answer<bool> Safety::compare(const std::string &address, const QByteArray &scanned)
{
    KITH_TRY(const auto contact, parts_.contacts->find(address));
    KITH_TRY(const auto number, numbersWith(contact.account));
    const auto fits = crypto::compareScannable(number.scannable, scanned);
    if (!fits)
        return Failure { fits.error().code == ErrorCode::unsupported ? FailureCode::unsupported : FailureCode::invalid,
                         fits.error().detail,
                         "scan the other person's safety number",
                         {} };
    return *fits;
}

Answer<Trust> Safety::verify(const std::string &address, const std::string &digits)
{
    KITH_TRY(const auto contact, parts_.contacts->find(address));
    KITH_TRY(const auto number, numbersWith(contact.account));
    if (number.state == Trust::changed)
        return Failure { FailureCode::untrustedIdentity,
                         "the account key changed and was not accepted",
                         "accept it first: kith safety reset " + number.user,
                         {} };
    if (!digits.empty() && digits != number.digits)
        return Failure { FailureCode::untrustedIdentity,
                         "the safety numbers differ",
                         "somebody may be in between; do not send anything",
                         {} };
    KITH_CHECK(inTransaction(parts_, [&]() -> Result<void> {
        KITH_CHECK(parts_.database->contacts().setTrust(contact.account, Trust::verified));
        KITH_CHECK(parts_.courier->applyTrust(contact.account)); // strict mode held it
        return announce(contact.account);
    }));
    return Trust::verified;
}

Answer<Trust> Safety::reset(const std::string &address)
{
    KITH_TRY(const auto contact, parts_.contacts->find(address));
    if (contact.trust == Trust::changed) {
        KITH_CHECK(inTransaction(parts_, [&] { return accept(contact.account); }));
        parts_.inbox->retryParked(contact.account);
    } else {
        KITH_CHECK(inTransaction(parts_, [&]() -> Result<void> {
            KITH_CHECK(parts_.database->contacts().setTrust(contact.account, Trust::tofu));
            return parts_.courier->applyTrust(contact.account);
        }));
    }
    return Trust::tofu;
}

/// The new key is pinned; nothing that was made with the old one is used again (security C7).
Result<void> Safety::accept(const AccountId &account)
{
    KITH_TRY(auto row, parts_.database->contacts().find(account));
    if (!row)
        return {};
    if (row->candidateKey && *row->candidateKey != row->accountKey) {
        const auto list = parts_.directory->candidateListOf(*row);
        row->accountKey = *row->candidateKey;
        row->list = list ? *row->candidateList : QByteArray {}; // without one the next refresh brings it
        row->listSignature = list ? *row->candidateSignature : QByteArray {};
        row->listVersion = list ? list->version : 0;
        row->keysSent = 0; // that installation holds none of ours
        row->ownEphemeralKey.reset();
        KITH_CHECK(parts_.database->counters().forgetPeers(account)); // it counts anew
        KITH_TRY(const auto devices, parts_.database->crypto().sessions.devicesOf(account));
        for (const auto number : devices)
            KITH_CHECK(parts_.sessions->archiveSession({ account, number }));
        // Sealed for the old key's devices: these ciphertexts never left, or were refused.
        KITH_TRY(const auto letters, parts_.database->outbox().ofChat(account));
        for (const auto &letter : letters)
            KITH_CHECK(parts_.database->outbox().seal(letter.id, {}));
        KITH_CHECK(parts_.database->outbox().dropAside(account));
    }
    row->candidateKey.reset();
    row->candidateList.reset();
    row->candidateSignature.reset();
    row->wasVerified = false;
    row->trust = Trust::tofu;
    KITH_CHECK(parts_.database->contacts().save(*row));
    KITH_CHECK(parts_.courier->applyTrust(account));
    return announce(account);
}

Result<void> Safety::announce(const AccountId &account)
{
    KITH_TRY(const auto row, parts_.database->contacts().find(account));
    if (!row)
        return {};
    return parts_.events->append("contact.updated", account, account,
                                 contactEventBody(toContact(*row, parts_.directory->listOf(*row)), parts_.names));
}

} // namespace kith::client
