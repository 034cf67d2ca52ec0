// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/crypto/library_context.h"

#include "common/base/encoding.h"

#include <signal/curve.h>

namespace kith::crypto {

namespace {

Result<QByteArray> fromHex(const char *text, std::size_t size)
{
    if (!text || size != 2 * AccountId::size)
        return Error { ErrorCode::internal, "a library name of the wrong length" };
    return QByteArray::fromHex(QByteArray(text, static_cast<qsizetype>(size)));
}

DecryptFailure failureOf(int code)
{
    switch (code) {
    case SG_ERR_DUPLICATE_MESSAGE:
        return DecryptFailure::duplicate;
    case SG_ERR_NO_SESSION:
        return DecryptFailure::noSession;
    case SG_ERR_INVALID_KEY_ID:
        return DecryptFailure::noPreKey;
    case SG_ERR_UNTRUSTED_IDENTITY:
        return DecryptFailure::untrusted;
    case SG_ERR_INVALID_VERSION:
    case SG_ERR_LEGACY_MESSAGE:
        return DecryptFailure::unsupported;
    case SG_ERR_INVALID_KEY:
    case SG_ERR_INVALID_MAC:
    case SG_ERR_INVALID_MESSAGE:
    case SG_ERR_INVALID_PROTO_BUF:
        return DecryptFailure::badMessage;
    default: // the library's codes, not an enum of ours
        return DecryptFailure::internal;
    }
}

ErrorCode errorCodeOf(DecryptFailure failure)
{
    switch (failure) {
    case DecryptFailure::duplicate:
        return ErrorCode::exists;
    case DecryptFailure::noSession:
    case DecryptFailure::noPreKey:
        return ErrorCode::notFound;
    case DecryptFailure::badMessage:
        return ErrorCode::invalid;
    case DecryptFailure::untrusted:
        return ErrorCode::untrusted;
    case DecryptFailure::tooCostly:
        return ErrorCode::tooLarge;
    case DecryptFailure::unsupported:
        return ErrorCode::unsupported;
    case DecryptFailure::aborted:
    case DecryptFailure::store:
    case DecryptFailure::internal:
        break;
    }
    return ErrorCode::internal;
}

} // namespace

LibraryAddress::LibraryAddress(const DeviceId &device) : account(device.account.hex())
{
    address = { account.c_str(), account.size(), static_cast<std::int32_t>(device.number) };
}

LibraryAddress::LibraryAddress(const GroupId &groupId, const DeviceId &sender) : LibraryAddress(sender)
{
    group = groupId.hex();
    senderKeyName = { group.c_str(), group.size(), address };
}

Result<DeviceId> LibraryAddress::deviceOf(const signal_protocol_address &address)
{
    KITH_TRY(const auto bytes, fromHex(address.name, address.name_len));
    KITH_TRY(const auto account, AccountId::from(bytes));
    return DeviceId { account, static_cast<std::uint16_t>(address.device_id) };
}

Result<GroupId> LibraryAddress::groupOf(const signal_protocol_sender_key_name &name)
{
    KITH_TRY(const auto bytes, fromHex(name.group_id, name.group_id_len));
    return GroupId::from(bytes);
}

Result<std::unique_ptr<LibraryContext>> LibraryContext::create(Random &random, const Stores *stores)
{
    const Error broken { ErrorCode::internal, "the protocol library could not be set up" };
    std::unique_ptr<LibraryContext> self(new LibraryContext);
    KITH_TRY(self->provider_, Provider::create(random));
    if (signal_context_create(Out(self->context_), self.get()) < 0)
        return broken;
    const auto table = self->provider_->table();
    if (signal_context_set_crypto_provider(self->get(), &table) < 0
        || signal_context_set_locking_functions(self->get(), lock, unlock) < 0)
        return broken;
    if (!stores)
        return self;
    self->stores_.emplace(*stores);
    int code = signal_protocol_store_context_create(Out(self->storeContext_), self->get());
    if (code >= 0)
        code = registerStores(*self);
    if (code < 0)
        return broken;
    return self;
}

LibraryContext::~LibraryContext() = default;

void LibraryContext::reset()
{
    selection = {};
    trustedIdentity.clear();
    onPlaintext = nullptr;
    storeError_.reset();
    abortError_.reset();
    static_cast<void>(provider_->takeRandomError());
}

Error LibraryContext::errorOf(int code)
{
    if (storeError_)
        return *storeError_;
    if (auto error = provider_->takeRandomError())
        return *error;
    const auto failure = failureOf(code);
    if (failure == DecryptFailure::noSession)
        return { ErrorCode::notFound, "no session" };
    if (failure == DecryptFailure::untrusted)
        return { ErrorCode::untrusted, "another identity key" };
    if (failure == DecryptFailure::badMessage)
        return { ErrorCode::invalid, "malformed key or message" };
    return { ErrorCode::internal, "the protocol library failed: " + std::to_string(code) };
}

DecryptError LibraryContext::decryptErrorOf(int code)
{
    if (abortError_)
        return { *abortError_, DecryptFailure::aborted };
    if (storeError_)
        return { *storeError_, DecryptFailure::store };
    if (auto error = provider_->takeRandomError())
        return { *error, DecryptFailure::internal };
    const auto failure = failureOf(code);
    return { { errorCodeOf(failure), std::string("decrypt: ") + toString(failure) }, failure };
}

int LibraryContext::deliver(const signal_buffer *plaintext)
{
    if (!onPlaintext || !*onPlaintext || !plaintext)
        return SG_ERR_INVAL;
    auto taken = (*onPlaintext)(octetsOf(plaintext));
    if (taken)
        return SG_SUCCESS;
    abortError_ = std::move(taken).error();
    return SG_ERR_UNKNOWN;
}

LibraryContext::Operation::Operation(LibraryContext &context)
    : context_(context)
    , lock_(context.mutex_)
    , allowed_(!context.busy_)
{
    if (!allowed_)
        return;
    context_.reset();
    context_.busy_ = true;
}

LibraryContext::Operation::~Operation()
{
    if (!allowed_)
        return;
    context_.reset();
    context_.busy_ = false;
}

QByteArray serialized(const ec_public_key *key)
{
    Buffer buffer;
    if (!key || ec_public_key_serialize(Out(buffer), key) < 0)
        return {};
    return toByteArray(octetsOf(buffer.get()));
}

Result<Ref<ec_public_key>> decodePublicKey(const QByteArray &key, signal_context *context)
{
    KITH_CHECK(checkPublicKey(key));
    Ref<ec_public_key> decoded;
    const auto view = viewOf(key);
    if (curve_decode_point(Out(decoded), view.data(), view.size(), context) < 0)
        return Error { ErrorCode::invalid, "no public key" };
    return decoded;
}

} // namespace kith::crypto
