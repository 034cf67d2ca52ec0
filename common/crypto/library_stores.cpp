// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The library's store tables: C functions that call our interfaces and keep the error for whoever called the library.
#include "common/base/failpoint.h"
#include "common/crypto/library_context.h"

namespace kith::crypto {

namespace {

LibraryContext &self(void *userData)
{
    return *static_cast<LibraryContext *>(userData);
}

QByteArray copyOf(const std::uint8_t *data, std::size_t size)
{
    return toByteArray({ data, size });
}

int give(signal_buffer **out, ByteView bytes)
{
    *out = signal_buffer_create(bytes.data(), bytes.size());
    return *out ? SG_SUCCESS : SG_ERR_NOMEM;
}

// Sessions: the call has selected what the library may see, and puts the rest back.

int loadSession(signal_buffer **record, signal_buffer **, const signal_protocol_address *, void *userData)
{
    const auto &visible = self(userData).selection.visible;
    if (!visible)
        return 0;
    const int given = give(record, viewOf(*visible));
    return given < 0 ? given : 1;
}

int containsSession(const signal_protocol_address *, void *userData)
{
    return self(userData).selection.visible ? 1 : 0;
}

int storeSession(const signal_protocol_address *address, std::uint8_t *data, std::size_t size, std::uint8_t *,
                 std::size_t, void *userData)
{
    auto &context = self(userData);
    const auto device = LibraryAddress::deviceOf(*address);
    if (!device)
        return context.fail(device);
    const auto merged = merge({ data, size }, context.selection);
    if (!merged)
        return context.fail(merged);
    const auto stored = context.stores().sessions.store(*device, *merged);
    KITH_FAILPOINT("c7-session");
    return stored ? SG_SUCCESS : context.fail(stored);
}

// The library deletes no session and asks for no list by itself; we do both at the store directly.

int subDevices(signal_int_list **, const char *, std::size_t, void *)
{
    return SG_ERR_UNKNOWN;
}

int deleteSession(const signal_protocol_address *, void *)
{
    return SG_ERR_UNKNOWN;
}

int deleteAllSessions(const char *, std::size_t, void *)
{
    return SG_ERR_UNKNOWN;
}

// Prekeys of both kinds differ in the store alone.

PreKeyStore &oneTime(Stores &stores)
{
    KITH_FAILPOINT("c7-prekey");
    return stores.preKeys;
}

SignedPreKeyStore &signedKeys(Stores &stores)
{
    KITH_FAILPOINT("c7-signed-prekey");
    return stores.signedPreKeys;
}

template <auto which>
int loadKey(signal_buffer **record, std::uint32_t id, void *userData)
{
    auto &context = self(userData);
    const auto loaded = which(context.stores()).load(id);
    if (!loaded)
        return context.fail(loaded);
    return *loaded ? give(record, viewOf(**loaded)) : SG_ERR_INVALID_KEY_ID;
}

template <auto which>
int storeKey(std::uint32_t id, std::uint8_t *data, std::size_t size, void *userData)
{
    auto &context = self(userData);
    const auto stored = which(context.stores()).store(id, copyOf(data, size));
    return stored ? SG_SUCCESS : context.fail(stored);
}

template <auto which>
int containsKey(std::uint32_t id, void *userData)
{
    auto &context = self(userData);
    const auto contained = which(context.stores()).contains(id);
    return contained ? int { *contained } : context.fail(contained);
}

template <auto which>
int removeKey(std::uint32_t id, void *userData)
{
    auto &context = self(userData);
    const auto removed = which(context.stores()).remove(id);
    return removed ? SG_SUCCESS : context.fail(removed);
}

int ownKeyPair(signal_buffer **publicKey, signal_buffer **privateKey, void *userData)
{
    auto &context = self(userData);
    const auto pair = context.stores().identity.ownKeyPair();
    if (!pair)
        return context.fail(pair);
    const int given = give(publicKey, viewOf(pair->publicKey));
    return given < 0 ? given : give(privateKey, pair->privateKey.view());
}

int registrationId(void *userData, std::uint32_t *id)
{
    auto &context = self(userData);
    const auto own = context.stores().identity.registrationId();
    if (!own)
        return context.fail(own);
    *id = *own;
    return SG_SUCCESS;
}

int saveIdentity(const signal_protocol_address *address, std::uint8_t *data, std::size_t size, void *userData)
{
    auto &context = self(userData);
    const auto device = LibraryAddress::deviceOf(*address);
    if (!device)
        return context.fail(device);
    const auto saved = context.stores().identity.saveIdentity(*device, copyOf(data, size));
    KITH_FAILPOINT("c7-identity");
    return saved ? SG_SUCCESS : context.fail(saved);
}

int isTrusted(const signal_protocol_address *, std::uint8_t *data, std::size_t size, void *userData)
{
    return copyOf(data, size) == self(userData).trustedIdentity ? 1 : 0;
}

int storeSenderKey(const signal_protocol_sender_key_name *name, std::uint8_t *data, std::size_t size, std::uint8_t *,
                   std::size_t, void *userData)
{
    auto &context = self(userData);
    const auto group = LibraryAddress::groupOf(*name);
    const auto sender = LibraryAddress::deviceOf(name->sender);
    if (!group || !sender)
        return SG_ERR_INVAL;
    const auto stored = context.stores().senderKeys.store(*group, *sender, copyOf(data, size));
    KITH_FAILPOINT("c7-sender-key");
    return stored ? SG_SUCCESS : context.fail(stored);
}

int loadSenderKey(signal_buffer **record, signal_buffer **, const signal_protocol_sender_key_name *name, void *userData)
{
    auto &context = self(userData);
    const auto group = LibraryAddress::groupOf(*name);
    const auto sender = LibraryAddress::deviceOf(name->sender);
    if (!group || !sender)
        return SG_ERR_INVAL;
    const auto loaded = context.stores().senderKeys.load(*group, *sender);
    if (!loaded)
        return context.fail(loaded);
    if (!*loaded)
        return 0;
    const int given = give(record, viewOf(**loaded));
    return given < 0 ? given : 1;
}

void nothingToDestroy(void *) { }

} // namespace

int registerStores(LibraryContext &context)
{
    auto *store = context.storeContext();
    const signal_protocol_session_store sessions { loadSession,   subDevices,        storeSession,     containsSession,
                                                   deleteSession, deleteAllSessions, nothingToDestroy, &context };
    const signal_protocol_pre_key_store preKeys { loadKey<oneTime>,   storeKey<oneTime>, containsKey<oneTime>,
                                                  removeKey<oneTime>, nothingToDestroy,  &context };
    const signal_protocol_signed_pre_key_store signedPreKeys { loadKey<signedKeys>,     storeKey<signedKeys>,
                                                               containsKey<signedKeys>, removeKey<signedKeys>,
                                                               nothingToDestroy,        &context };
    const signal_protocol_identity_key_store identity { ownKeyPair, registrationId,   saveIdentity,
                                                        isTrusted,  nothingToDestroy, &context };
    const signal_protocol_sender_key_store senderKeys { storeSenderKey, loadSenderKey, nothingToDestroy, &context };
    for (const int code : { signal_protocol_store_context_set_session_store(store, &sessions),
                            signal_protocol_store_context_set_pre_key_store(store, &preKeys),
                            signal_protocol_store_context_set_signed_pre_key_store(store, &signedPreKeys),
                            signal_protocol_store_context_set_identity_key_store(store, &identity),
                            signal_protocol_store_context_set_sender_key_store(store, &senderKeys) })
        if (code < 0)
            return code;
    return SG_SUCCESS;
}

} // namespace kith::crypto
