// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/crypto/sender_keys.h"

#include "common/crypto/library_context.h"
#include "common/crypto/padding.h"
#include "common/crypto/protobuf_wire.h"

#include <signal/group_cipher.h>
#include <signal/group_session_builder.h>
#include <signal/protocol.h>

namespace kith::crypto {

namespace {

using Builder = Owned<group_session_builder, group_session_builder_free>;
using Cipher = Owned<group_cipher, group_cipher_free>;
using Operation = LibraryContext::Operation;

constexpr std::uint8_t versionByte = 0x33; ///< made by 3, readable by 3 (C24)
constexpr qsizetype maxMessageSize = 128 * 1024;

// Field numbers of the library's LocalStorageProtocol.proto.
constexpr std::uint32_t recordState = 1;
constexpr std::uint32_t stateKeyId = 1;

Result<void> checkFrame(const QByteArray &bytes)
{
    if (bytes.isEmpty() || bytes.size() > maxMessageSize)
        return Error { ErrorCode::invalid, "a malformed group message" };
    if (viewOf(bytes).front() != versionByte)
        return Error { ErrorCode::unsupported, "a group message of another version" };
    return {};
}

Result<Ref<sender_key_message>> parseMessage(const QByteArray &bytes, signal_context *context)
{
    KITH_CHECK(checkFrame(bytes));
    Ref<sender_key_message> message;
    if (sender_key_message_deserialize(Out(message), viewOf(bytes).data(), viewOf(bytes).size(), context) < 0)
        return Error { ErrorCode::invalid, "a malformed group message" };
    return message;
}

Result<Ref<sender_key_distribution_message>> parseDistribution(const QByteArray &bytes, signal_context *context)
{
    KITH_CHECK(checkFrame(bytes));
    Ref<sender_key_distribution_message> message;
    if (sender_key_distribution_message_deserialize(Out(message), viewOf(bytes).data(), viewOf(bytes).size(), context)
        < 0)
        return Error { ErrorCode::invalid, "a malformed distribution message" };
    KITH_CHECK(checkPublicKey(serialized(sender_key_distribution_message_get_signature_key(message.get()))));
    if (signal_buffer_len(sender_key_distribution_message_get_chain_key(message.get())) != 32)
        return Error { ErrorCode::invalid, "a chain key of the wrong length" };
    return message;
}

Result<bool> recordHolds(const QByteArray &record, std::uint32_t keyId)
{
    bool found = false;
    WireReader reader(viewOf(record));
    while (const auto state = reader.next()) {
        WireReader fields(state->isBytes && state->number == recordState ? state->bytes : ByteView());
        while (const auto field = fields.next())
            found = found || (field->number == stateKeyId && !field->isBytes && field->value == keyId);
        if (!fields.isComplete())
            return Error { ErrorCode::corrupt, "a sender-key record" };
    }
    if (!reader.isComplete())
        return Error { ErrorCode::corrupt, "a sender-key record" };
    return found;
}

/// Creates a key if there is none, and describes the present one either way.
Result<QByteArray> describeOwn(LibraryContext &context, const GroupId &group, const DeviceId &self)
{
    const LibraryAddress address(group, self);
    Builder builder;
    Ref<sender_key_distribution_message> message;
    int code = group_session_builder_create(Out(builder), context.storeContext(), context.get());
    if (code >= 0)
        code = group_session_builder_create_session(builder.get(), Out(message), &address.senderKeyName);
    if (code < 0)
        return context.errorOf(code);
    return toByteArray(
        octetsOf(ciphertext_message_get_serialized(reinterpret_cast<ciphertext_message *>(message.get()))));
}

int onLibraryPlaintext(group_cipher *, signal_buffer *plaintext, void *context)
{
    return static_cast<LibraryContext *>(context)->deliver(plaintext);
}

} // namespace

Result<QByteArray> SenderKeys::rotate(const GroupId &group, const DeviceId &self)
{
    const Operation operation(context_);
    if (!operation.isAllowed())
        return Operation::nestedError();
    KITH_CHECK(context_.stores().senderKeys.remove(group, self)); // else the library keeps the old one (TR10)
    return describeOwn(context_, group, self);
}

Result<QByteArray> SenderKeys::distribution(const GroupId &group, const DeviceId &self)
{
    const Operation operation(context_);
    if (!operation.isAllowed())
        return Operation::nestedError();
    KITH_TRY(const auto record, context_.stores().senderKeys.load(group, self));
    if (!record)
        return Error { ErrorCode::notFound, "no sender key of our own" };
    return describeOwn(context_, group, self);
}

Result<bool> SenderKeys::accept(const GroupId &group, const DeviceId &sender, const QByteArray &distributionMessage)
{
    const Operation operation(context_);
    if (!operation.isAllowed())
        return Operation::nestedError();
    KITH_TRY(const auto message, parseDistribution(distributionMessage, context_.get()));
    auto &store = context_.stores().senderKeys;
    KITH_TRY(const auto record, store.load(group, sender));
    const auto held = recordHolds(record.value_or(QByteArray()), sender_key_distribution_message_get_id(message.get()));
    if (held && *held)
        return false; // processing it again would rewind the chain (TR11)
    if (!held)
        KITH_CHECK(store.remove(group, sender)); // damaged: begins anew (TR17)

    const LibraryAddress address(group, sender);
    Builder builder;
    int code = group_session_builder_create(Out(builder), context_.storeContext(), context_.get());
    if (code >= 0)
        code = group_session_builder_process_session(builder.get(), &address.senderKeyName, message.get());
    if (code < 0)
        return context_.errorOf(code);
    return true;
}

Result<bool> SenderKeys::holds(const GroupId &group, const DeviceId &sender, std::uint32_t keyId)
{
    const auto lock = context_.hold();
    KITH_TRY(const auto record, context_.stores().senderKeys.load(group, sender));
    return recordHolds(record.value_or(QByteArray()), keyId);
}

Result<void> SenderKeys::remove(const GroupId &group, const DeviceId &sender)
{
    const auto lock = context_.hold();
    return context_.stores().senderKeys.remove(group, sender);
}

Result<QByteArray> SenderKeys::encrypt(const GroupId &group, const DeviceId &self, ByteView plaintext)
{
    if (plaintext.size() > maxPaddedSize)
        return Error { ErrorCode::tooLarge, "a plaintext" };
    const Operation operation(context_);
    if (!operation.isAllowed())
        return Operation::nestedError();
    const LibraryAddress address(group, self);
    Cipher cipher;
    Ref<ciphertext_message> message;
    int code = group_cipher_create(Out(cipher), context_.storeContext(), &address.senderKeyName, context_.get());
    if (code >= 0)
        code = group_cipher_encrypt(cipher.get(), plaintext.data(), plaintext.size(), Out(message));
    if (code < 0)
        return context_.errorOf(code);
    return toByteArray(octetsOf(ciphertext_message_get_serialized(message.get())));
}

Result<void, DecryptError> SenderKeys::decrypt(const GroupId &group, const DeviceId &sender,
                                               const QByteArray &ciphertext, const OnPlaintext &onPlaintext)
{
    const auto refused = [](DecryptFailure failure, const Error &error) { return DecryptError { error, failure }; };
    const Operation operation(context_);
    if (!operation.isAllowed())
        return refused(DecryptFailure::internal, Operation::nestedError());
    const auto message = parseMessage(ciphertext, context_.get());
    if (!message)
        return refused(message.error().code == ErrorCode::unsupported ? DecryptFailure::unsupported
                                                                      : DecryptFailure::badMessage,
                       message.error());
    const auto record = context_.stores().senderKeys.load(group, sender);
    if (!record)
        return refused(DecryptFailure::store, record.error());
    const auto held = recordHolds(record->value_or(QByteArray()), sender_key_message_get_key_id(message->get()));
    if (!held || !*held)
        return refused(DecryptFailure::noSession, held ? Error { ErrorCode::notFound, "no sender key" } : held.error());

    context_.onPlaintext = &onPlaintext;
    const LibraryAddress address(group, sender);
    Cipher cipher;
    Buffer plaintext; // wiped here; whoever needs it has taken it in the callback
    int code = group_cipher_create(Out(cipher), context_.storeContext(), &address.senderKeyName, context_.get());
    if (code >= 0) {
        group_cipher_set_decryption_callback(cipher.get(), onLibraryPlaintext);
        code = group_cipher_decrypt(cipher.get(), message->get(), &context_, Out(plaintext));
    }
    if (code < 0)
        return context_.decryptErrorOf(code);
    return {};
}

Result<SenderKeyHeader> SenderKeys::peekMessage(const QByteArray &ciphertext) const
{
    KITH_TRY(const auto message, parseMessage(ciphertext, context_.get()));
    return SenderKeyHeader { sender_key_message_get_key_id(message.get()),
                             sender_key_message_get_iteration(message.get()) };
}

Result<SenderKeyHeader> SenderKeys::peekDistribution(const QByteArray &distributionMessage) const
{
    KITH_TRY(const auto message, parseDistribution(distributionMessage, context_.get()));
    return SenderKeyHeader { sender_key_distribution_message_get_id(message.get()),
                             sender_key_distribution_message_get_iteration(message.get()) };
}

} // namespace kith::crypto
