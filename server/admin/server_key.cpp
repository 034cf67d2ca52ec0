// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/server_key.h"

#include "common/base/durable_file.h"
#include "common/base/hash.h"
#include "common/base/random.h"

#include <openssl/evp.h>

#include <memory>
#include <sys/stat.h>

namespace kith::server::admin {

namespace {

constexpr std::size_t seedBytes = 32;

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

Key privateKey(ByteView seed)
{
    return { EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()), EVP_PKEY_free };
}

Result<Ed25519PublicKey> publicOf(ByteView seed)
{
    Ed25519PublicKey out;
    std::size_t size = Ed25519PublicKey::size;
    const Key key = privateKey(seed);
    if (!key || EVP_PKEY_get_raw_public_key(key.get(), out.octets.data(), &size) != 1)
        return Error { ErrorCode::internal, "OpenSSL refused an Ed25519 key" };
    return out;
}

Result<SecretBytes> readSeed(const std::string &path)
{
    struct stat info { };
    if (::stat(path.c_str(), &info) == 0 && (info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return Error { ErrorCode::permission, "others can read the server's key file: chmod 600 it" };
    KITH_TRY(auto bytes, readWhole(path, 4096));
    if (bytes.size() != static_cast<qsizetype>(seedBytes))
        return Error { ErrorCode::corrupt, "the server's key file does not hold a key" };
    SecretBytes seed(viewOf(bytes));
    wipe({ reinterpret_cast<std::uint8_t *>(bytes.data()), seedBytes });
    return seed;
}

} // namespace

Result<ServerKey> ServerKey::loadOrMake(const std::string &path, Random &random)
{
    auto seed = readSeed(path);
    if (!seed && seed.error().code == ErrorCode::notFound) {
        KITH_TRY(auto fresh, SecretBytes::random(seedBytes, random));
        KITH_CHECK(writeDurably(path, fresh.view()));
        seed = std::move(fresh);
    }
    if (!seed)
        return std::move(seed).error();
    KITH_TRY(const auto publicKey, publicOf(seed->view()));
    return ServerKey(std::move(seed).value(), publicKey);
}

Sha256 ServerKey::serverId() const
{
    return sha256(publicKey_.view());
}

Result<Ed25519Signature> ServerKey::sign(std::string_view context, ByteView message) const
{
    const QByteArray covered = signedBytes(context, message);
    const Key key = privateKey(seed_.view());
    const DigestContext digest(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    Ed25519Signature signature;
    std::size_t size = Ed25519Signature::size;
    const auto view = viewOf(covered);
    if (!key || !digest || EVP_DigestSignInit(digest.get(), nullptr, nullptr, nullptr, key.get()) != 1
        || EVP_DigestSign(digest.get(), signature.octets.data(), &size, view.data(), view.size()) != 1)
        return Error { ErrorCode::internal, "OpenSSL refused to sign" };
    return signature;
}

} // namespace kith::server::admin
