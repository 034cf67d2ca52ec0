// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Receiving: what of a ciphertext is refused before the library sees it, and the decryption itself.
#include "common/crypto/library_context.h"
#include "common/crypto/session_cipher.h"

#include <signal/protocol.h>
#include <signal/session_cipher.h>

#include <algorithm>

namespace kith::crypto {

namespace {

using Cipher = Owned<session_cipher, session_cipher_free>;

constexpr std::uint8_t versionByte = 0x33; ///< made by 3, readable by 3 (C24)
constexpr qsizetype maxCiphertextSize = 128 * 1024;

/// A ciphertext in the library's objects. `message` is borrowed from `preKeyMessage` when there is one.
struct Parsed {
    Ref<pre_key_signal_message> preKeyMessage;
    Ref<signal_message> ownedMessage;
    signal_message *message = nullptr;
    CiphertextHeader header;
};

Error malformed()
{
    return { ErrorCode::invalid, "a malformed ciphertext" };
}

Error unsupported()
{
    return { ErrorCode::unsupported, "a ciphertext of another version" };
}

Result<void> readPreKeyPart(Parsed &parsed)
{
    const auto *message = parsed.preKeyMessage.get();
    parsed.message = pre_key_signal_message_get_signal_message(message);
    auto &header = parsed.header;
    header.identityKey = serialized(pre_key_signal_message_get_identity_key(message));
    header.baseKey = serialized(pre_key_signal_message_get_base_key(message));
    header.registrationId = pre_key_signal_message_get_registration_id(message);
    header.signedPreKeyId = pre_key_signal_message_get_signed_pre_key_id(message);
    if (pre_key_signal_message_has_pre_key_id(message))
        header.preKeyId = pre_key_signal_message_get_pre_key_id(message);
    KITH_CHECK(checkPublicKey(header.identityKey));
    KITH_CHECK(checkPublicKey(header.baseKey));
    const bool idsFit =
        header.preKeyId.value_or(0) <= maxKeyId && *header.signedPreKeyId <= maxKeyId && header.registrationId <= 16380;
    return idsFit ? Result<void>() : malformed();
}

Result<Parsed> parse(const Ciphertext &ciphertext, signal_context *context)
{
    if (ciphertext.bytes.isEmpty() || ciphertext.bytes.size() > maxCiphertextSize)
        return malformed();
    const auto bytes = viewOf(ciphertext.bytes);
    if (bytes.front() != versionByte)
        return unsupported();
    Parsed parsed;
    int code = SG_ERR_INVALID_MESSAGE;
    if (ciphertext.type == CiphertextType::preKey)
        code = pre_key_signal_message_deserialize(Out(parsed.preKeyMessage), bytes.data(), bytes.size(), context);
    else if (ciphertext.type == CiphertextType::message)
        code = signal_message_deserialize(Out(parsed.ownedMessage), bytes.data(), bytes.size(), context);
    if (code < 0)
        return malformed();
    parsed.message = parsed.ownedMessage.get();
    if (parsed.preKeyMessage)
        KITH_CHECK(readPreKeyPart(parsed));
    if (!parsed.message)
        return malformed();
    if (signal_message_get_message_version(parsed.message) != CIPHERTEXT_CURRENT_VERSION)
        return unsupported();
    parsed.header.counter = signal_message_get_counter(parsed.message);
    parsed.header.ratchetKey = serialized(signal_message_get_sender_ratchet_key(parsed.message));
    KITH_CHECK(checkPublicKey(parsed.header.ratchetKey));
    return parsed;
}

DecryptError refused(DecryptFailure failure, ErrorCode code, const char *what)
{
    return { { code, what }, failure };
}

DecryptError refused(DecryptFailure failure, Error error)
{
    return { std::move(error), failure };
}

using States = std::vector<const StateView *>;

/// The states that `header` can belong to: those of its session, of the expected identity.
Result<States, DecryptError> candidates(const RecordView &record, const CiphertextHeader &header,
                                        const QByteArray &identity)
{
    const bool begins = !header.baseKey.isEmpty();
    const auto all = record.usable();
    if (all.empty() && !begins)
        return refused(DecryptFailure::noSession, ErrorCode::notFound, "no session");
    States states;
    for (const auto *state : all) {
        const bool sameSession = !begins || std::ranges::equal(state->baseKey, viewOf(header.baseKey));
        if (sameSession && std::ranges::equal(state->remoteIdentity, viewOf(identity)))
            states.push_back(state);
    }
    if (states.empty() && !begins)
        return refused(DecryptFailure::untrusted, ErrorCode::untrusted, "a session of another identity key");
    return states;
}

/// Keeps the states that know the chain, if there are any, so that forged messages cost one derivation run at most; and
/// refuses what would cost too much (C9, TR3).
Result<States, DecryptError> affordable(const States &states, const CiphertextHeader &header, std::uint32_t knownGap)
{
    const auto allowed = std::uint64_t { maxJump } + knownGap;
    States known;
    bool tooFar = false;
    for (const auto *state : states) {
        const auto *chain = state->receiver(viewOf(header.ratchetKey));
        if (!chain)
            continue;
        known.push_back(state);
        tooFar = tooFar || (header.counter > chain->index && header.counter - chain->index > allowed);
    }
    if (tooFar)
        return refused(DecryptFailure::tooCostly, ErrorCode::tooLarge, "a jump within a chain");
    if (!known.empty())
        return known;
    if (header.counter > maxCounterOfUnknownChain)
        return refused(DecryptFailure::tooCostly, ErrorCode::tooLarge, "the counter of an unknown chain");
    return states;
}

Result<RecordSelection, DecryptError> chooseStates(const std::optional<QByteArray> &record,
                                                   const CiphertextHeader &header, const QByteArray &identity,
                                                   std::uint32_t knownGap)
{
    auto view = RecordView::read(viewOf(record.value_or(QByteArray())));
    if (!view && header.baseKey.isEmpty())
        return refused(DecryptFailure::noSession, std::move(view).error());
    const RecordView usable = view ? *view : RecordView(); // a damaged record begins anew (TR17)
    KITH_TRY(const auto states, candidates(usable, header, identity));
    KITH_TRY(const auto chosen, affordable(states, header, knownGap));
    return select(usable, chosen);
}

int onLibraryPlaintext(session_cipher *, signal_buffer *plaintext, void *context)
{
    return static_cast<LibraryContext *>(context)->deliver(plaintext);
}

int openWith(LibraryContext &context, const DeviceId &sender, Parsed &parsed)
{
    const LibraryAddress remote(sender);
    Cipher cipher;
    const int code = session_cipher_create(Out(cipher), context.storeContext(), &remote.address, context.get());
    if (code < 0)
        return code;
    session_cipher_set_decryption_callback(cipher.get(), onLibraryPlaintext);
    Buffer plaintext; // wiped here; whoever needs it has taken it in the callback
    return parsed.preKeyMessage
        ? session_cipher_decrypt_pre_key_signal_message(cipher.get(), parsed.preKeyMessage.get(), &context,
                                                        Out(plaintext))
        : session_cipher_decrypt_signal_message(cipher.get(), parsed.message, &context, Out(plaintext));
}

} // namespace

Result<CiphertextHeader> Sessions::peek(const Ciphertext &ciphertext) const
{
    KITH_TRY(const auto parsed, parse(ciphertext, context_->get()));
    return parsed.header;
}

Result<void, DecryptError> Sessions::decrypt(const DeviceId &sender, const Ciphertext &ciphertext,
                                             const QByteArray &expectedIdentityKey, const OnPlaintext &onPlaintext,
                                             std::uint32_t knownGap)
{
    const LibraryContext::Operation operation(*context_);
    if (!operation.isAllowed())
        return refused(DecryptFailure::internal, LibraryContext::Operation::nestedError());
    if (!onPlaintext || !sender.isValid())
        return refused(DecryptFailure::internal, ErrorCode::internal, "decrypt without taker or sender");
    auto parsed = parse(ciphertext, context_->get());
    if (!parsed)
        return refused(parsed.error().code == ErrorCode::unsupported ? DecryptFailure::unsupported
                                                                     : DecryptFailure::badMessage,
                       parsed.error());
    if (parsed->preKeyMessage && parsed->header.identityKey != expectedIdentityKey)
        return refused(DecryptFailure::untrusted, ErrorCode::untrusted, "a message's identity key is not the expected");
    const auto record = context_->stores().sessions.load(sender);
    if (!record)
        return refused(DecryptFailure::store, record.error());
    KITH_TRY(context_->selection, chooseStates(*record, parsed->header, expectedIdentityKey, knownGap));
    context_->trustedIdentity = expectedIdentityKey;
    context_->onPlaintext = &onPlaintext;
    const int code = openWith(*context_, sender, *parsed);
    if (code < 0)
        return context_->decryptErrorOf(code);
    return {};
}

} // namespace kith::crypto
