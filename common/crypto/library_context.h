// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "common/crypto/decrypt_error.h"
#include "common/crypto/library_pointer.h"
#include "common/crypto/provider.h"
#include "common/crypto/session_record.h"
#include "common/crypto/stores.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace kith::crypto {

/// A device or a sender as the library wants it: by pointers, which live as long as this (TR20).
struct LibraryAddress {
    explicit LibraryAddress(const DeviceId &device);
    LibraryAddress(const GroupId &group, const DeviceId &sender);
    LibraryAddress(const LibraryAddress &) = delete;
    LibraryAddress &operator=(const LibraryAddress &) = delete;

    static Result<DeviceId> deviceOf(const signal_protocol_address &address);
    static Result<GroupId> groupOf(const signal_protocol_sender_key_name &name);

    std::string account; ///< hex, because the library prints it up to a NUL
    std::string group; ///< hex
    signal_protocol_address address {};
    signal_protocol_sender_key_name senderKeyName {};
};

/// One signal_context with our provider and lock, and, with stores, one store context (C3).
class LibraryContext {
public:
    /// Errors: internal. `stores` may be null for calls that need none; it is copied.
    static Result<std::unique_ptr<LibraryContext>> create(Random &random, const Stores *stores);
    ~LibraryContext();
    LibraryContext(const LibraryContext &) = delete;
    LibraryContext &operator=(const LibraryContext &) = delete;

    signal_context *get() const { return context_.get(); }
    signal_protocol_store_context *storeContext() const { return storeContext_.get(); }
    Stores &stores() { return *stores_; }
    /// For a read that needs no Operation.
    std::unique_lock<std::recursive_mutex> hold() { return std::unique_lock(mutex_); }

    /// The error behind a negative `code`: a store's own, the random generator's, or `internal`.
    Error errorOf(int code);
    /// The same for a decryption, with the library's finding.
    DecryptError decryptErrorOf(int code);

    /// One call of ours into the library: holds the lock, carries what the callbacks need, refuses to nest (a call from
    /// inside OnPlaintext would mix two messages' state).
    class Operation {
    public:
        explicit Operation(LibraryContext &context);
        ~Operation();
        Operation(const Operation &) = delete;
        Operation &operator=(const Operation &) = delete;
        /// False inside another operation: the caller returns nestedError().
        bool isAllowed() const { return allowed_; }
        static Error nestedError() { return { ErrorCode::internal, "a cipher call from inside OnPlaintext" }; }

    private:
        LibraryContext &context_;
        std::unique_lock<std::recursive_mutex> lock_;
        bool allowed_;
    };

    // What the callbacks of the present Operation read.
    RecordSelection selection; ///< the session record that the library may see
    QByteArray trustedIdentity; ///< the only identity key that passes
    const OnPlaintext *onPlaintext = nullptr;

    // What they report.
    template <class T>
    int fail(const Result<T> &result)
    {
        storeError_ = result.error();
        return SG_ERR_UNKNOWN;
    }
    /// Hands the plaintext to onPlaintext.
    int deliver(const signal_buffer *plaintext);

private:
    LibraryContext() = default;
    static void lock(void *self) { static_cast<LibraryContext *>(self)->mutex_.lock(); }
    static void unlock(void *self) { static_cast<LibraryContext *>(self)->mutex_.unlock(); }
    void reset();

    std::recursive_mutex mutex_; ///< the library nests its lock (TR12)
    std::unique_ptr<Provider> provider_;
    std::optional<Stores> stores_;
    Owned<signal_context, signal_context_destroy> context_;
    Owned<signal_protocol_store_context, signal_protocol_store_context_destroy> storeContext_;
    bool busy_ = false;
    std::optional<Error> storeError_;
    std::optional<Error> abortError_;
};

/// Registers our callbacks for all five stores. Returns the library's code.
int registerStores(LibraryContext &context);

inline ByteView octetsOf(const signal_buffer *buffer)
{
    return { signal_buffer_const_data(buffer), signal_buffer_len(buffer) };
}

/// 33 bytes. Empty when the library is out of memory.
QByteArray serialized(const ec_public_key *key);
/// Errors: invalid, the low-order points included (TR16).
Result<Ref<ec_public_key>> decodePublicKey(const QByteArray &key, signal_context *context);

} // namespace kith::crypto
