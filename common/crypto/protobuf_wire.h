// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/bytes.h"

#include <QByteArray>

#include <cstdint>
#include <optional>

namespace kith::crypto {

/// One field of a serialised protobuf message. The views point into the reader's bytes.
struct WireField {
    std::uint32_t number = 0;
    bool isBytes = false; ///< else a number
    std::uint64_t value = 0;
    ByteView bytes; ///< content of a length-delimited field
    ByteView raw; ///< tag, length and content
};

/// Walks the top level of a message. Allocates nothing; never reads beyond its bytes.
class WireReader {
public:
    explicit WireReader(ByteView bytes) : rest_(bytes) { }

    /// The next field; nothing at the end or at the first malformed one.
    std::optional<WireField> next();
    /// Whether everything up to the end was well formed.
    bool isComplete() const { return !malformed_ && rest_.empty(); }

private:
    std::optional<std::uint64_t> varint();
    std::optional<ByteView> take(std::uint64_t size);

    ByteView rest_;
    bool malformed_ = false;
};

/// Appends field `number` with length-delimited `content` to `message`.
void appendField(QByteArray &message, std::uint32_t number, ByteView content);

} // namespace kith::crypto
