// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/opener.h"

#include "common/base/failpoint.h"
#include "common/base/log.h"
#include "common/client/composer.h"
#include "common/client/content_check.h"
#include "common/client/directory.h"
#include "common/client/healing.h"
#include "common/client/parts.h"
#include "common/crypto/padding.h"

#include <algorithm>

namespace kith::client {

KITH_LOG_CATEGORY(logOpener, "kith.opener")

namespace {

constexpr std::uint32_t longChain = 53; // security C10

crypto::Ciphertext ciphertextOf(const wire::Envelope &envelope)
{
    const bool preKey = envelope.type == wire::CiphertextType::preKey;
    return { preKey ? crypto::CiphertextType::preKey : crypto::CiphertextType::message, envelope.content };
}

/// Empty messages, receipts and requests are never answered (security C10).
bool isAnswerable(const wire::ContentBody &body)
{
    return wire::isCounted(body) || std::holds_alternative<wire::Resent>(body);
}

} // namespace

Result<Opener::Verdict> Opener::open(const wire::Envelope &envelope, bool fresh)
{
    KITH_TRY(const auto seen, parts_.database->seen().find(envelope.sender.account, envelope.mid));
    if (seen) {
        // A forged message may have come first under the honest one's id: a placeholder gets another chance.
        KITH_TRY(const auto shown, parts_.database->messages().find(envelope.sender.account, envelope.mid));
        if (!shown || shown->kind != MessageKind::undecryptable)
            return Verdict { *seen, false, {} }; // ST13
    }
    KITH_TRY(const auto row, parts_.database->contacts().find(envelope.sender.account));
    if (!row)
        return park(envelope, ParkReason::unknownDevice);
    const auto header = parts_.sessions->peek(ciphertextOf(envelope));
    const auto devices = devicesOf(envelope, *row, header ? header->identityKey : QByteArray {});
    if (devices.empty())
        return strange(envelope, *row, fresh);
    if (!header)
        return undecryptable(envelope, crypto::DecryptFailure::badMessage);
    if (budget_.isSpent(envelope.sender, parts_.world.clock.monotonic()))
        return park(envelope, ParkReason::costly);
    return decrypt(envelope, devices, *header, fresh || seen);
}

/// The sender's device as a verified list names it, with the identity key that a prekey message brings: read before the
/// library processes it, so that no other key reaches its tables (C6, TR1). Of a contact whose account key changed, and
/// whose old one nobody had verified, the list of the new key counts as well: only sending to it waits (C7).
std::vector<Opener::Device> Opener::devicesOf(const wire::Envelope &envelope, const store::ContactRow &row,
                                              const QByteArray &identityKey)
{
    std::vector<Device> devices;
    const auto candidate = row.wasVerified ? std::nullopt : parts_.directory->candidateListOf(row);
    for (const auto *list : { parts_.directory->listOf(row), candidate ? &*candidate : nullptr }) {
        const auto *entry = list ? list->find(envelope.sender.number) : nullptr;
        const bool isGone = entry && entry->removed && *entry->removed < envelope.serverTime;
        if (entry && !isGone && (identityKey.isEmpty() || identityKey == entry->identityKey))
            devices.push_back({ *entry, candidate && list == &*candidate });
    }
    return devices;
}

Result<Opener::Verdict> Opener::decrypt(const wire::Envelope &envelope, const std::vector<Device> &devices,
                                        const crypto::CiphertextHeader &header, bool late)
{
    crypto::DecryptError error;
    for (const auto &device : devices) {
        KITH_TRY(auto savepoint, sql::Savepoint::begin(parts_.database->connection()));
        QByteArray bytes;
        wire::Content content;
        const auto start = parts_.world.clock.monotonic();
        const auto opened = unseal(envelope, device.entry.identityKey, bytes, content);
        if (!opened) {
            savepoint.rollback();
            error = opened.error();
            if (error.failure == crypto::DecryptFailure::store)
                return Error(error);
            const auto end = parts_.world.clock.monotonic();
            budget_.spend(envelope.sender, end - start, end);
            if (error.failure == crypto::DecryptFailure::aborted)
                break; // it did open, and is not what its envelope says (C17)
            continue;
        }
        const Arrived arrived { envelope, late, device.entry.removed.has_value(), device.underNewKey };
        const auto receipt = arrivals_.take(arrived, content, bytes);
        if (!receipt && receipt.error().code == ErrorCode::invalid) {
            savepoint.rollback();
            qCWarning(logOpener, "refused a content: %s", receipt.error().detail.c_str());
            return Verdict {};
        }
        KITH_CHECK(receipt);
        KITH_CHECK(settle(envelope, header, content.body, *receipt));
        KITH_CHECK(savepoint.release());
        KITH_FAILPOINT("c8");
        return Verdict { *receipt, false, {} };
    }
    return failed(envelope, error);
}

Result<void, crypto::DecryptError> Opener::unseal(const wire::Envelope &envelope, const QByteArray &identityKey,
                                                  QByteArray &bytes, wire::Content &content)
{
    const auto ofStore = [](const Error &error) {
        return crypto::DecryptError { error, crypto::DecryptFailure::store };
    };
    const auto self = parts_.database->account().self();
    const auto gaps = parts_.database->counters().gaps(envelope.sender.account, envelope.sender);
    if (!self || !gaps)
        return ofStore(self ? gaps.error() : self.error());
    const auto check = [&](ByteView padded) -> Result<void> {
        KITH_TRY(bytes, crypto::unpad(padded));
        KITH_TRY(content, wire::decodeContent(bytes));
        return checkOrigin(content.header, { envelope.sender, (*self)->account, envelope.mid });
    };
    return parts_.sessions->decrypt(envelope.sender, ciphertextOf(envelope), identityKey, check,
                                    static_cast<std::uint32_t>(gaps->size()));
}

/// What an opened envelope leaves beside its effects.
Result<void> Opener::settle(const wire::Envelope &envelope, const crypto::CiphertextHeader &header,
                            const wire::ContentBody &body, bool receipt)
{
    KITH_CHECK(parts_.healing->opened(envelope.sender));
    KITH_CHECK(keepAlive(envelope, header, body));
    return parts_.database->seen().add(envelope.sender.account, envelope.mid, receipt, parts_.now());
}

Result<Opener::Verdict> Opener::failed(const wire::Envelope &envelope, const crypto::DecryptError &error)
{
    switch (error.failure) {
    case crypto::DecryptFailure::store:
        return Error(error);
    case crypto::DecryptFailure::aborted: // C17: not a message that went wrong but one that is wrong
        qCWarning(logOpener, "refused a content: %s", error.detail.c_str());
        return Verdict {};
    case crypto::DecryptFailure::duplicate:
    case crypto::DecryptFailure::noSession:
    case crypto::DecryptFailure::badMessage:
    case crypto::DecryptFailure::untrusted:
    case crypto::DecryptFailure::tooCostly:
    case crypto::DecryptFailure::noPreKey:
    case crypto::DecryptFailure::unsupported:
    case crypto::DecryptFailure::internal:
        break;
    }
    return undecryptable(envelope, error.failure);
}

Result<Opener::Verdict> Opener::undecryptable(const wire::Envelope &envelope, crypto::DecryptFailure failure)
{
    qCWarning(logOpener, "a message does not open: %s", crypto::toString(failure));
    KITH_TRY(const auto known, parts_.database->seen().find(envelope.sender.account, envelope.mid));
    if (known)
        return Verdict {}; // counted the first time
    KITH_CHECK(arrivals_.placeholder(envelope));
    KITH_CHECK(parts_.healing->failed(envelope.sender, failure));
    KITH_CHECK(parts_.database->seen().add(envelope.sender.account, envelope.mid, false, parts_.now()));
    return Verdict {};
}

/// The sender's device, or its key, is not in the list that we hold.
Result<Opener::Verdict> Opener::strange(const wire::Envelope &envelope, const store::ContactRow &row, bool fresh)
{
    if (row.trust == Trust::changed)
        return park(envelope, ParkReason::changedIdentity);
    if (!fresh)
        return park(envelope, ParkReason::unknownDevice);
    qCWarning(logOpener, "refused a message of a device that the signed list does not name"); // EV4
    KITH_CHECK(addWarning(parts_, row.account,
                          "A message was refused: its device is not one of " + parts_.names.shown(row.account)));
    KITH_CHECK(parts_.database->seen().add(envelope.sender.account, envelope.mid, false, parts_.now()));
    return Verdict {};
}

Result<Opener::Verdict> Opener::park(const wire::Envelope &envelope, ParkReason reason)
{
    KITH_TRY(const auto peer, parts_.database->parked().totals(envelope.sender.account));
    KITH_TRY(const auto all, parts_.database->parked().totals());
    const auto more = static_cast<std::int64_t>(envelope.content.size());
    if (peer.count >= parkedPerPeer || peer.bytes + more > parkedBytesPerPeer || all.count >= parkedInAll
        || all.bytes + more > parkedBytesInAll) {
        KITH_CHECK(arrivals_.placeholder(envelope));
        return Verdict {};
    }
    store::ParkedRow row;
    row.sender = envelope.sender;
    row.mid = envelope.mid;
    row.sid = envelope.sid;
    row.serverTime = envelope.serverTime;
    row.type = static_cast<int>(envelope.type);
    row.content = envelope.content;
    row.reason = static_cast<int>(reason);
    row.at = parts_.now();
    KITH_CHECK(parts_.database->parked().add(row));
    return Verdict { false, true, reason };
}

Result<void> Opener::keepAlive(const wire::Envelope &envelope, const crypto::CiphertextHeader &header,
                               const wire::ContentBody &body)
{
    const bool firstOfSession = envelope.type == wire::CiphertextType::preKey;
    if (!isAnswerable(body) || (!firstOfSession && header.counter < longChain))
        return {};
    const auto chain =
        firstOfSession ? header.baseKey : header.ratchetKey + QByteArray::number(header.counter / longChain);
    if (answered_[envelope.sender] == chain)
        return {};
    answered_[envelope.sender] = chain;
    KITH_TRY(const auto waiting, parts_.database->outbox().ofChat(envelope.sender.account));
    if (std::any_of(waiting.begin(), waiting.end(), [](const auto &letter) { return !letter.sealed; }))
        return {}; // whatever goes out next turns the ratchet as well
    return parts_.composer->queueQuietly(envelope.sender.account, wire::KeepAlive {});
}

} // namespace kith::client
