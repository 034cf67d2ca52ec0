// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/crypto/key_slots.h"

#include "common/base/hash.h"
#include "common/crypto/aead.h"
#include "common/crypto/big_endian.h"

#include <sodium.h>

#include <algorithm>

namespace kith::crypto {

namespace {

constexpr std::string_view magic = "KITHKEYS";
constexpr std::uint8_t formatVersion = 1;
constexpr std::size_t saltSize = 16;
constexpr std::size_t wrappedSize = KeySlots::keySize + aeadOverhead;
constexpr std::size_t macSize = Sha256::size;
constexpr std::size_t minKeyFileSize = 32;
constexpr std::size_t keyringSize = 32;
constexpr std::size_t recoverySize = 20;
// What a file may ask of this machine before the passphrase is known to be right.
constexpr std::uint64_t maxArgonMemory = 1024U * 1024U * 1024U;
constexpr std::uint32_t maxArgonPasses = 16;

Error corrupt(const char *what)
{
    return { ErrorCode::corrupt, what };
}

Error wrongSecret()
{
    return { ErrorCode::permission, "the secret does not open this profile" };
}

QByteArray header()
{
    QByteArray bytes(magic.data(), static_cast<qsizetype>(magic.size()));
    appendBigEndian(bytes, formatVersion);
    return bytes;
}

/// Reads big-endian numbers and runs of octets; remembers having run short.
class Reader {
public:
    explicit Reader(ByteView bytes) : rest_(bytes) { }

    ByteView take(std::size_t size)
    {
        isShort_ = isShort_ || size > rest_.size();
        const auto taken = rest_.first(isShort_ ? 0 : size);
        rest_ = rest_.subspan(taken.size());
        return taken;
    }
    std::uint64_t number(std::size_t size)
    {
        std::uint64_t value = 0;
        for (const auto octet : take(size))
            value = (value << 8U) | octet;
        return value;
    }
    bool isShort() const { return isShort_; }
    bool atEnd() const { return rest_.empty(); }

private:
    ByteView rest_;
    bool isShort_ = false;
};

bool isKnown(SlotKind kind)
{
    switch (kind) {
    case SlotKind::passphrase:
    case SlotKind::keyFile:
    case SlotKind::keyring:
    case SlotKind::recovery:
        return true;
    }
    return false;
}

bool fits(SlotKind kind, std::size_t secretSize)
{
    switch (kind) {
    case SlotKind::passphrase:
        return false;
    case SlotKind::keyFile:
        return secretSize >= minKeyFileSize;
    case SlotKind::keyring:
        return secretSize == keyringSize;
    case SlotKind::recovery:
        return secretSize == recoverySize;
    }
    return false;
}

Result<SecretBytes> stretch(ByteView passphrase, ByteView salt, std::uint32_t passes, std::uint64_t memory)
{
    SecretBytes key(aeadKeySize);
    if (sodium_init() < 0
        || crypto_pwhash(key.mutableView().data(), key.size(), reinterpret_cast<const char *>(passphrase.data()),
                         passphrase.size(), salt.data(), passes, static_cast<std::size_t>(memory),
                         crypto_pwhash_ALG_ARGON2ID13)
            != 0)
        return Error { ErrorCode::internal, "Argon2id failed, probably for want of memory" };
    return key;
}

Result<SecretBytes> wrappingKey(SlotKind kind, ByteView secret, ByteView salt)
{
    const std::string info = "kith.keyslot.v1." + std::to_string(static_cast<int>(kind));
    return hkdfSha256(secret, salt, info, aeadKeySize);
}

} // namespace

QByteArray KeySlots::parametersOf(const Entry &entry)
{
    QByteArray bytes = header();
    appendBigEndian(bytes, static_cast<std::uint8_t>(entry.kind));
    appendBigEndian(bytes, entry.passes);
    appendBigEndian(bytes, entry.memory);
    bytes.append(entry.salt);
    appendBigEndian(bytes, static_cast<std::uint16_t>(entry.hint.size()));
    bytes.append(entry.hint.data(), static_cast<qsizetype>(entry.hint.size()));
    return bytes;
}

QByteArray KeySlots::encodedSlots() const
{
    QByteArray bytes = header();
    appendBigEndian(bytes, static_cast<std::uint8_t>(entries_.size()));
    for (const auto &entry : entries_) {
        bytes.append(parametersOf(entry).mid(header().size()));
        bytes.append(entry.wrapped);
    }
    return bytes;
}

QByteArray KeySlots::encode() const
{
    return encodedSlots() + mac_;
}

Result<KeySlots> KeySlots::decode(ByteView encoded)
{
    if (encoded.size() > maxEncodedSize)
        return Error { ErrorCode::tooLarge, "a key file" };
    Reader reader(encoded);
    const auto start = reader.take(magic.size());
    if (!std::ranges::equal(start, viewOf(magic)))
        return corrupt("no key file");
    const auto version = reader.number(1);
    if (reader.isShort() || version != formatVersion)
        return Error { ErrorCode::unsupported, "a key file of another version" };
    const auto count = reader.number(1);
    if (count > maxSlots)
        return corrupt("the number of key slots");
    KeySlots slots;
    for (std::uint64_t i = 0; i < count; ++i) {
        Entry entry;
        entry.kind = static_cast<SlotKind>(reader.number(1));
        entry.passes = static_cast<std::uint32_t>(reader.number(4));
        entry.memory = reader.number(8);
        entry.salt = toByteArray(reader.take(saltSize));
        const auto hintSize = static_cast<std::size_t>(reader.number(2));
        if (hintSize > maxHintSize)
            return corrupt("a key slot's hint");
        const auto hint = reader.take(hintSize);
        entry.hint.assign(reinterpret_cast<const char *>(hint.data()), hint.size());
        entry.wrapped = toByteArray(reader.take(wrappedSize));
        const bool stretched = entry.kind == SlotKind::passphrase;
        if (reader.isShort() || !isKnown(entry.kind) || slots.has(entry.kind)
            || (stretched
                && (entry.memory < argonMemory || entry.memory > maxArgonMemory || entry.passes < argonPasses
                    || entry.passes > maxArgonPasses)))
            return corrupt("a key slot");
        slots.entries_.push_back(std::move(entry));
    }
    slots.mac_ = toByteArray(reader.take(macSize));
    if (reader.isShort() || !reader.atEnd())
        return corrupt("a key file of the wrong length");
    return slots;
}

Result<KeySlots> KeySlots::create(const SecretBytes &databaseKey)
{
    if (databaseKey.size() != keySize)
        return Error { ErrorCode::invalid, "a database key of the wrong length" };
    KeySlots slots;
    KITH_CHECK(slots.seal(databaseKey));
    return slots;
}

Result<Sha256> KeySlots::mac(const SecretBytes &databaseKey) const
{
    KITH_TRY(const auto key, hkdfSha256(databaseKey.view(), {}, "kith.keyslots.mac.v1", keySize));
    return hmacSha256(key.view(), viewOf(encodedSlots()));
}

Result<void> KeySlots::seal(const SecretBytes &databaseKey)
{
    KITH_TRY(const auto value, mac(databaseKey));
    mac_ = value.bytes();
    return {};
}

Result<void> KeySlots::checkKey(const SecretBytes &databaseKey) const
{
    if (databaseKey.size() != keySize)
        return Error { ErrorCode::invalid, "a database key of the wrong length" };
    KITH_TRY(const auto expected, mac(databaseKey));
    if (!SecretBytes(expected.view()).equals(viewOf(mac_)))
        return Error { ErrorCode::permission, "another database key" };
    return {};
}

std::vector<KeySlots::Slot> KeySlots::list() const
{
    std::vector<Slot> slots;
    for (const auto &entry : entries_)
        slots.push_back({ entry.kind, entry.hint });
    return slots;
}

const KeySlots::Entry *KeySlots::find(SlotKind kind) const
{
    const auto found = std::ranges::find(entries_, kind, &Entry::kind);
    return found == entries_.end() ? nullptr : &*found;
}

bool KeySlots::has(SlotKind kind) const
{
    return find(kind) != nullptr;
}

Result<void> KeySlots::put(Entry entry, const SecretBytes &wrapping, const SecretBytes &databaseKey, Random &random)
{
    if (entries_.size() >= maxSlots && !has(entry.kind))
        return Error { ErrorCode::full, "key slots" };
    KITH_TRY(entry.wrapped, sealAead(wrapping.view(), viewOf(parametersOf(entry)), databaseKey.view(), random));
    std::erase_if(entries_, [&](const Entry &old) { return old.kind == entry.kind; });
    entries_.push_back(std::move(entry));
    return seal(databaseKey);
}

Result<void> KeySlots::addPassphraseSlot(const SecretBytes &databaseKey, ByteView passphrase, Random &random)
{
    if (passphrase.empty())
        return Error { ErrorCode::invalid, "an empty passphrase" };
    KITH_CHECK(checkKey(databaseKey));
    KITH_TRY(const auto salt, SecretBytes::random(saltSize, random));
    Entry entry { SlotKind::passphrase, argonPasses, argonMemory, toByteArray(salt.view()), {}, {} };
    KITH_TRY(const auto wrapping, stretch(passphrase, salt.view(), entry.passes, entry.memory));
    return put(std::move(entry), wrapping, databaseKey, random);
}

Result<void> KeySlots::addSecretSlot(SlotKind kind, const SecretBytes &databaseKey, ByteView secret, std::string hint,
                                     Random &random)
{
    if (!fits(kind, secret.size()))
        return Error { ErrorCode::invalid, "a slot's secret of the wrong kind or length" };
    if (hint.size() > maxHintSize)
        return Error { ErrorCode::invalid, "a slot's hint" };
    KITH_CHECK(checkKey(databaseKey));
    KITH_TRY(const auto salt, SecretBytes::random(saltSize, random));
    KITH_TRY(const auto wrapping, wrappingKey(kind, secret, salt.view()));
    return put({ kind, 0, 0, toByteArray(salt.view()), std::move(hint), {} }, wrapping, databaseKey, random);
}

Result<void> KeySlots::removeSlot(SlotKind kind, const SecretBytes &databaseKey)
{
    KITH_CHECK(checkKey(databaseKey));
    std::erase_if(entries_, [&](const Entry &entry) { return entry.kind == kind; });
    return seal(databaseKey);
}

Result<SecretBytes> KeySlots::open(const Entry &entry, const SecretBytes &wrapping) const
{
    auto databaseKey = openAead(wrapping.view(), viewOf(parametersOf(entry)), viewOf(entry.wrapped));
    if (!databaseKey && databaseKey.error().code == ErrorCode::permission)
        return wrongSecret();
    if (databaseKey && !checkKey(*databaseKey))
        return corrupt("key slots that were tampered with");
    return databaseKey;
}

Result<SecretBytes> KeySlots::unlockWithPassphrase(ByteView passphrase) const
{
    const auto *entry = find(SlotKind::passphrase);
    if (!entry)
        return Error { ErrorCode::notFound, "no passphrase slot" };
    KITH_TRY(const auto wrapping, stretch(passphrase, viewOf(entry->salt), entry->passes, entry->memory));
    return open(*entry, wrapping);
}

Result<SecretBytes> KeySlots::unlockWithSecret(SlotKind kind, ByteView secret) const
{
    const auto *entry = kind == SlotKind::passphrase ? nullptr : find(kind);
    if (!entry)
        return Error { ErrorCode::notFound, "no such key slot" };
    if (!fits(kind, secret.size()))
        return wrongSecret();
    KITH_TRY(const auto wrapping, wrappingKey(kind, secret, viewOf(entry->salt)));
    return open(*entry, wrapping);
}

} // namespace kith::crypto
