// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/error.h"

#include <algorithm>
#include <iterator>

namespace kith::rpc {

namespace {

constexpr bool retry = true;
constexpr bool stay = false;

// The one place that knows cli 7.5.
constexpr ErrorRow rows[] = {
    { ErrorCode::parseError, "parseError", -32700, 2, stay },
    { ErrorCode::invalidRequest, "invalidRequest", -32600, 2, stay },
    { ErrorCode::methodNotFound, "methodNotFound", -32601, 9, stay },
    { ErrorCode::invalidParams, "invalidParams", -32602, 2, stay },
    { ErrorCode::internalRpc, "internalRpc", -32603, 1, stay },
    { ErrorCode::network, "network", -32001, 3, retry },
    { ErrorCode::unregistered, "unregistered", -32002, 4, stay },
    { ErrorCode::signedOut, "signedOut", -32002, 4, stay },
    { ErrorCode::deviceRemoved, "deviceRemoved", -32002, 4, stay },
    { ErrorCode::notFound, "notFound", -32003, 5, stay },
    { ErrorCode::untrustedIdentity, "untrustedIdentity", -32004, 6, stay },
    { ErrorCode::rateLimited, "rateLimited", -32005, 7, retry },
    { ErrorCode::queueFull, "queueFull", -32005, 7, retry },
    { ErrorCode::outboxFull, "outboxFull", -32005, 7, retry },
    { ErrorCode::locked, "locked", -32006, 11, stay },
    { ErrorCode::partial, "partial", -32007, 8, stay },
    { ErrorCode::stopping, "stopping", -32008, 9, retry },
    { ErrorCode::timeout, "timeout", -32009, 10, retry },
    { ErrorCode::refused, "refused", -32010, 12, stay },
    { ErrorCode::blocked, "blocked", -32010, 12, stay },
    { ErrorCode::tooLarge, "tooLarge", -32010, 12, stay },
    { ErrorCode::quota, "quota", -32010, 12, stay },
    { ErrorCode::storeDamaged, "storeDamaged", -32011, 11, stay },
    { ErrorCode::storeFull, "storeFull", -32011, 11, stay },
    { ErrorCode::unsupported, "unsupported", -32012, 9, stay },
    { ErrorCode::keyReused, "keyReused", -32013, 2, stay },
    { ErrorCode::ambiguous, "ambiguous", -32013, 2, stay },
    { ErrorCode::updateNeeded, "updateNeeded", -32014, 12, stay },
    { ErrorCode::cancelled, "cancelled", -32015, 130, stay },
    { ErrorCode::internal, "internal", -32099, 1, stay },
};

ErrorCode classOf(kith::ErrorCode code)
{
    switch (code) {
    case kith::ErrorCode::invalid:
        return ErrorCode::invalidParams;
    case kith::ErrorCode::tooLarge:
        return ErrorCode::tooLarge;
    case kith::ErrorCode::notFound:
        return ErrorCode::notFound;
    case kith::ErrorCode::exists:
    case kith::ErrorCode::conflict:
    case kith::ErrorCode::permission:
        return ErrorCode::refused;
    case kith::ErrorCode::locked:
        return ErrorCode::locked;
    case kith::ErrorCode::busy:
        return ErrorCode::stopping;
    case kith::ErrorCode::full:
        return ErrorCode::storeFull;
    case kith::ErrorCode::io:
    case kith::ErrorCode::corrupt:
        return ErrorCode::storeDamaged;
    case kith::ErrorCode::unsupported:
        return ErrorCode::unsupported;
    case kith::ErrorCode::network:
        return ErrorCode::network;
    case kith::ErrorCode::timeout:
        return ErrorCode::timeout;
    case kith::ErrorCode::cancelled:
        return ErrorCode::cancelled;
    case kith::ErrorCode::untrusted:
        return ErrorCode::untrustedIdentity;
    case kith::ErrorCode::internal:
        return ErrorCode::internal;
    }
    return ErrorCode::internal;
}

/// A number without a known name still has a class: the first row that has it.
ErrorCode codeOfNumber(int number)
{
    const auto *row = std::ranges::find(rows, number, &ErrorRow::rpc);
    return row == std::end(rows) ? ErrorCode::internal : row->code;
}

} // namespace

std::span<const ErrorRow> errorTable()
{
    return rows;
}

const ErrorRow &rowOf(ErrorCode code)
{
    return rows[static_cast<std::size_t>(code)];
}

std::optional<ErrorCode> errorCodeNamed(QStringView name)
{
    for (const ErrorRow &row : rows) {
        if (name == QLatin1StringView(row.name))
            return row.code;
    }
    return std::nullopt;
}

RpcError::RpcError(ErrorCode theCode, QString theMessage, QString theHint)
    : code(theCode)
    , message(std::move(theMessage))
    , hint(std::move(theHint))
    , retryable(rowOf(theCode).retryable)
{
}

RpcError::RpcError(const Error &error) : RpcError(classOf(error.code), QString::fromStdString(error.detail)) { }

QJsonObject RpcError::toJson() const
{
    const ErrorRow &row = rowOf(code);
    QJsonObject data { { QStringLiteral("code"), QLatin1StringView(row.name) },
                       { QStringLiteral("exit"), row.exit },
                       { QStringLiteral("retryable"), retryable } };
    if (retryAfter)
        data.insert(QStringLiteral("retryAfterMs"), static_cast<qint64>(retryAfter->count()));
    if (!hint.isEmpty())
        data.insert(QStringLiteral("hint"), hint);
    if (!details.isNull())
        data.insert(QStringLiteral("details"), details);
    return { { QStringLiteral("code"), row.rpc },
             { QStringLiteral("message"), message },
             { QStringLiteral("data"), data } };
}

RpcError RpcError::fromJson(const QJsonObject &error)
{
    const QJsonObject data = error.value(QStringLiteral("data")).toObject();
    const auto named = errorCodeNamed(data.value(QStringLiteral("code")).toString());
    const ErrorCode code = named ? *named : codeOfNumber(error.value(QStringLiteral("code")).toInt());
    RpcError result(code, error.value(QStringLiteral("message")).toString(),
                    data.value(QStringLiteral("hint")).toString());
    result.retryable = data.value(QStringLiteral("retryable")).toBool(result.retryable);
    if (const QJsonValue after = data.value(QStringLiteral("retryAfterMs")); after.isDouble())
        result.retryAfter = std::chrono::milliseconds(after.toInteger());
    if (const QJsonValue details = data.value(QStringLiteral("details")); details.isObject() || details.isArray())
        result.details = details;
    return result;
}

} // namespace kith::rpc
