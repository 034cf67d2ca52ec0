// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/crypto/padding.h"

namespace kith::crypto {

namespace {

constexpr std::size_t smallestBucket = 80;
constexpr std::size_t largestDoubled = 81'920;
constexpr char terminator = static_cast<char>(0x80);

/// The smallest bucket that holds `size` bytes; 0 when there is none.
std::size_t bucketFor(std::size_t size)
{
    for (std::size_t bucket = smallestBucket; bucket <= largestDoubled; bucket *= 2)
        if (size <= bucket)
            return bucket;
    return size <= maxPaddedSize ? maxPaddedSize : 0;
}

} // namespace

Result<QByteArray> pad(ByteView content)
{
    const std::size_t bucket = content.size() < maxPaddedSize ? bucketFor(content.size() + 1) : 0;
    if (bucket == 0)
        return Error { ErrorCode::tooLarge, "content to pad" };
    QByteArray padded;
    padded.reserve(static_cast<qsizetype>(bucket));
    padded.append(reinterpret_cast<const char *>(content.data()), static_cast<qsizetype>(content.size()));
    padded.append(terminator);
    padded.append(static_cast<qsizetype>(bucket - content.size() - 1), '\0');
    return padded;
}

Result<QByteArray> unpad(ByteView padded)
{
    if (padded.empty() || bucketFor(padded.size()) != padded.size())
        return Error { ErrorCode::invalid, "padded content of the wrong length" };
    std::size_t size = padded.size();
    while (size > 0 && padded[size - 1] == 0)
        --size;
    if (size == 0 || padded[size - 1] != static_cast<std::uint8_t>(terminator))
        return Error { ErrorCode::invalid, "padded content without its end mark" };
    return toByteArray(padded.first(size - 1));
}

} // namespace kith::crypto
