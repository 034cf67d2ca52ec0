// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/bytes.h"
#include "common/rpc/error.h"

#include <QByteArray>
#include <QJsonArray>

namespace kith::rpc {

/// Bounds of cli 7.1 and security B4; both ends keep them.
constexpr qsizetype maxLineBytes = 1024 * 1024;
constexpr int maxDepth = 8;
constexpr qsizetype maxBatch = 64;

/// Cuts a byte stream into lines. Holds at most one line and what arrived behind it in the same read; a line that it
/// has given out is wiped here, because lines carry passphrases and messages (security B3, B5).
class LineReader {
public:
    void feed(ByteView bytes);

    /// The next whole line without its end, empty lines left out; nothing when more bytes are needed.
    /// Errors: tooLarge when a line is over maxLineBytes: the stream cannot be read on, close it.
    RpcResult<std::optional<QByteArray>> next();

    /// Bytes that wait for the rest of their line.
    qsizetype pending() const { return buffer_.size(); }

private:
    void drop(qsizetype size);

    QByteArray buffer_; // begins with the line that comes next
    qsizetype seen_ = 0; // no line end before this
};

/// Wipes a line that nobody needs any more.
void wipeLine(QByteArray &line);

/// What one line said: one message, or a batch of them.
struct Line {
    bool isBatch = false;
    QJsonArray messages; ///< 1 to maxBatch; each should be an object, which the reader of a message checks
};

/// Reads a line as JSON. Size and depth are checked before anything is built (LIM14).
/// Errors: tooLarge; parseError for bad UTF-8, bad JSON or more than maxDepth levels; invalidRequest for a document
/// that is neither object nor array, an empty batch or one over maxBatch.
RpcResult<Line> parseLine(const QByteArray &line);

} // namespace kith::rpc
