// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/crypto/safety_number.h"

#include "common/crypto/library_context.h"

#include <signal/curve.h>
#include <signal/fingerprint.h>

namespace kith::crypto {

namespace {

using Generator = Owned<fingerprint_generator, fingerprint_generator_free>;

constexpr int iterations = 5200;
constexpr int scannableVersion = 1;
constexpr qsizetype maxScannableSize = 1024;

/// The library hashes and compares these keys and never computes with them, so an Ed25519 key fits (C22).
Result<Ref<ec_public_key>> asLibraryKey(const Ed25519PublicKey &key, signal_context *context)
{
    const QByteArray bytes = QByteArray(1, 0x05) + key.bytes();
    Ref<ec_public_key> decoded;
    if (curve_decode_point(Out(decoded), viewOf(bytes).data(), viewOf(bytes).size(), context) < 0)
        return Error { ErrorCode::internal, "an account key that the library refuses" };
    return decoded;
}

Result<Ref<scannable_fingerprint>> parse(const QByteArray &bytes, signal_context *context)
{
    Ref<scannable_fingerprint> parsed;
    const Error none { ErrorCode::invalid, "no safety-number code" };
    if (bytes.isEmpty() || bytes.size() > maxScannableSize)
        return none;
    const int code =
        scannable_fingerprint_deserialize(Out(parsed), viewOf(bytes).data(), viewOf(bytes).size(), context);
    if (code < 0 || !scannable_fingerprint_get_local_fingerprint(parsed.get())
        || !scannable_fingerprint_get_remote_fingerprint(parsed.get()))
        return none;
    if (scannable_fingerprint_get_version(parsed.get()) != scannableVersion)
        return Error { ErrorCode::unsupported, "a safety-number code of another version" };
    return parsed;
}

} // namespace

Result<SafetyNumber> safetyNumber(const AccountId &self, const Ed25519PublicKey &selfKey, const AccountId &other,
                                  const Ed25519PublicKey &otherKey)
{
    SystemRandom unused; // hashing needs no chance, but a context has a generator
    KITH_TRY(const auto context, LibraryContext::create(unused, nullptr));
    KITH_TRY(const auto ours, asLibraryKey(selfKey, context->get()));
    KITH_TRY(const auto theirs, asLibraryKey(otherKey, context->get()));
    Generator generator;
    Ref<fingerprint> value;
    Buffer scannable;
    const std::string selfName = self.hex();
    const std::string otherName = other.hex();
    int code = fingerprint_generator_create(Out(generator), iterations, scannableVersion, context->get());
    if (code >= 0)
        code = fingerprint_generator_create_for(generator.get(), selfName.c_str(), ours.get(), otherName.c_str(),
                                                theirs.get(), Out(value));
    if (code >= 0)
        code = scannable_fingerprint_serialize(Out(scannable), fingerprint_get_scannable(value.get()));
    if (code < 0)
        return context->errorOf(code);
    return SafetyNumber { displayable_fingerprint_text(fingerprint_get_displayable(value.get())),
                          toByteArray(octetsOf(scannable.get())) };
}

Result<bool> compareScannable(const QByteArray &ours, const QByteArray &scanned)
{
    SystemRandom unused;
    KITH_TRY(const auto context, LibraryContext::create(unused, nullptr));
    KITH_TRY(const auto own, parse(ours, context->get()));
    KITH_TRY(const auto other, parse(scanned, context->get()));
    const int code = scannable_fingerprint_compare(own.get(), other.get());
    if (code < 0 && code != SG_ERR_FP_IDENT_MISMATCH && code != SG_ERR_FP_VERSION_MISMATCH)
        return context->errorOf(code);
    return code == 1;
}

} // namespace kith::crypto
