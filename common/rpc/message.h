// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/rpc/error.h"

#include <QByteArray>
#include <QJsonObject>

namespace kith::rpc {

/// One call of a front end (JSON-RPC 2.0, section 4). Positional parameters are not offered.
struct Request {
    QJsonValue id; ///< string or number; undefined for a notification, which is not answered
    QString method;
    QJsonObject params;

    bool isNotification() const { return id.isUndefined(); }
    QJsonObject toJson() const;
    /// Errors: invalidRequest.
    static RpcResult<Request> fromJson(const QJsonValue &message);
};

/// The id by which a call that could not be read is answered: its own when it has a usable one, else null.
QJsonValue idOf(const QJsonValue &message);

QJsonObject answer(const QJsonValue &id, const QJsonValue &result);
QJsonObject answer(const QJsonValue &id, const RpcError &error);
/// {"jsonrpc":"2.0","method":"event","params":event}
QJsonObject notification(const QJsonObject &event);

/// One line with its end.
QByteArray toLine(const QJsonObject &message);
QByteArray toLine(const QJsonArray &batch);

/// What the agent writes to the pipe of the front end that started it (cli 1.1): it is bound, or why it is not.
QByteArray readyLine();
QByteArray readyLine(const RpcError &error);
/// Reads either. Errors: the agent's own; internal for anything else.
RpcResult<void> parseReadyLine(const QByteArray &line);

/// RFC 3339 in UTC with milliseconds: the form of every time member that is no `ts`.
QString toRfc3339(qint64 msSince1970);

} // namespace kith::rpc
