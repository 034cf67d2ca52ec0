// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/net/channel.h"

#include "common/base/encoding.h"

#include <QHostAddress>
#include <QUrl>
#include <QUrlQuery>

namespace kith::net {

namespace {

constexpr qsizetype maxAddressLength = 512;
constexpr int pinBytes = 32;

Result<QByteArray> parsePin(const QString &text)
{
    if (!text.startsWith(u"sha256:"))
        return Error { ErrorCode::invalid, "the pin must be sha256: and the hash in base64url" };
    auto pin = fromBase64Url(text.mid(7).toStdString());
    if (!pin || pin->size() != pinBytes)
        return Error { ErrorCode::invalid, "the pin must be sha256: and the hash in base64url" };
    return pin;
}

bool isLoopback(const QString &host)
{
    return host == u"localhost" || QHostAddress(host).isLoopback();
}

Result<QString> normalUrl(const QUrl &url, int defaultPort)
{
    if (!url.isValid() || url.host().isEmpty())
        return Error { ErrorCode::invalid, "the address needs a host and a port, like wss://chat.example:8443" };
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment() || url.path().size() > 1)
        return Error { ErrorCode::invalid, "the address holds only a host and a port" };
    QUrl normal;
    normal.setScheme(url.scheme());
    normal.setHost(url.host());
    normal.setPort(url.port(defaultPort));
    return normal.toString(QUrl::FullyEncoded);
}

Result<ServerAddress> parseKith(const QUrl &url, QString pinText)
{
    const QUrlQuery query(url);
    if (url.host() != u"server" || !query.hasQueryItem(QStringLiteral("host")))
        return Error { ErrorCode::invalid, "a kith:// address of a server reads kith://server?host=HOST:PORT&pin=..." };
    const QString pinItem = query.queryItemValue(QStringLiteral("pin"), QUrl::FullyDecoded);
    if (!pinItem.isEmpty() && !pinText.isEmpty() && pinItem != pinText)
        return Error { ErrorCode::invalid, "the address and --pin name different pins" };
    if (pinText.isEmpty())
        pinText = pinItem;
    const QString host = query.queryItemValue(QStringLiteral("host"), QUrl::FullyDecoded);
    return ServerAddress::parse(QStringLiteral("wss://") + host, pinText);
}

} // namespace

Result<ServerAddress> ServerAddress::parse(const QString &text, const QString &pinText)
{
    if (text.size() > maxAddressLength)
        return Error { ErrorCode::invalid, "the address is too long" };
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    if (url.scheme() == u"kith")
        return parseKith(url, pinText);
    if (url.scheme() != u"wss" && url.scheme() != u"ws")
        return Error { ErrorCode::invalid, "the address begins with wss://, ws:// or kith://" };
    ServerAddress address;
    KITH_TRY(address.url, normalUrl(url, url.scheme() == u"wss" ? 443 : 80));
    if (url.scheme() == u"ws" && !isLoopback(url.host()))
        return Error { ErrorCode::permission, "ws:// is plain text and allowed on this machine only; use wss://" };
    if (!pinText.isEmpty()) {
        if (url.scheme() == u"ws")
            return Error { ErrorCode::invalid, "a pin needs wss://: a plain connection has no certificate" };
        KITH_TRY(address.pin, parsePin(pinText));
    }
    return address;
}

QString ServerAddress::toText() const
{
    if (pin.isEmpty())
        return url;
    const QUrl parsed(url);
    const QString host = parsed.host().contains(u':') ? QStringLiteral("[%1]").arg(parsed.host()) : parsed.host();
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("host"), QStringLiteral("%1:%2").arg(host).arg(parsed.port(443)));
    query.addQueryItem(QStringLiteral("pin"),
                       QStringLiteral("sha256:") + QString::fromStdString(toBase64Url(viewOf(pin))));
    QUrl out;
    out.setScheme(QStringLiteral("kith"));
    out.setHost(QStringLiteral("server"));
    out.setQuery(query);
    return out.toString(QUrl::FullyEncoded);
}

} // namespace kith::net
