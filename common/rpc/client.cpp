// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/client.h"

#include "common/rpc/message.h"
#include "common/rpc/method_table.h"

#include <sys/socket.h>
#include <unistd.h>

namespace kith::rpc {

Client::Client(ClientName name, Timers &timers, QObject *parent)
    : QObject(parent)
    , name_(std::move(name))
    , timers_(timers)
{
    connect(&socket_, &QLocalSocket::connected, this, &Client::onConnected);
    connect(&socket_, &QLocalSocket::readyRead, this, &Client::onReadable);
    connect(&socket_, &QLocalSocket::disconnected, this,
            [this] { onGone(QStringLiteral("the agent closed the connection")); });
    connect(&socket_, &QLocalSocket::errorOccurred, this, [this](QLocalSocket::LocalSocketError) {
        if (!opened_.isDone())
            onGone(QStringLiteral("no agent answers on the profile's socket"));
    });
}

Client::~Client()
{
    socket_.disconnect(this);
    gone_ = true;
}

Task<RpcResult<QJsonObject>> Client::open(const QString &socketPath)
{
    auto task = opened_.task();
    openTimer_ = timers_.after(helloTimeout, [this] {
        if (!opened_.isDone())
            opened_.complete(RpcError { ErrorCode::timeout, QStringLiteral("the agent does not say hello") });
    });
    socket_.connectToServer(socketPath);
    return task;
}

bool Client::isOwnPeer() const
{
    ucred peer {};
    socklen_t size = sizeof peer;
    const int fd = static_cast<int>(socket_.socketDescriptor());
    return ::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == ::geteuid();
}

void Client::onConnected()
{
    if (!isOwnPeer()) {
        onGone(QStringLiteral("the profile's socket belongs to another user"));
        return;
    }
    const QJsonObject client { { QStringLiteral("name"), name_.name }, { QStringLiteral("version"), name_.version } };
    const QJsonObject params { { QStringLiteral("api"), apiMajor }, { QStringLiteral("client"), client } };
    call(QStringLiteral("hello"), params, helloTimeout).then(this, [this](RpcResult<QJsonValue> answered) {
        openTimer_.cancel();
        if (opened_.isDone())
            return;
        if (!answered)
            opened_.complete(std::move(answered).error());
        else if (answered->toObject().value(u"api").toInt() != apiMajor)
            opened_.complete(RpcError { ErrorCode::unsupported, QStringLiteral("the agent speaks another API"),
                                        QStringLiteral("stop it with: kith agent stop") });
        else
            opened_.complete(answered->toObject());
    });
}

Task<RpcResult<QJsonValue>> Client::call(const QString &method, const QJsonObject &params, milliseconds timeout)
{
    using Answer = RpcResult<QJsonValue>;
    if (!isOpen())
        return Task<Answer>::ready(RpcError { ErrorCode::stopping, QStringLiteral("there is no agent") });
    const QByteArray line = toLine(Request { ++lastId_, method, params }.toJson());
    if (line.size() > maxLineBytes)
        return Task<Answer>::ready(RpcError { ErrorCode::tooLarge, QStringLiteral("a call of more than 1 MiB") });
    auto pending = std::make_shared<Pending>();
    pending->timer = timers_.after(timeout, [this, id = lastId_] {
        finish(id, RpcError { ErrorCode::timeout, QStringLiteral("no answer in time") });
    });
    auto task = pending->promise.task();
    pending_.insert(lastId_, std::move(pending));
    socket_.write(line);
    return task;
}

void Client::sendRaw(const QByteArray &line)
{
    socket_.write(line);
}

void Client::close()
{
    socket_.disconnectFromServer();
}

void Client::onReadable()
{
    reader_.feed(socket_.readAll());
    while (!gone_) {
        auto line = reader_.next();
        if (!line) {
            onGone(line.error().message);
            return;
        }
        if (!*line)
            return;
        onLine(**line);
    }
}

void Client::onLine(const QByteArray &line)
{
    const auto read = parseLine(line);
    if (!read) {
        onGone(QStringLiteral("the agent sent a line that cannot be read"));
        return;
    }
    for (const QJsonValue &message : read->messages) {
        const QJsonValue id = message.toObject().value(u"id");
        if (message.toObject().value(u"method") == QJsonValue(QStringLiteral("event")))
            Q_EMIT event(message.toObject().value(u"params").toObject());
        else if (!read->isBatch && id.isDouble() && pending_.contains(id.toInteger()))
            onMessage(message.toObject());
        else {
            Q_EMIT foreignLine(line);
            return;
        }
    }
}

void Client::onMessage(const QJsonObject &message)
{
    const qint64 id = message.value(u"id").toInteger();
    if (const QJsonValue error = message.value(u"error"); error.isObject())
        finish(id, RpcError::fromJson(error.toObject()));
    else
        finish(id, message.value(u"result"));
}

void Client::finish(qint64 id, RpcResult<QJsonValue> result)
{
    const auto pending = pending_.take(id);
    if (pending)
        pending->promise.complete(std::move(result));
}

void Client::onGone(const QString &why)
{
    if (std::exchange(gone_, true))
        return;
    openTimer_.cancel();
    QPointer<Client> self(this); // a continuation may delete this object
    const RpcError error(ErrorCode::stopping, why);
    if (!opened_.isDone())
        opened_.complete(error);
    while (self && !pending_.isEmpty())
        finish(pending_.constBegin().key(), error);
    if (!self)
        return;
    socket_.abort();
    Q_EMIT closed();
}

} // namespace kith::rpc
