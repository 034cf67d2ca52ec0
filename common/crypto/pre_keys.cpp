// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/crypto/pre_keys.h"

#include "common/crypto/library_context.h"

#include <signal/curve.h>
#include <signal/key_helper.h>
#include <signal/session_pre_key.h>

namespace kith::crypto {

namespace {

using KeyList = Owned<signal_protocol_key_helper_pre_key_list_node, signal_protocol_key_helper_key_list_free>;

Error corrupt()
{
    return { ErrorCode::corrupt, "a prekey record" };
}

Result<Ref<ratchet_identity_key_pair>> decodePair(const IdentityKeyPair &identity, signal_context *context)
{
    KITH_TRY(const auto publicKey, decodePublicKey(identity.publicKey, context));
    Ref<ec_private_key> privateKey;
    Ref<ratchet_identity_key_pair> pair;
    int code = curve_decode_private_point(Out(privateKey), identity.privateKey.view().data(),
                                          identity.privateKey.size(), context);
    if (code >= 0)
        code = ratchet_identity_key_pair_create(Out(pair), publicKey.get(), privateKey.get());
    if (code < 0)
        return Error { ErrorCode::invalid, "an identity key pair" };
    return pair;
}

SignedPreKey describe(const session_signed_pre_key *key, QByteArray record)
{
    return { session_signed_pre_key_get_id(key), session_signed_pre_key_get_timestamp(key),
             serialized(ec_key_pair_get_public(session_signed_pre_key_get_key_pair(key))),
             toByteArray({ session_signed_pre_key_get_signature(key), session_signed_pre_key_get_signature_len(key) }),
             std::move(record) };
}

} // namespace

Result<std::vector<OneTimePreKey>> generateOneTimePreKeys(std::uint32_t startId, std::uint32_t count, Random &random)
{
    if (count > maxPreKeysPerCall)
        return Error { ErrorCode::tooLarge, "the number of one-time keys" };
    if (startId < 1 || startId > maxKeyId || count > maxKeyId - startId + 1)
        return Error { ErrorCode::invalid, "a one-time key's id" };
    std::vector<OneTimePreKey> keys;
    if (count == 0)
        return keys;
    KITH_TRY(const auto context, LibraryContext::create(random, nullptr));
    KeyList list;
    int code = signal_protocol_key_helper_generate_pre_keys(Out(list), startId, count, context->get());
    if (code < 0)
        return context->errorOf(code);
    for (const auto *node = list.get(); node; node = signal_protocol_key_helper_key_list_next(node)) {
        const auto *key = signal_protocol_key_helper_key_list_element(node);
        Buffer record;
        code = session_pre_key_serialize(Out(record), key);
        if (code < 0)
            return context->errorOf(code);
        keys.push_back({ session_pre_key_get_id(key),
                         serialized(ec_key_pair_get_public(session_pre_key_get_key_pair(key))),
                         toByteArray(octetsOf(record.get())) });
    }
    return keys;
}

Result<SignedPreKey> generateSignedPreKey(const IdentityKeyPair &identity, std::uint32_t id, std::uint64_t timestampMs,
                                          Random &random)
{
    if (id < 1 || id > maxKeyId)
        return Error { ErrorCode::invalid, "a signed prekey's id" };
    KITH_TRY(const auto context, LibraryContext::create(random, nullptr));
    KITH_TRY(const auto pair, decodePair(identity, context->get()));
    Ref<session_signed_pre_key> key;
    Buffer record;
    int code =
        signal_protocol_key_helper_generate_signed_pre_key(Out(key), pair.get(), id, timestampMs, context->get());
    if (code >= 0)
        code = session_signed_pre_key_serialize(Out(record), key.get());
    if (code < 0)
        return context->errorOf(code);
    return describe(key.get(), toByteArray(octetsOf(record.get())));
}

Result<OneTimePreKey> readOneTimePreKey(const QByteArray &record)
{
    Ref<session_pre_key> key;
    if (session_pre_key_deserialize(Out(key), viewOf(record).data(), viewOf(record).size(), nullptr) < 0)
        return corrupt();
    return OneTimePreKey { session_pre_key_get_id(key.get()),
                           serialized(ec_key_pair_get_public(session_pre_key_get_key_pair(key.get()))), record };
}

Result<SignedPreKey> readSignedPreKey(const QByteArray &record)
{
    Ref<session_signed_pre_key> key;
    if (session_signed_pre_key_deserialize(Out(key), viewOf(record).data(), viewOf(record).size(), nullptr) < 0)
        return corrupt();
    return describe(key.get(), record);
}

} // namespace kith::crypto
