// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"

#include <cstddef>
#include <cstdint>

/// Defaults of every limit, with the id of security.md 5.2. A server may announce others in its Hello; clients obey
/// those.
namespace kith::wire::limits {

constexpr std::size_t frameBytes = 128 * 1024; // LIM1, to the server
constexpr std::size_t clientFrameBytes = 256 * 1024; // LIM1, what a client accepts
constexpr std::size_t contentBytes = 96 * 1024; // LIM2, per ciphertext
constexpr std::size_t textBytes = 8 * 1024; // LIM2, inline text
constexpr std::size_t quoteBytes = 256; // of the quoted text
constexpr int messageFragments = 64; // LIM3
constexpr int controlFramesPerSecond = 10; // LIM3
constexpr int framesPerSecond = 50; // LIM4
constexpr int frameBurst = 200; // LIM4
constexpr int pairBurst = 60; // LIM5; refill 1/s
constexpr int pendingRequests = 100; // LIM6, strangers per recipient
constexpr int strangerMessages = 10; // LIM6, messages of one stranger
constexpr int devicesPerAccount = 6; // LIM7
constexpr std::uint64_t queueMessages = 10'000; // LIM8
constexpr std::uint64_t queueBytes = 64ULL * 1024 * 1024; // LIM8
constexpr int preKeyStock = 100; // LIM9
constexpr int preKeysForContacts = 20; // LIM9, the last ones
constexpr int preKeysStored = 200; // LIM9
constexpr int preKeysPerUpload = 100; // LIM9
constexpr int preKeyLowMark = 25; // security C13
constexpr int outboxMessages = 10'000; // LIM10
constexpr std::uint64_t outboxBytes = 256ULL * 1024 * 1024; // LIM10
constexpr milliseconds handshake { 5'000 }; // LIM12
constexpr milliseconds authentication { 5'000 }; // LIM12
constexpr milliseconds silence { 45'000 }; // LIM12, security S8
constexpr int connectionsPerIp = 64; // LIM13
constexpr int protobufDepth = 8; // LIM14
constexpr int repeatedFields = 2'048; // LIM14
constexpr int failedLoginsPerMinute = 5; // LIM15
constexpr int accountsPerFetch = 64; // LIM19
constexpr int ciphertextsPerSend = 1'100; // LIM19
constexpr int relationsPerAccount = 10'000; // LIM20
constexpr int window = 64; // delivery ST10, unacknowledged messages
constexpr std::size_t windowBytes = 1024 * 1024; // delivery ST10
constexpr int unansweredSends = 64; // delivery ST2
constexpr int protocolErrors = 10; // security S13
constexpr std::size_t nameBytes = 32;
constexpr std::size_t inviteBytes = 64;
constexpr std::size_t appVersionBytes = 64;
constexpr std::size_t featureBytes = 32;
constexpr int features = 64;
constexpr std::size_t deviceListBytes = 32 * 1024;
constexpr std::size_t profileBytes = 80 * 1024; // security C29: avatar 64 KiB, padded
constexpr std::size_t ephemeralBytes = 512; // security C28
constexpr int listedDevices = 64; // entries of a device list, removed ones included
constexpr int midsPerEvent = 64; // of Delivered and ExpiredAtRecipient
constexpr std::uint32_t maxRegistrationId = 16'380; // libsignal's range
constexpr std::uint32_t maxStock = 0xFFFF; // a count of prekeys; stored are far fewer (LIM9)
constexpr int receiptEntries = 256; // of a Receipt
constexpr std::uint64_t resendNumbers = 1'000; // delivery ID8
constexpr int voidedNumbers = 64; // in a header
constexpr std::size_t displayNameBytes = 128;
constexpr std::size_t aboutBytes = 512;
constexpr std::size_t avatarBytes = 64 * 1024; // security C29
constexpr int storedStrangerMids = 1'024; // of one stranger; LIM6 admits 10 by default
constexpr int ackRanges = 256;
constexpr std::uint64_t ackRows = 4'096; // in all ranges of one Ack; the window is 64
constexpr std::size_t detailBytes = 256; // of a Fault
constexpr milliseconds longestRetry { 24LL * 3600 * 1000 }; // of a Fault or GoAway
constexpr std::uint32_t maxPreKeyId = 0xFFFFFE; // 24 bits; 0xFFFFFF is never issued (security TR18)
constexpr std::uint32_t maxAnyPreKeyId = 0xFFFFFF;

} // namespace kith::wire::limits
