// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/line.h"

#include "common/base/secret_bytes.h"

#include <QJsonDocument>
#include <QUtf8StringView>

namespace kith::rpc {

namespace {

/// Whether the brackets outside strings nest deeper than maxDepth. Looks at bytes only: the text may be no JSON at all.
bool isTooDeep(const QByteArray &line)
{
    int depth = 0;
    bool inString = false;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const char c = line.at(i);
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            if (++depth > maxDepth)
                return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

} // namespace

void wipeLine(QByteArray &line)
{
    wipe({ reinterpret_cast<std::uint8_t *>(line.data()), static_cast<std::size_t>(line.size()) });
    line.clear();
}

void LineReader::feed(ByteView bytes)
{
    buffer_.append(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()));
}

void LineReader::drop(qsizetype size)
{
    wipe({ reinterpret_cast<std::uint8_t *>(buffer_.data()), static_cast<std::size_t>(size) });
    buffer_.remove(0, size);
    if (buffer_.isEmpty())
        buffer_.clear();
    seen_ = 0;
}

RpcResult<std::optional<QByteArray>> LineReader::next()
{
    for (;;) {
        const qsizetype end = buffer_.indexOf('\n', seen_);
        const qsizetype length = end < 0 ? buffer_.size() : end;
        if (length > maxLineBytes)
            return RpcError { ErrorCode::tooLarge, QStringLiteral("a line of more than 1 MiB") };
        seen_ = length;
        if (end < 0)
            return std::optional<QByteArray> {};
        const auto isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
        qsizetype from = 0;
        qsizetype to = length;
        while (from < to && isSpace(buffer_.at(from)))
            ++from;
        while (to > from && isSpace(buffer_.at(to - 1)))
            --to;
        const QByteArray line(buffer_.constData() + from, to - from);
        drop(end + 1);
        if (!line.isEmpty())
            return std::optional(line);
    }
}

RpcResult<Line> parseLine(const QByteArray &line)
{
    if (line.size() > maxLineBytes)
        return RpcError { ErrorCode::tooLarge, QStringLiteral("a line of more than 1 MiB") };
    if (isTooDeep(line))
        return RpcError { ErrorCode::parseError, QStringLiteral("more than 8 levels of nesting") };
    if (!QUtf8StringView(line).isValidUtf8())
        return RpcError { ErrorCode::parseError, QStringLiteral("the line is not UTF-8") };
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(line, &problem);
    if (problem.error != QJsonParseError::NoError)
        return RpcError { ErrorCode::parseError, QStringLiteral("no JSON: %1").arg(problem.errorString()) };
    if (document.isObject())
        return Line { false, { document.object() } };
    const QJsonArray batch = document.array();
    if (batch.isEmpty() || batch.size() > maxBatch)
        return RpcError { ErrorCode::invalidRequest, QStringLiteral("a batch needs 1 to 64 calls") };
    return Line { true, batch };
}

} // namespace kith::rpc
