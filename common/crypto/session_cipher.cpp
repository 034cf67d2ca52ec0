// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/crypto/session_cipher.h"

#include "common/crypto/library_context.h"
#include "common/crypto/padding.h"

#include <signal/protocol.h>
#include <signal/session_builder.h>
#include <signal/session_cipher.h>

namespace kith::crypto {

namespace {

using Builder = Owned<session_builder, session_builder_free>;
using Cipher = Owned<session_cipher, session_cipher_free>;

Result<Ref<session_pre_key_bundle>> decodeBundle(const PreKeyBundle &bundle, signal_context *context)
{
    KITH_TRY(const auto identityKey, decodePublicKey(bundle.identityKey, context));
    KITH_TRY(const auto signedPreKey, decodePublicKey(bundle.signedPreKey, context));
    Ref<ec_public_key> oneTimeKey;
    if (bundle.oneTimeKey) {
        KITH_TRY(oneTimeKey, decodePublicKey(bundle.oneTimeKey->publicKey, context));
    }
    Ref<session_pre_key_bundle> decoded;
    const auto signature = viewOf(bundle.signedPreKeySignature);
    if (session_pre_key_bundle_create(Out(decoded), bundle.registrationId, bundle.device.number,
                                      bundle.oneTimeKey ? bundle.oneTimeKey->id : 0, oneTimeKey.get(),
                                      bundle.signedPreKeyId, signedPreKey.get(), signature.data(), signature.size(),
                                      identityKey.get())
        < 0)
        return Error { ErrorCode::internal, "a bundle that the library refuses" };
    return decoded;
}

/// A record that does not parse begins anew (TR17): nothing of it could have been used.
Result<RecordSelection> withholdAll(const std::optional<QByteArray> &record)
{
    if (!record)
        return RecordSelection {};
    const auto view = RecordView::read(viewOf(*record));
    return view ? select(*view, {}) : RecordSelection {};
}

} // namespace

Sessions::Sessions(std::unique_ptr<LibraryContext> context) : context_(std::move(context)) { }
Sessions::~Sessions() = default;

Result<std::unique_ptr<Sessions>> Sessions::open(const Stores &stores, Random &random)
{
    KITH_TRY(auto context, LibraryContext::create(random, &stores));
    return std::unique_ptr<Sessions>(new Sessions(std::move(context)));
}

Result<void> Sessions::establish(const PreKeyBundle &bundle, const QByteArray &expectedIdentityKey)
{
    KITH_CHECK(validate(bundle, expectedIdentityKey));
    const LibraryContext::Operation operation(*context_);
    if (!operation.isAllowed())
        return LibraryContext::Operation::nestedError();
    KITH_TRY(const auto record, context_->stores().sessions.load(bundle.device));
    KITH_TRY(context_->selection, withholdAll(record));
    context_->trustedIdentity = expectedIdentityKey;
    KITH_TRY(const auto decoded, decodeBundle(bundle, context_->get()));

    const LibraryAddress remote(bundle.device);
    Builder builder;
    int code = session_builder_create(Out(builder), context_->storeContext(), &remote.address, context_->get());
    if (code >= 0)
        code = session_builder_process_pre_key_bundle(builder.get(), decoded.get());
    if (code < 0)
        return context_->errorOf(code);
    return {};
}

Result<bool> Sessions::hasSession(const DeviceId &device)
{
    const auto lock = context_->hold();
    KITH_TRY(const auto record, context_->stores().sessions.load(device));
    if (!record)
        return false;
    const auto view = RecordView::read(viewOf(*record));
    return view && view->current && view->current->sender;
}

Result<Ciphertext> Sessions::encrypt(const DeviceId &device, ByteView plaintext, const QByteArray &expectedIdentityKey)
{
    if (plaintext.size() > maxPaddedSize)
        return Error { ErrorCode::tooLarge, "a plaintext" };
    const LibraryContext::Operation operation(*context_);
    if (!operation.isAllowed())
        return LibraryContext::Operation::nestedError();
    KITH_TRY(const auto record, context_->stores().sessions.load(device));
    const auto view = RecordView::read(viewOf(record.value_or(QByteArray())));
    if (!view || !view->current || !view->current->sender)
        return Error { ErrorCode::notFound, "no session" };
    if (!expectedIdentityKey.isEmpty() && toByteArray(view->current->remoteIdentity) != expectedIdentityKey)
        return Error { ErrorCode::untrusted, "the session's identity key differs from the device list's" };
    context_->selection = select(*view, { &*view->current });

    const LibraryAddress remote(device);
    Cipher cipher;
    Ref<ciphertext_message> message;
    int code = session_cipher_create(Out(cipher), context_->storeContext(), &remote.address, context_->get());
    if (code >= 0)
        code = session_cipher_encrypt(cipher.get(), plaintext.data(), plaintext.size(), Out(message));
    if (code < 0)
        return context_->errorOf(code);
    const bool begins = ciphertext_message_get_type(message.get()) == CIPHERTEXT_PREKEY_TYPE;
    return Ciphertext { begins ? CiphertextType::preKey : CiphertextType::message,
                        toByteArray(octetsOf(ciphertext_message_get_serialized(message.get()))) };
}

Result<void> Sessions::archiveSession(const DeviceId &device)
{
    const LibraryContext::Operation operation(*context_);
    if (!operation.isAllowed())
        return LibraryContext::Operation::nestedError();
    auto &sessions = context_->stores().sessions;
    KITH_TRY(const auto record, sessions.load(device));
    if (!record)
        return {};
    const auto retired = archived(viewOf(*record));
    return sessions.store(device, retired ? *retired : QByteArray());
}

Result<std::vector<AgingPart>> Sessions::agingParts(const DeviceId &device)
{
    const auto lock = context_->hold();
    KITH_TRY(const auto record, context_->stores().sessions.load(device));
    const auto view = RecordView::read(viewOf(record.value_or(QByteArray())));
    return view ? crypto::agingParts(*view) : std::vector<AgingPart>();
}

Result<void> Sessions::drop(const DeviceId &device, const std::vector<AgingPart> &parts)
{
    const auto lock = context_->hold();
    auto &sessions = context_->stores().sessions;
    KITH_TRY(const auto record, sessions.load(device));
    if (!record)
        return {};
    KITH_TRY(const auto kept, without(viewOf(*record), parts));
    return sessions.store(device, kept);
}

Result<std::optional<SessionInfo>> Sessions::sessionInfo(const DeviceId &device)
{
    const auto lock = context_->hold();
    KITH_TRY(const auto record, context_->stores().sessions.load(device));
    if (!record)
        return std::optional<SessionInfo>();
    KITH_TRY(const auto view, RecordView::read(viewOf(*record)));
    SessionInfo info;
    info.archivedStates = view.previous.size();
    for (const auto *state : view.usable())
        info.skippedKeys += state->skippedKeys();
    if (view.current && view.current->sender) {
        const auto &state = *view.current;
        info.remoteIdentityKey = toByteArray(state.remoteIdentity);
        info.remoteRegistrationId = state.remoteRegistrationId;
        info.sendingCounter = state.sender->index;
        info.receivingCounter = state.receivers.empty() ? 0 : state.receivers.back().index;
        info.unacknowledged = state.unacknowledged;
    }
    return std::optional(info);
}

} // namespace kith::crypto
