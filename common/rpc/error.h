// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/error.h"
#include "common/base/result.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <chrono>
#include <optional>
#include <span>

namespace kith::rpc {

/// What can go wrong on the JSON-RPC socket (cli 7.5). Closed; errorTable() says everything about each.
enum class ErrorCode {
    parseError,
    invalidRequest,
    methodNotFound,
    invalidParams,
    internalRpc,
    network,
    unregistered,
    signedOut,
    deviceRemoved,
    notFound,
    untrustedIdentity,
    rateLimited,
    queueFull,
    outboxFull,
    locked,
    partial,
    stopping,
    timeout,
    refused,
    blocked,
    tooLarge,
    quota,
    storeDamaged,
    storeFull,
    unsupported,
    keyReused,
    ambiguous,
    updateNeeded,
    cancelled,
    internal,
};

/// One row of cli 7.5.
struct ErrorRow {
    ErrorCode code;
    const char *name; ///< data.code of the answer
    int rpc; ///< error.code of the answer; several rows may share it
    int exit; ///< exit code of a command that ends with it
    bool retryable; ///< the same call may succeed later without anybody doing something
};

/// All rows, in the order of the enum.
std::span<const ErrorRow> errorTable();
const ErrorRow &rowOf(ErrorCode code);
/// The row with that data.code, or nothing.
std::optional<ErrorCode> errorCodeNamed(QStringView name);

/// A failure as it crosses the socket. `message` and `hint` are English for people and hold no secret.
struct RpcError {
    ErrorCode code = ErrorCode::internal;
    QString message;
    QString hint; ///< what to do next; may be empty
    bool retryable = false;
    std::optional<std::chrono::milliseconds> retryAfter;
    QJsonValue details; ///< object or array, or null

    RpcError(ErrorCode theCode, QString theMessage, QString theHint = {});
    /// The class of reaction decides the code; the detail becomes the message.
    RpcError(const Error &error); // implicit, so that KITH_TRY works across both

    int exitCode() const { return rowOf(code).exit; }
    /// {code, message, data:{code, exit, retryable, retryAfterMs?, hint?, details?}}
    QJsonObject toJson() const;
    /// Reads what toJson wrote; a code that this build does not know becomes `internal` (or the nearest standard one).
    static RpcError fromJson(const QJsonObject &error);

    bool operator==(const RpcError &) const = default;
};

template <class T>
using RpcResult = Result<T, RpcError>;

} // namespace kith::rpc
