// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/crypto/identity_key.h"

#include "common/base/hash.h"
#include "common/crypto/library_context.h"

#include <signal/curve.h>
#include <signal/key_helper.h>

#include <array>

namespace kith::crypto {

namespace {

constexpr char curve25519Type = 0x05;

/// The encodings of points of small order: 0, 1, two of order 8, p - 1, p, p + 1, the two plus p, 2p - 1, 2p, 2p + 1
/// (cr.yp.to/ecdh.html, "validate").
constexpr std::array<const char *, 12> lowOrder {
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "cdeb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b880",
    "4c9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f11d7",
    "d9ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "daffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "dbffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
};

bool isLowOrder(const QByteArray &point)
{
    QByteArray masked = point; // X25519 ignores the highest bit, so it cannot hide one
    masked.back() = static_cast<char>(masked.back() & 0x7f);
    for (const auto *encoding : lowOrder) {
        const auto bad = QByteArray::fromHex(encoding);
        if (point == bad || masked == bad)
            return true;
    }
    return false;
}

Result<Ref<ec_private_key>> decodePrivateKey(const SecretBytes &key, signal_context *context)
{
    Ref<ec_private_key> decoded;
    if (key.size() != 32
        || curve_decode_private_point(Out(decoded), key.view().data(), key.size(), context) != SG_SUCCESS)
        return Error { ErrorCode::invalid, "no private key" };
    return decoded;
}

} // namespace

Result<void> checkPublicKey(const QByteArray &publicKey)
{
    if (publicKey.size() != publicKeySize)
        return Error { ErrorCode::invalid, "a public key of the wrong length" };
    if (publicKey.front() != curve25519Type)
        return Error { ErrorCode::invalid, "a public key of an unknown type" };
    if (isLowOrder(publicKey.mid(1)))
        return Error { ErrorCode::invalid, "a public key of low order" };
    return {};
}

Result<IdentityKeyPair> generateIdentityKeyPair(Random &random)
{
    KITH_TRY(const auto context, LibraryContext::create(random, nullptr));
    Ref<ec_key_pair> pair;
    Buffer privateKey;
    int code = curve_generate_key_pair(context->get(), Out(pair));
    if (code >= 0)
        code = ec_private_key_serialize(Out(privateKey), ec_key_pair_get_private(pair.get()));
    if (code < 0)
        return context->errorOf(code);
    return IdentityKeyPair { serialized(ec_key_pair_get_public(pair.get())), SecretBytes(octetsOf(privateKey.get())) };
}

Result<std::uint32_t> generateRegistrationId(Random &random)
{
    KITH_TRY(const auto context, LibraryContext::create(random, nullptr));
    std::uint32_t id = 0;
    const int code = signal_protocol_key_helper_generate_registration_id(&id, 0, context->get());
    if (code < 0)
        return context->errorOf(code);
    return id;
}

Result<QByteArray> signWithIdentity(const IdentityKeyPair &pair, std::string_view context, ByteView message,
                                    Random &random)
{
    KITH_TRY(const auto library, LibraryContext::create(random, nullptr));
    KITH_TRY(const auto key, decodePrivateKey(pair.privateKey, library->get()));
    const QByteArray covered = signedBytes(context, message);
    Buffer signature;
    const int code = curve_calculate_signature(library->get(), Out(signature), key.get(), viewOf(covered).data(),
                                               viewOf(covered).size());
    if (code < 0)
        return library->errorOf(code);
    return toByteArray(octetsOf(signature.get()));
}

bool verifyWithIdentity(const QByteArray &publicKey, std::string_view context, ByteView message,
                        const QByteArray &signature)
{
    const auto key = decodePublicKey(publicKey, nullptr);
    if (!key || signature.size() != signatureSize)
        return false;
    const QByteArray covered = signedBytes(context, message);
    return curve_verify_signature(key->get(), viewOf(covered).data(), viewOf(covered).size(), viewOf(signature).data(),
                                  viewOf(signature).size())
        == 1;
}

} // namespace kith::crypto
