// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What is inside the encryption (architecture 6, Content version 1). Client only: no server room may include this.
namespace kith::wire {

constexpr std::uint32_t contentVersion = 1;

/// Which conversation a content belongs to. 1:1: the two accounts in ascending order. (Groups get their own kind.)
struct PairChat {
    AccountId low, high;
    static PairChat of(const AccountId &a, const AccountId &b);
    bool operator==(const PairChat &) const = default;
};

/// Binds a content to its sender, recipient, place and order (security C17).
struct ContentHeader {
    DeviceId sender;
    AccountId recipient;
    PairChat chat;
    Mid mid;
    WallTime clientTime {};
    std::optional<std::uint64_t> n; ///< counted bodies only: 1, 2, ... per (sender device, chat) (delivery ID8)
    std::optional<Sha256> previous; ///< SHA-256 of the encoded content with number n - 1; absent for n = 1
    std::vector<std::uint64_t> voided; ///< numbers that will never come; at most 64
    bool operator==(const ContentHeader &) const = default;
};

/// Authenticated: this device holds every counted content of `device` up to `n` (delivery ACK7).
struct ReceivedThrough {
    std::uint16_t device = 0;
    std::uint64_t n = 0;
    bool operator==(const ReceivedThrough &) const = default;
};

/// What its sender says that the message `replyTo` says: shown where the reader does not hold that message.
struct Quote {
    AccountId sender; ///< of the quoted message
    std::string text; ///< its beginning: UTF-8, at most 256 bytes
    bool operator==(const Quote &) const = default;
};
struct Text {
    std::string text; ///< UTF-8, 1 byte to 8 KiB (LIM2)
    std::optional<Mid> replyTo;
    std::optional<Quote> quote = {}; ///< only with replyTo
    bool operator==(const Text &) const = default;
};
enum class ReceiptKind { delivered = 1, read = 2 };
/// One message's place as its recipient knows it, so that the sender adopts the lowest sid (delivery ID7).
struct ReceiptEntry {
    Mid mid;
    Sid sid;
    WallTime serverTime {};
    bool operator==(const ReceiptEntry &) const = default;
};
/// Uncounted. Displayed (read), or stored after a hold-back (delivered, delivery ST21). 1 to 256 entries.
struct Receipt {
    ReceiptKind kind = ReceiptKind::read;
    std::vector<ReceiptEntry> entries;
    bool operator==(const Receipt &) const = default;
};
/// Uncounted and empty: keeps the ratchet turning (security C10).
struct KeepAlive {
    bool operator==(const KeepAlive &) const = default;
};
/// "I could not decrypt this; my new session is under this message" (security C8). 1 to 64 mids.
struct RetryRequest {
    std::vector<Mid> mids;
    bool operator==(const RetryRequest &) const = default;
};
/// "Numbers from..to of yours never came" (delivery ID8). At most 1,000 numbers.
struct ResendRequest {
    std::uint64_t from = 0, to = 0; ///< both included
    bool operator==(const ResendRequest &) const = default;
};
/// Answer to RetryRequest and ResendRequest: the original content, byte for byte, as a new ratchet step.
struct Resent {
    QByteArray content;
    bool operator==(const Resent &) const = default;
};
/// Answer to ResendRequest for numbers that will never come; at most 1,000. The header's `voided` says the same for
/// few.
struct VoidNumbers {
    std::vector<std::uint64_t> numbers;
    bool operator==(const VoidNumbers &) const = default;
};
/// A body that this build does not know: kept as it came, shown as "needs a newer Kith", acked without receipt.
struct UnknownBody {
    bool operator==(const UnknownBody &) const = default;
};
using ContentBody =
    std::variant<Text, Receipt, KeepAlive, RetryRequest, ResendRequest, Resent, VoidNumbers, UnknownBody>;

struct Content {
    std::uint32_t version = contentVersion;
    ContentHeader header;
    std::optional<QByteArray> profileKey; ///< 32 B, only to accepted contacts (security C29)
    std::optional<std::uint64_t> profileVersion;
    std::optional<QByteArray> ephemeralKey; ///< 32 B, only to accepted contacts (security C28)
    std::vector<ReceivedThrough> receivedThrough; ///< at most 64
    ContentBody body;
    bool operator==(const Content &) const = default;
};

/// Whether a body takes a number n and is kept (architecture 6).
bool isCounted(const ContentBody &body);

QByteArray encode(const Content &content);
/// Checks every limit. A newer version or unknown body decodes with what is known and UnknownBody. Errors: invalid,
/// tooLarge.
Result<Content> decodeContent(const QByteArray &bytes);

/// Name and status line of a person, sealed with the profile key (security C29).
struct ProfileContent {
    std::string displayName; ///< UTF-8, at most 128 B
    std::string about; ///< UTF-8, at most 512 B
    QByteArray avatar; ///< at most 64 KiB
    bool operator==(const ProfileContent &) const = default;
};
QByteArray encode(const ProfileContent &profile);
Result<ProfileContent> decodeProfile(const QByteArray &bytes);

} // namespace kith::wire
