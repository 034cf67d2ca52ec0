// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/ids.h"
#include "common/wire/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// The frames of PROTOCOL.md as plain values. Generated protobuf classes stay inside this room (style 7.11).
namespace kith::wire {

constexpr std::uint32_t protocolVersion = 1;
constexpr const char *subprotocol = "kith.v1";

// ---- opening ------------------------------------------------------------------------------------------------------

/// Client's first frame.
struct Hello {
    std::uint32_t minVersion = protocolVersion;
    std::uint32_t maxVersion = protocolVersion;
    std::vector<std::string> features;
    std::string appVersion;
    bool operator==(const Hello &) const = default;
};

enum class RegistrationMode { open = 1, invite = 2, closed = 3 };

/// The limits that this server applies (security 5.2).
struct AnnouncedLimits {
    std::uint64_t frameBytes = 0, contentBytes = 0, textBytes = 0, devices = 0, queueMessages = 0;
    bool operator==(const AnnouncedLimits &) const = default;
};

/// Server's answer to Hello. `version` 0: no common version, the socket closes with 4400.
struct ServerHello {
    std::uint32_t version = 0;
    std::vector<std::string> features;
    Sha256 serverId; ///< SHA-256 of the server's Ed25519 public key (security KEY6)
    RegistrationMode registration = RegistrationMode::closed;
    bool lab = false;
    AnnouncedLimits limits;
    bool operator==(const ServerHello &) const = default;
};

/// Follows ServerHello. The nonce serves this connection only.
struct Challenge {
    Sha256 nonce; ///< 32 random bytes
    WallTime time {};
    bool operator==(const Challenge &) const = default;
};

/// A one-time or signed prekey's public half. `signature` is empty for one-time keys.
struct PreKey {
    std::uint32_t id = 0;
    QByteArray publicKey; ///< 33 B, first byte 0x05
    QByteArray signature; ///< 64 B (XEdDSA by the device identity key) or empty
    bool operator==(const PreKey &) const = default;
};

/// A device list as its account key signed it; verified, stored and forwarded as received (style 7.5).
struct SignedDeviceList {
    QByteArray list; ///< kith.v1.DeviceList
    Ed25519Signature signature;
    bool operator==(const SignedDeviceList &) const = default;
};

/// Everything an account starts with, in one frame; repeating it after a lost reply gives the same answer.
struct Register {
    std::string name;
    std::string invite; ///< empty: none
    AccountId account;
    Ed25519PublicKey accountKey;
    SignedDeviceList devices; ///< version 1, one device
    std::uint32_t registrationId = 0;
    PreKey signedPreKey;
    std::vector<PreKey> preKeys;
    Ed25519Signature login; ///< by the device signing key over loginBytes()
    bool operator==(const Register &) const = default;
};

struct Authenticate {
    DeviceId device;
    Ed25519Signature login;
    bool operator==(const Authenticate &) const = default;
};

/// Answer to Register and Authenticate; the drain of the queue follows at once, then Drained.
struct Ready {
    Qepoch qepoch;
    std::uint64_t listVersion = 0;
    std::uint32_t preKeysLeft = 0;
    std::uint64_t sendCounter = 0; ///< highest that the server remembers (security C23)
    std::uint32_t signedPreKeyId = 0;
    bool operator==(const Ready &) const = default;
};

// ---- people and keys ----------------------------------------------------------------------------------------------

struct Lookup {
    std::string name;
    bool operator==(const Lookup &) const = default;
};
struct LookupAccount {
    AccountId account;
    bool operator==(const LookupAccount &) const = default;
};
/// Answer to Lookup and LookupAccount.
struct AccountInfo {
    AccountId account;
    std::string name;
    Ed25519PublicKey accountKey;
    SignedDeviceList devices;
    std::uint64_t profileVersion = 0; ///< 0: none
    bool operator==(const AccountInfo &) const = default;
};

enum class Relation { none = 1, accepted = 2, blocked = 3 };
struct SetRelation {
    AccountId account;
    Relation relation = Relation::none;
    bool operator==(const SetRelation &) const = default;
};

struct SetProfile {
    std::uint64_t version = 0; ///< must be larger than the stored one
    QByteArray sealed; ///< AES-256-GCM under the profile key (security C29)
    bool operator==(const SetProfile &) const = default;
};
struct FetchProfile {
    AccountId account;
    bool operator==(const FetchProfile &) const = default;
};
struct Profile {
    std::uint64_t version = 0;
    QByteArray sealed;
    bool operator==(const Profile &) const = default;
};
struct DeleteAccount {
    bool operator==(const DeleteAccount &) const = default;
};

struct PublishDeviceList {
    SignedDeviceList devices; ///< version = stored one + 1
    bool operator==(const PublishDeviceList &) const = default;
};
struct PublishPreKeys {
    std::optional<PreKey> signedPreKey;
    std::vector<PreKey> preKeys;
    bool operator==(const PublishPreKeys &) const = default;
};
struct CountPreKeys {
    bool operator==(const CountPreKeys &) const = default;
};
struct PreKeyCount {
    std::uint32_t left = 0;
    std::uint32_t signedPreKeyId = 0;
    bool operator==(const PreKeyCount &) const = default;
};
struct BundleRequest {
    AccountId account;
    std::vector<std::uint16_t> devices; ///< empty: all
    bool operator==(const BundleRequest &) const = default;
};
struct FetchBundles {
    std::vector<BundleRequest> accounts; ///< at most 64 (LIM19)
    bool operator==(const FetchBundles &) const = default;
};
struct DeviceBundle {
    std::uint16_t device = 0;
    std::uint32_t registrationId = 0;
    PreKey signedPreKey;
    std::optional<PreKey> oneTime; ///< absent: the stock is empty or reserved (security C14)
    bool operator==(const DeviceBundle &) const = default;
};
struct AccountBundles {
    AccountId account;
    Ed25519PublicKey accountKey;
    SignedDeviceList devices;
    std::vector<DeviceBundle> bundles;
    bool operator==(const AccountBundles &) const = default;
};
/// Answer to FetchBundles; an account that does not exist is absent.
struct Bundles {
    std::vector<AccountBundles> accounts;
    bool operator==(const Bundles &) const = default;
};

// ---- messages -----------------------------------------------------------------------------------------------------

/// libsignal's two pairwise message types, version 3 (security C24).
enum class CiphertextType { message = 1, preKey = 2 };

struct DeviceCiphertext {
    std::uint16_t device = 0;
    CiphertextType type = CiphertextType::message;
    QByteArray content;
    bool operator==(const DeviceCiphertext &) const = default;
};
struct SendTarget {
    AccountId account;
    std::uint64_t listVersion = 0;
    std::vector<DeviceCiphertext> ciphertexts;
    bool operator==(const SendTarget &) const = default;
};
struct SendMessage {
    Mid mid;
    std::vector<SendTarget> targets;
    std::uint64_t sendCounter = 0;
    bool operator==(const SendMessage &) const = default;
};
struct Accepted {
    Mid mid;
    Sid sid;
    WallTime serverTime {};
    bool operator==(const Accepted &) const = default;
};
struct MismatchedAccount {
    AccountId account;
    std::uint64_t listVersion = 0;
    std::vector<std::uint16_t> missing, extra, stale;
    bool operator==(const MismatchedAccount &) const = default;
};
/// Refusal ERR5 (devices missing or extra) or ERR6 (only stale): nothing was stored.
struct DeviceMismatch {
    std::vector<MismatchedAccount> accounts;
    bool operator==(const DeviceMismatch &) const = default;
};

/// A message as its recipient's device gets it. The sender was stamped by the server from the socket (security S3).
struct Envelope {
    DeviceId sender;
    Mid mid;
    Sid sid;
    WallTime serverTime {};
    CiphertextType type = CiphertextType::message;
    QByteArray content;
    bool operator==(const Envelope &) const = default;
};
/// A device of `recipient` acknowledged these messages with receipt (delivery ACK6). At most 64.
struct Delivered {
    AccountId recipient;
    std::vector<Mid> mids;
    bool operator==(const Delivered &) const = default;
};
/// `count` messages did not fit into this device's queue (delivery ST23).
struct Missed {
    std::uint64_t count = 0;
    bool operator==(const Missed &) const = default;
};
/// `count` messages from `from` to `to` expired unread in the queue (delivery ST22).
struct ExpiredRange {
    Qseq from, to;
    std::uint64_t count = 0;
    bool operator==(const ExpiredRange &) const = default;
};
/// Own messages that expired unread at `recipient` (delivery ST22).
struct ExpiredAtRecipient {
    AccountId recipient;
    std::vector<Mid> mids;
    bool operator==(const ExpiredAtRecipient &) const = default;
};
using QueueItem = std::variant<Envelope, Delivered, Missed, ExpiredRange, ExpiredAtRecipient>;

/// One row of the device's queue, in qseq order.
struct Deliver {
    Qseq qseq;
    QueueItem item;
    bool operator==(const Deliver &) const = default;
};
struct AckRange {
    Qseq from, to; ///< both included
    bool receipt = false;
    bool operator==(const AckRange &) const = default;
};
/// Never answered. Only rows of this device's own queue; anything else is ignored (security S3).
struct Ack {
    std::vector<AckRange> ranges;
    bool operator==(const Ack &) const = default;
};
/// Everything that was queued when the device connected has been pushed, up to `qseq`.
struct Drained {
    Qseq qseq;
    bool operator==(const Drained &) const = default;
};

// ---- alive --------------------------------------------------------------------------------------------------------

struct Heartbeat {
    bool operator==(const Heartbeat &) const = default;
};
/// To the connected devices of `account`, at most once, never stored (security C28).
struct Ephemeral {
    AccountId account; ///< client to server: the recipient; server to client: the sender
    std::uint16_t device = 0; ///< server to client: the sender's device, stamped
    QByteArray sealed;
    bool operator==(const Ephemeral &) const = default;
};
/// The owner's stock is low (security C14).
struct PreKeysLow {
    std::uint32_t left = 0;
    bool operator==(const PreKeysLow &) const = default;
};
/// The server is about to close; come back after `retryAfter`.
struct GoAway {
    milliseconds retryAfter { 0 };
    bool operator==(const GoAway &) const = default;
};
/// The request was carried out and has no other answer. Also answers Heartbeat.
struct Done {
    bool operator==(const Done &) const = default;
};

using ClientBody = std::variant<Hello, Register, Authenticate, Lookup, LookupAccount, SetRelation, SetProfile,
                                FetchProfile, DeleteAccount, PublishDeviceList, PublishPreKeys, CountPreKeys,
                                FetchBundles, SendMessage, Ack, Heartbeat, Ephemeral>;
using ServerBody = std::variant<ServerHello, Challenge, Ready, AccountInfo, Profile, PreKeyCount, Bundles, Accepted,
                                DeviceMismatch, Deliver, Drained, Ephemeral, PreKeysLow, GoAway, Done, Fault>;

/// `requestId` is chosen by the client, 1 or more, and comes back in the answer. 0: wants no answer (Ack, Ephemeral).
struct ClientFrame {
    std::uint64_t requestId = 0;
    ClientBody body;
    bool operator==(const ClientFrame &) const = default;
};
/// `requestId` 0: not an answer.
struct ServerFrame {
    std::uint64_t requestId = 0;
    ServerBody body;
    bool operator==(const ServerFrame &) const = default;
};

} // namespace kith::wire
