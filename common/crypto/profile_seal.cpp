// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/crypto/profile_seal.h"

#include "common/crypto/aead.h"
#include "common/crypto/big_endian.h"
#include "common/crypto/padding.h"

namespace kith::crypto {

namespace {

constexpr char format = 1;

QByteArray additional(const AccountId &account, std::uint64_t version)
{
    QByteArray bytes("kith.profile.v1");
    bytes.append('\0');
    bytes.append(account.bytes());
    appendBigEndian(bytes, version);
    return bytes;
}

} // namespace

Result<QByteArray> sealProfile(ByteView profileKey, const AccountId &account, std::uint64_t version, ByteView profile,
                               Random &random)
{
    KITH_TRY(const auto padded, pad(profile));
    KITH_TRY(const auto sealed, sealAead(profileKey, viewOf(additional(account, version)), viewOf(padded), random));
    return QByteArray(1, format) + sealed;
}

Result<QByteArray> openProfile(ByteView profileKey, const AccountId &account, std::uint64_t version,
                               const QByteArray &sealed)
{
    if (sealed.isEmpty())
        return Error { ErrorCode::invalid, "an empty profile" };
    if (static_cast<std::size_t>(sealed.size()) > 1 + maxPaddedSize + aeadOverhead)
        return Error { ErrorCode::tooLarge, "a sealed profile" };
    if (sealed.front() != format)
        return Error { ErrorCode::unsupported, "a profile of another format" };
    KITH_TRY(const auto padded, openAead(profileKey, viewOf(additional(account, version)), viewOf(sealed).subspan(1)));
    return unpad(padded.view());
}

} // namespace kith::crypto
