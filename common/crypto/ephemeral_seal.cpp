// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/crypto/ephemeral_seal.h"

#include "common/crypto/aead.h"
#include "common/crypto/big_endian.h"
#include "common/crypto/padding.h"

namespace kith::crypto {

namespace {

constexpr char format = 1;
constexpr std::size_t sealedSize = 1 + aeadOverhead + maxEphemeralSize + 1;

Result<QByteArray> additional(const EphemeralContext &context)
{
    if (context.chat.isEmpty() || context.chat.size() > 255 || !context.sender.isValid())
        return Error { ErrorCode::invalid, "the context of an ephemeral content" };
    QByteArray bytes("kith.ephemeral.v1");
    bytes.append('\0');
    appendBigEndian(bytes, static_cast<std::uint8_t>(context.chat.size()));
    bytes.append(context.chat);
    bytes.append(context.sender.bytes());
    appendBigEndian(bytes, static_cast<std::uint64_t>(context.timeMs));
    return bytes;
}

} // namespace

Result<QByteArray> sealEphemeral(ByteView ephemeralKey, const EphemeralContext &context, ByteView content,
                                 Random &random)
{
    if (content.size() > maxEphemeralSize)
        return Error { ErrorCode::tooLarge, "an ephemeral content" };
    KITH_TRY(const auto bound, additional(context));
    KITH_TRY(const auto padded, pad(content));
    KITH_TRY(const auto sealed, sealAead(ephemeralKey, viewOf(bound), viewOf(padded), random));
    return QByteArray(1, format) + sealed;
}

Result<QByteArray> openEphemeral(ByteView ephemeralKey, const EphemeralContext &context, const QByteArray &sealed)
{
    if (static_cast<std::size_t>(sealed.size()) != sealedSize)
        return Error { ErrorCode::invalid, "an ephemeral content of the wrong length" };
    if (sealed.front() != format)
        return Error { ErrorCode::unsupported, "an ephemeral content of another format" };
    KITH_TRY(const auto bound, additional(context));
    KITH_TRY(const auto padded, openAead(ephemeralKey, viewOf(bound), viewOf(sealed).subspan(1)));
    return unpad(padded.view());
}

} // namespace kith::crypto
