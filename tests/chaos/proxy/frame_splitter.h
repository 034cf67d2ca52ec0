// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace kith::chaos {

/// Cuts one direction of a WebSocket connection into what it is made of: first the HTTP head, then frames (RFC 6455
/// 5.2), each byte by byte as it came. For connections that are not encrypted.
class FrameSplitter {
public:
    void add(const QByteArray &bytes) { waiting_ += bytes; }
    /// The next whole piece; nothing while it lacks bytes.
    std::optional<QByteArray> next();
    /// The HTTP head is through: what next() gives are frames.
    bool isOpen() const { return open_; }

private:
    qsizetype frameSize() const; ///< of the frame at the front; 0 while that cannot be told

    QByteArray waiting_;
    qsizetype taken_ = 0; ///< of waiting_
    bool open_ = false;
};

/// What a data frame carries, without its mask.
QByteArray payloadOf(const QByteArray &frame);

} // namespace kith::chaos
