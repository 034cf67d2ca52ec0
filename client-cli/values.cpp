// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/values.h"

#include "common/base/encoding.h"

#include <QHostAddress>
#include <QRegularExpression>
#include <QUrl>
#include <QUrlQuery>

namespace kith::cli {

using rpc::RpcError;
using rpc::RpcResult;

namespace {

RpcError invalid(const QString &message, const QString &hint = {})
{
    return { rpc::ErrorCode::invalidParams, message, hint };
}

bool isLoopback(const QString &host)
{
    return host == u"localhost" || QHostAddress(host).isLoopback();
}

RpcResult<ServerAddress> fromKithUri(const QUrl &uri)
{
    const QUrlQuery query(uri);
    const QString host = query.queryItemValue(QStringLiteral("host"), QUrl::FullyDecoded);
    if (uri.host() != u"server" || host.isEmpty())
        return invalid(QStringLiteral("a kith:// address of a server has the form kith://server?host=...&pin=..."));
    KITH_TRY(ServerAddress address, parseServerAddress(QStringLiteral("wss://") + host));
    if (query.hasQueryItem(QStringLiteral("pin"))) {
        KITH_TRY(address.pin, parsePin(query.queryItemValue(QStringLiteral("pin"), QUrl::FullyDecoded)));
    }
    return address;
}

} // namespace

RpcResult<std::chrono::milliseconds> parseDuration(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^([0-9]{1,9})(ms|s|m|h|d)?\\z"));
    const auto match = form.match(text);
    const QString unit = match.captured(2);
    const qint64 count = match.captured(1).toLongLong();
    if (!match.hasMatch() || (unit.isEmpty() && count != 0))
        return invalid(QStringLiteral("a time needs a number and a unit"),
                       QStringLiteral("write 500ms, 30s, 5m, 8h or 1d"));
    const qint64 factor = unit == u"ms" ? 1
        : unit == u"s"                  ? 1000
        : unit == u"m"                  ? 60'000
        : unit == u"h"                  ? 3'600'000
                                        : 86'400'000;
    constexpr qint64 year = qint64 { 365 } * 86'400'000;
    if (count > year / factor)
        return invalid(QStringLiteral("a time of more than 365 days"));
    return std::chrono::milliseconds(count * factor);
}

RpcResult<qint64> parseNumber(const QString &text, qint64 least, qint64 most, const char *what)
{
    bool ok = false;
    const qint64 number = text.toLongLong(&ok);
    if (!ok || number < least || number > most)
        return invalid(
            QStringLiteral("%1 must be a number from %2 to %3").arg(QString::fromLatin1(what)).arg(least).arg(most));
    return number;
}

RpcResult<QString> parseMessageId(const QString &text)
{
    if (text.size() != 26 || !fromBase32(text.toStdString()).ok())
        return invalid(QStringLiteral("this is no message id"),
                       QStringLiteral("26 letters and digits, as kith send and kith history print them"));
    return text;
}

RpcResult<QString> parsePin(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^sha256:[A-Za-z0-9_-]{43}\\z"));
    if (!form.match(text).hasMatch())
        return invalid(QStringLiteral("this is no fingerprint of a server"),
                       QStringLiteral("sha256:... as kith-server prints it"));
    return text;
}

RpcResult<ServerAddress> parseServerAddress(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (url.scheme() == u"kith")
        return fromKithUri(url);
    const bool isPlain = url.scheme() == u"ws";
    if (!url.isValid() || url.host().isEmpty() || (!isPlain && url.scheme() != u"wss"))
        return invalid(QStringLiteral("a server's address is wss://host:port or kith://server?..."));
    if (!url.userInfo().isEmpty())
        return invalid(QStringLiteral("a server's address holds no user and no password"));
    if (isPlain && !isLoopback(url.host()))
        return invalid(QStringLiteral("ws:// is not encrypted and only for this machine"),
                       QStringLiteral("use wss://"));
    return ServerAddress { text, {} };
}

} // namespace kith::cli
