// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/lean/http_upgrade.h"

#include "common/wire/codec.h"

#include <QCryptographicHash>
#include <QList>

#include <algorithm>

namespace kith::server::gateway {

namespace {

constexpr QByteArrayView headEnd = "\r\n\r\n";
constexpr int keyBytes = 16; // RFC 6455 4.1: a nonce of 16 bytes in base64

struct Request {
    QByteArray line;
    QList<std::pair<QByteArray, QByteArray>> headers; ///< names in lower case
    bool isMalformed = false;

    QByteArrayList all(QByteArrayView name) const
    {
        QByteArrayList values;
        for (const auto &[key, value] : headers) {
            if (key == name)
                values << value;
        }
        return values;
    }
    /// The header's value if it is there exactly once.
    QByteArray one(QByteArrayView name) const
    {
        const auto values = all(name);
        return values.size() == 1 ? values.first() : QByteArray();
    }
    /// A comma separated list, perhaps over several headers, has this word.
    bool lists(QByteArrayView name, const char *word, Qt::CaseSensitivity sensitivity) const
    {
        const auto words = all(name).join(',').split(',');
        return std::ranges::any_of(
            words, [&](const QByteArray &one) { return one.trimmed().compare(word, sensitivity) == 0; });
    }
};

Request parse(QByteArrayView head)
{
    Request request;
    const auto lines = head.toByteArray().split('\n');
    request.isMalformed = head.contains('\0');
    for (const auto &raw : lines) {
        if (!raw.endsWith('\r') && &raw != &lines.last())
            request.isMalformed = true;
        const auto line = raw.endsWith('\r') ? raw.chopped(1) : raw;
        if (&raw == &lines.first()) {
            request.line = line;
            continue;
        }
        const auto colon = line.indexOf(':');
        const auto name = line.left(colon);
        if (colon <= 0 || name.contains(' ') || name.contains('\t'))
            request.isMalformed = true;
        else
            request.headers.emplaceBack(name.toLower(), line.mid(colon + 1).trimmed());
    }
    return request;
}

bool isUpgrade(const Request &request)
{
    const auto words = request.line.split(' ');
    const auto key =
        QByteArray::fromBase64Encoding(request.one("sec-websocket-key"), QByteArray::AbortOnBase64DecodingErrors);
    return !request.isMalformed && words.size() == 3 && words[0] == "GET" && words[1].startsWith('/')
        && words[2] == "HTTP/1.1" && !request.one("host").isEmpty()
        && request.lists("upgrade", "websocket", Qt::CaseInsensitive)
        && request.lists("connection", "upgrade", Qt::CaseInsensitive)
        && key.decodingStatus == QByteArray::Base64DecodingStatus::Ok && key.decoded.size() == keyBytes;
}

QByteArray refusal(const char *status, const char *header = "")
{
    return QByteArray("HTTP/1.1 ") + status + "\r\n" + header + "Content-Length: 0\r\nConnection: close\r\n\r\n";
}

QByteArray acceptance(const Request &request, bool speaksKith)
{
    // The GUID of RFC 6455 1.3.
    const auto key = request.one("sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    auto response = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Accept: "
        + QCryptographicHash::hash(key, QCryptographicHash::Sha1).toBase64() + "\r\n";
    if (speaksKith)
        response += QByteArray("Sec-WebSocket-Protocol: ") + wire::subprotocol + "\r\n";
    return response + "\r\n";
}

} // namespace

std::optional<UpgradeAnswer> answerUpgrade(QByteArrayView received)
{
    const auto end = received.indexOf(headEnd);
    if (end < 0)
        return std::nullopt;
    const auto request = parse(received.first(end));
    UpgradeAnswer answer;
    answer.taken = end + headEnd.size();
    if (!request.all("origin").isEmpty())
        answer.response = refusal("403 Forbidden");
    else if (!isUpgrade(request))
        answer.response = refusal("400 Bad Request");
    else if (request.one("sec-websocket-version") != "13")
        answer.response = refusal("426 Upgrade Required", "Sec-WebSocket-Version: 13\r\n");
    else
        answer.accepted = true;
    if (answer.accepted) {
        answer.speaksKith = request.lists("sec-websocket-protocol", wire::subprotocol, Qt::CaseSensitive);
        answer.response = acceptance(request, answer.speaksKith);
    }
    return answer;
}

} // namespace kith::server::gateway
