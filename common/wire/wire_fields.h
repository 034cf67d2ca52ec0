// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/bytes.h"

#include <cstdint>
#include <optional>

namespace kith::wire {

/// One field as protobuf's encoding lays it out (protobuf.dev, "Encoding"). Groups are refused: proto3 has none.
struct WireField {
    std::uint32_t number = 0;
    bool isMessage = false; ///< length-delimited: `bytes` is its value
    bool isVarint = false; ///< `varint` is its value
    std::uint64_t varint = 0;
    ByteView bytes;
};

/// Walks the fields of one message without a schema and without allocation. The parser keeps the last of several oneof
/// members and singular fields; what we refuse must be seen before it (security TR27).
class WireFields {
public:
    explicit WireFields(ByteView message) : rest_(message) { }

    /// The next field; nothing at the end or when the bytes are no message, see `broken`.
    std::optional<WireField> next();
    bool broken() const { return broken_; }

private:
    std::optional<WireField> fail();
    std::optional<std::uint64_t> varint();

    ByteView rest_;
    bool broken_ = false;
};

/// How often the members of a oneof, numbers `first` to `last`, occur in a message, and what else there is.
struct OneofScan {
    bool broken = false;
    int members = 0;
    int unknown = 0; ///< fields with a number beyond `last`
    ByteView value; ///< of the member that came last
};
OneofScan scanOneof(ByteView message, std::uint32_t first, std::uint32_t last);

/// Whether some field number occurs more than `limit` times at the top of `message` (LIM14). Numbers above 63 count as
/// one.
bool repeatsBeyond(ByteView message, int limit);

} // namespace kith::wire
