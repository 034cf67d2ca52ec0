// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/message.h"

#include "common/rpc/line.h"

#include <QDateTime>
#include <QJsonDocument>

namespace kith::rpc {

namespace {

const auto version = QLatin1StringView("2.0");

bool isId(const QJsonValue &id)
{
    return id.isString() || id.isDouble();
}

} // namespace

QJsonObject Request::toJson() const
{
    QJsonObject message { { QStringLiteral("jsonrpc"), version }, { QStringLiteral("method"), method } };
    if (!isNotification())
        message.insert(QStringLiteral("id"), id);
    if (!params.isEmpty())
        message.insert(QStringLiteral("params"), params);
    return message;
}

RpcResult<Request> Request::fromJson(const QJsonValue &message)
{
    const auto refuse = [](const char *why) {
        return RpcError { ErrorCode::invalidRequest, QString::fromLatin1(why) };
    };
    const QJsonObject object = message.toObject();
    if (!message.isObject() || object.value(u"jsonrpc") != QJsonValue(version))
        return refuse("a call is an object with \"jsonrpc\":\"2.0\"");
    const QJsonValue id = object.value(u"id");
    if (!id.isUndefined() && !isId(id))
        return refuse("an id is a string or a number");
    const QJsonValue method = object.value(u"method");
    if (!method.isString() || method.toString().isEmpty())
        return refuse("a call names a method");
    const QJsonValue params = object.value(u"params");
    if (!params.isUndefined() && !params.isObject())
        return refuse("params are an object");
    return Request { id, method.toString(), params.toObject() };
}

QJsonValue idOf(const QJsonValue &message)
{
    const QJsonValue id = message.toObject().value(u"id");
    return isId(id) ? id : QJsonValue(QJsonValue::Null);
}

QJsonObject answer(const QJsonValue &id, const QJsonValue &result)
{
    return { { QStringLiteral("jsonrpc"), version },
             { QStringLiteral("id"), id },
             { QStringLiteral("result"), result } };
}

QJsonObject answer(const QJsonValue &id, const RpcError &error)
{
    return { { QStringLiteral("jsonrpc"), version },
             { QStringLiteral("id"), id },
             { QStringLiteral("error"), error.toJson() } };
}

QJsonObject notification(const QJsonObject &event)
{
    return { { QStringLiteral("jsonrpc"), version },
             { QStringLiteral("method"), QStringLiteral("event") },
             { QStringLiteral("params"), event } };
}

QByteArray toLine(const QJsonObject &message)
{
    return QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n';
}

QByteArray toLine(const QJsonArray &batch)
{
    return QJsonDocument(batch).toJson(QJsonDocument::Compact) + '\n';
}

QByteArray readyLine()
{
    return toLine(QJsonObject { { QStringLiteral("ready"), true } });
}

QByteArray readyLine(const RpcError &error)
{
    return toLine(QJsonObject { { QStringLiteral("error"), error.toJson() } });
}

RpcResult<void> parseReadyLine(const QByteArray &line)
{
    KITH_TRY(const Line read, parseLine(line));
    const QJsonObject object = read.messages.first().toObject();
    if (object.value(u"ready").toBool())
        return {};
    if (const QJsonValue error = object.value(u"error"); error.isObject())
        return RpcError::fromJson(error.toObject());
    return RpcError { ErrorCode::internal, QStringLiteral("the agent did not say whether it is ready") };
}

QString toRfc3339(qint64 msSince1970)
{
    return QDateTime::fromMSecsSinceEpoch(msSince1970, Qt::UTC).toString(Qt::ISODateWithMs);
}

} // namespace kith::rpc
