// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/crypto/pre_key_bundle.h"

#include "common/crypto/library_context.h"

#include <signal/curve.h>

namespace kith::crypto {

namespace {

constexpr std::uint32_t maxRegistrationId = 16380;

Error invalid(const char *what)
{
    return { ErrorCode::invalid, what };
}

bool isKeyId(std::uint32_t id)
{
    return id >= 1 && id <= maxKeyId;
}

bool signatureHolds(const PreKeyBundle &bundle)
{
    const auto key = decodePublicKey(bundle.identityKey, nullptr);
    return key
        && curve_verify_signature(key->get(), viewOf(bundle.signedPreKey).data(), viewOf(bundle.signedPreKey).size(),
                                  viewOf(bundle.signedPreKeySignature).data(),
                                  viewOf(bundle.signedPreKeySignature).size())
        == 1;
}

} // namespace

Result<void> validate(const PreKeyBundle &bundle, const QByteArray &expectedIdentityKey)
{
    if (!bundle.device.isValid())
        return invalid("a bundle's device number");
    if (bundle.registrationId < 1 || bundle.registrationId > maxRegistrationId)
        return invalid("a bundle's registration id");
    KITH_CHECK(checkPublicKey(bundle.identityKey));
    if (bundle.identityKey != expectedIdentityKey)
        return Error { ErrorCode::untrusted, "a bundle's identity key differs from the device list's" };
    if (!isKeyId(bundle.signedPreKeyId))
        return invalid("a signed prekey's id");
    KITH_CHECK(checkPublicKey(bundle.signedPreKey));
    if (bundle.signedPreKeySignature.size() != signatureSize)
        return invalid("a signed prekey's signature of the wrong length");
    if (bundle.oneTimeKey) {
        if (!isKeyId(bundle.oneTimeKey->id))
            return invalid("a one-time key's id");
        KITH_CHECK(checkPublicKey(bundle.oneTimeKey->publicKey));
    }
    if (!signatureHolds(bundle))
        return invalid("a signed prekey's signature");
    return {};
}

} // namespace kith::crypto
