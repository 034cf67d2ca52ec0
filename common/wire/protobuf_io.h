// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/bytes.h"
#include "common/wire/error.h"

namespace google::protobuf {
class MessageLite;
}

namespace kith::wire {

/// Parses the whole of `bytes` with recursion limit 8 and their size as total limit (LIM14). The caller has checked the
/// size. Errors: invalid.
Outcome<void> parse(ByteView bytes, google::protobuf::MessageLite &message);

/// The message in protobuf's deterministic form.
QByteArray serialize(const google::protobuf::MessageLite &message);

/// The octets of a QByteArray as protobuf holds them.
inline std::string toStd(const QByteArray &bytes)
{
    return { bytes.constData(), static_cast<std::size_t>(bytes.size()) };
}
inline std::string toStd(ByteView bytes)
{
    return { reinterpret_cast<const char *>(bytes.data()), bytes.size() };
}

} // namespace kith::wire
