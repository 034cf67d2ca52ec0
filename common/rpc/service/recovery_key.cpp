// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/service/recovery_key.h"

#include "common/base/encoding.h"
#include "common/base/hash.h"

#include <algorithm>

namespace kith::rpc::service {

namespace {

constexpr std::size_t randomSize = 19, keySize = 20;
constexpr std::size_t groupSize = 4;
constexpr std::string_view checkContext = "kith.recovery.v1";

std::uint8_t checkOf(ByteView random)
{
    return sha256({ viewOf(checkContext), random }).octets[0];
}

void wipeString(std::string &text)
{
    wipe({ reinterpret_cast<std::uint8_t *>(text.data()), text.size() });
}

} // namespace

Result<SecretBytes> newRecoveryKey(Random &random)
{
    KITH_TRY(const auto fresh, SecretBytes::random(randomSize, random));
    SecretBytes key(keySize);
    std::ranges::copy(fresh.view(), key.mutableView().begin());
    key.mutableView()[randomSize] = checkOf(fresh.view());
    return key;
}

SecretBytes groupedLetters(const SecretBytes &key)
{
    std::string letters = toBase32(key.view());
    SecretBytes grouped(letters.size() + letters.size() / groupSize - 1);
    std::size_t at = 0;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        if (i > 0 && i % groupSize == 0)
            grouped.mutableView()[at++] = '-';
        grouped.mutableView()[at++] = static_cast<std::uint8_t>(letters[i]);
    }
    wipeString(letters);
    return grouped;
}

Result<SecretBytes> readRecoveryKey(const SecretBytes &typed)
{
    std::string letters;
    letters.reserve(typed.size());
    std::ranges::copy_if(typed.view(), std::back_inserter(letters),
                         [](std::uint8_t c) { return c != ' ' && c != '-'; });
    auto bytes = fromBase32(letters);
    wipeString(letters);
    if (!bytes)
        return Error { ErrorCode::invalid, "this is no recovery key: look for a typing mistake" };
    SecretBytes key(viewOf(*bytes));
    wipe({ reinterpret_cast<std::uint8_t *>(bytes->data()), static_cast<std::size_t>(bytes->size()) });
    if (key.size() != keySize || checkOf(key.view().first(randomSize)) != key.view()[randomSize])
        return Error { ErrorCode::invalid, "this is no recovery key: look for a typing mistake" };
    return key;
}

} // namespace kith::rpc::service
