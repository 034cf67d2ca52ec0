// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/rpc/fake_agent.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace kith::test {

Documents::Documents(const QString &file)
{
    QFile source(file);
    if (source.open(QIODevice::ReadOnly))
        all_ = QJsonDocument::fromJson(source.readAll()).object();
}

QJsonObject Documents::params(const QString &method) const
{
    return all_.value(u"methods").toObject().value(method).toObject().value(u"params").toObject();
}

QJsonObject Documents::result(const QString &method) const
{
    return all_.value(u"methods").toObject().value(method).toObject().value(u"result").toObject();
}

QStringList Documents::methods() const
{
    return all_.value(u"methods").toObject().keys();
}

QJsonArray Documents::events() const
{
    return all_.value(u"events").toArray();
}

FakeAgent::FakeAgent(const QString &socket, Documents documents) : documents_(std::move(documents))
{
    QLocalServer::removeServer(socket);
    connect(&server_, &QLocalServer::newConnection, this, &FakeAgent::onConnection);
    if (!server_.listen(socket))
        qFatal("the fake agent cannot listen");
}

FakeAgent::~FakeAgent()
{
    for (const auto &[socket, reader] : readers_)
        socket->disconnect(this);
}

void FakeAgent::onConnection()
{
    while (QLocalSocket *socket = server_.nextPendingConnection()) {
        readers_[socket];
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { onReadable(socket); });
        connect(socket, &QLocalSocket::disconnected, this, [this, socket] {
            readers_.erase(socket);
            socket->deleteLater();
        });
    }
}

void FakeAgent::onReadable(QLocalSocket *socket)
{
    readers_[socket].feed(viewOf(socket->readAll()));
    while (readers_.contains(socket)) {
        const auto line = readers_[socket].next();
        if (!line || !*line)
            return;
        const auto read = rpc::parseLine(**line);
        const auto request =
            read ? rpc::Request::fromJson(read->messages.first()) : rpc::RpcResult<rpc::Request>(read.error());
        if (request)
            onRequest(socket, *request);
        else
            socket->write(rpc::toLine(rpc::answer(QJsonValue::Null, request.error())));
    }
}

void FakeAgent::onRequest(QLocalSocket *socket, const rpc::Request &request)
{
    calls_.push_back(request);
    if (deaths_.removeOne(request.method)) {
        socket->abort();
        return;
    }
    if (ignored_.contains(request.method))
        return;
    const auto handler = handlers_.value(request.method);
    rpc::RpcResult<QJsonValue> result =
        handler ? handler(request.params) : QJsonValue(documents_.result(request.method));
    if (request.method == u"events.subscribe" && result && request.params.contains(u"since"))
        result = withPending(result->toObject(), request.params.value(u"since").toString().toLongLong());
    socket->write(rpc::toLine(result ? rpc::answer(request.id, *result) : rpc::answer(request.id, result.error())));
    if (request.method == u"events.subscribe") {
        for (const QJsonValue &event : events_)
            socket->write(rpc::toLine(rpc::notification(event.toObject())));
    }
}

/// As a real log answers who has read up to `since`.
QJsonValue FakeAgent::withPending(QJsonObject subscribed, qint64 since) const
{
    int pending = 0;
    for (const QJsonValue &event : events_)
        pending += event.toObject().value(u"cursor").toString().toLongLong() > since ? 1 : 0;
    subscribed.insert(QStringLiteral("pending"), pending);
    return subscribed;
}

void FakeAgent::sendRaw(const QByteArray &line)
{
    for (const auto &[socket, reader] : readers_)
        socket->write(line);
}

void FakeAgent::closeAll()
{
    const auto open = readers_;
    for (const auto &[socket, reader] : open)
        socket->abort();
}

QJsonObject FakeAgent::lastParams(const QString &method) const
{
    for (auto it = calls_.rbegin(); it != calls_.rend(); ++it) {
        if (it->method == method)
            return it->params;
    }
    return {};
}

int FakeAgent::count(const QString &method) const
{
    return static_cast<int>(std::ranges::count(calls_, method, &rpc::Request::method));
}

} // namespace kith::test
