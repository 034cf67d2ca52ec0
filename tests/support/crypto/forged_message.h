// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/crypto/session_cipher.h"

#include <QByteArray>

namespace kith::crypto {

/// A well-formed message ciphertext of anybody's making: what a hostile server can send.
QByteArray forgedMessage(const QByteArray &ratchetKey, std::uint32_t counter);

/// A prekey ciphertext whose inner message is replaced by `inner`, and, when given, whose identity key is `identityKey`
/// and whose base key is `baseKey`.
Ciphertext withInner(const Ciphertext &preKeyMessage, const QByteArray &inner, const QByteArray &identityKey = {},
                     const QByteArray &baseKey = {});

/// The inner message of a prekey ciphertext.
QByteArray innerOf(const Ciphertext &preKeyMessage);

/// The same ciphertext with its MAC broken, whatever its type.
Ciphertext withBrokenMac(const Ciphertext &ciphertext);

} // namespace kith::crypto
