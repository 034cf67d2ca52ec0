// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/line.h"

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

void LineReader::feed(const QByteArray &bytes)
{
    if (start_ > 0) {
        buffer_.remove(0, start_);
        seen_ -= start_;
        start_ = 0;
    }
    buffer_.append(bytes);
}

RpcResult<std::optional<QByteArray>> LineReader::next()
{
    for (;;) {
        const qsizetype end = buffer_.indexOf('\n', seen_);
        const qsizetype length = (end < 0 ? buffer_.size() : end) - start_;
        if (length > maxLineBytes)
            return RpcError { ErrorCode::tooLarge, QStringLiteral("a line of more than 1 MiB") };
        seen_ = end < 0 ? buffer_.size() : end + 1;
        if (end < 0)
            return std::optional<QByteArray> {};
        const QByteArray line = buffer_.mid(start_, length).trimmed();
        start_ = seen_;
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
