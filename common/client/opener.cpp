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
    const auto *list = parts_.directory->listOf(*row);
    const auto *entry = list ? list->find(envelope.sender.number) : nullptr;
    if (!entry || (entry->removed && *entry->removed < envelope.serverTime))
        return strange(envelope, *row, fresh);
    const auto header = parts_.sessions->peek(ciphertextOf(envelope));
    if (!header)
        return undecryptable(envelope, crypto::DecryptFailure::badMessage);
    // Read before the library processes it: another identity key must not reach its tables (C6, TR1).
    if (envelope.type == wire::CiphertextType::preKey && header->identityKey != entry->identityKey)
        return strange(envelope, *row, fresh);
    if (budget_.isSpent(envelope.sender, parts_.world.clock.monotonic()))
        return park(envelope, ParkReason::costly);
    const auto device = *entry; // the list's cache may move while effects run
    return decrypt(envelope, device, *header, fresh || seen);
}

Result<Opener::Verdict> Opener::decrypt(const wire::Envelope &envelope, const wire::DeviceEntry &entry,
                                        const crypto::CiphertextHeader &header, bool late)
{
    KITH_TRY(const auto self, parts_.database->account().self());
    KITH_TRY(const auto gaps, parts_.database->counters().gaps(envelope.sender.account, envelope.sender));
    KITH_TRY(auto savepoint, sql::Savepoint::begin(parts_.database->connection()));
    QByteArray bytes;
    wire::Content content;
    const auto check = [&](ByteView padded) -> Result<void> {
        KITH_TRY(bytes, crypto::unpad(padded));
        KITH_TRY(content, wire::decodeContent(bytes));
        return checkOrigin(content.header, { envelope.sender, self->account, envelope.mid });
    };
    const auto start = parts_.world.clock.monotonic();
    const auto opened = parts_.sessions->decrypt(envelope.sender, ciphertextOf(envelope), entry.identityKey, check,
                                                 static_cast<std::uint32_t>(gaps.size()));
    if (!opened) {
        savepoint.rollback();
        const auto end = parts_.world.clock.monotonic();
        budget_.spend(envelope.sender, end - start, end);
        return failed(envelope, opened.error());
    }
    const auto receipt = arrivals_.take({ envelope, late, entry.removed.has_value() }, content, bytes);
    if (!receipt && receipt.error().code == ErrorCode::invalid) {
        savepoint.rollback();
        qCWarning(logOpener, "refused a content: %s", receipt.error().detail.c_str());
        return Verdict {};
    }
    KITH_CHECK(receipt);
    KITH_CHECK(parts_.healing->opened(envelope.sender));
    KITH_CHECK(keepAlive(envelope, header, content.body));
    KITH_CHECK(parts_.database->seen().add(envelope.sender.account, envelope.mid, *receipt, parts_.now()));
    KITH_CHECK(savepoint.release());
    KITH_FAILPOINT("c8");
    return Verdict { *receipt, false, {} };
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
