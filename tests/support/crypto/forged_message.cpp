// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/crypto/forged_message.h"

#include "common/crypto/protobuf_wire.h"

namespace kith::crypto {

namespace {

constexpr char versionByte = 0x33;
constexpr qsizetype macSize = 8;
constexpr std::uint32_t preKeyBaseKey = 2;
constexpr std::uint32_t preKeyIdentityKey = 3;
constexpr std::uint32_t preKeyMessage = 4;

void appendNumber(QByteArray &message, std::uint32_t number, std::uint32_t value)
{
    message.append(static_cast<char>(number << 3U));
    for (; value >= 0x80; value >>= 7U)
        message.append(static_cast<char>((value & 0x7fU) | 0x80U));
    message.append(static_cast<char>(value));
}

} // namespace

QByteArray forgedMessage(const QByteArray &ratchetKey, std::uint32_t counter)
{
    QByteArray message(1, versionByte);
    appendField(message, 1, viewOf(ratchetKey));
    appendNumber(message, 2, counter);
    appendNumber(message, 3, 0);
    appendField(message, 4, viewOf(QByteArray(16, 'x')));
    return message + QByteArray(macSize, 'm');
}

Ciphertext withInner(const Ciphertext &original, const QByteArray &inner, const QByteArray &identityKey,
                     const QByteArray &baseKey)
{
    QByteArray message(1, versionByte);
    WireReader reader(viewOf(original.bytes).subspan(1));
    while (const auto field = reader.next()) {
        if (field->number == preKeyMessage)
            appendField(message, preKeyMessage, viewOf(inner));
        else if (field->number == preKeyIdentityKey && !identityKey.isEmpty())
            appendField(message, preKeyIdentityKey, viewOf(identityKey));
        else if (field->number == preKeyBaseKey && !baseKey.isEmpty())
            appendField(message, preKeyBaseKey, viewOf(baseKey));
        else
            message.append(toByteArray(field->raw));
    }
    return { CiphertextType::preKey, message };
}

QByteArray innerOf(const Ciphertext &original)
{
    WireReader reader(viewOf(original.bytes).subspan(1));
    while (const auto field = reader.next())
        if (field->number == preKeyMessage)
            return toByteArray(field->bytes);
    return {};
}

Ciphertext withBrokenMac(const Ciphertext &ciphertext)
{
    QByteArray inner = ciphertext.type == CiphertextType::preKey ? innerOf(ciphertext) : ciphertext.bytes;
    inner.back() = static_cast<char>(inner.back() ^ 1);
    return ciphertext.type == CiphertextType::preKey ? withInner(ciphertext, inner)
                                                     : Ciphertext { CiphertextType::message, inner };
}

} // namespace kith::crypto
