// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/crypto/test_party.h"

#include <cstdlib>

namespace kith::crypto {

AccountId testAccount(std::uint8_t letter)
{
    AccountId account;
    account.octets.fill(letter);
    return account;
}

TestParty::TestParty(std::uint8_t letter, Random &random) : device { testAccount(letter), 1 }, stores(random)
{
    auto opened = Sessions::open(stores.stores(), random);
    auto key = generateSignedPreKey(stores.identity(), 1, 1'700'000'000'000, random);
    const auto oneTime = generateOneTimePreKeys(1, 10, random);
    if (!opened || !key || !oneTime)
        std::abort(); // no test can go on
    sessions = std::move(opened).value();
    signedPreKey = std::move(key).value();
    stores.content.signedPreKeys[signedPreKey.id] = signedPreKey.record;
    for (const auto &one : *oneTime)
        stores.content.preKeys[one.id] = one.record;
}

PreKeyBundle TestParty::bundle(std::uint32_t oneTimeKeyId) const
{
    PreKeyBundle bundle { device,          stores.registrationId(), identityKey(),
                          signedPreKey.id, signedPreKey.publicKey,  signedPreKey.signature,
                          std::nullopt };
    if (oneTimeKeyId == 0)
        return bundle;
    const auto key = readOneTimePreKey(stores.content.preKeys.at(oneTimeKeyId));
    if (!key)
        std::abort();
    bundle.oneTimeKey = { key->id, key->publicKey };
    return bundle;
}

std::optional<Ciphertext> TestParty::send(const TestParty &other, const QByteArray &text)
{
    auto sent = sessions->encrypt(other.device, viewOf(text), other.identityKey());
    return sent ? std::optional(std::move(sent).value()) : std::nullopt;
}

std::optional<QByteArray> TestParty::receive(const TestParty &from, const Ciphertext &ciphertext)
{
    const auto before = stores.snapshot();
    std::optional<QByteArray> text;
    const auto decrypted = sessions->decrypt(from.device, ciphertext, from.identityKey(), [&](ByteView plaintext) {
        text = toByteArray(plaintext);
        return Result<void>();
    });
    lastFailure.reset();
    if (decrypted)
        return text;
    lastFailure = decrypted.error();
    stores.restore(before);
    return std::nullopt;
}

bool TestParty::meet(const TestParty &other, std::uint32_t oneTimeKeyId)
{
    return sessions->establish(other.bundle(oneTimeKeyId), other.identityKey()).ok();
}

} // namespace kith::crypto
