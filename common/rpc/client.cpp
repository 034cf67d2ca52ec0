// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/client.h"

#include "common/rpc/message.h"
#include "common/rpc/method_table.h"

#include <QPointer>

namespace kith::rpc {

namespace {

constexpr milliseconds busyPause { 20 }; // more front ends connect than the agent has taken yet

} // namespace

Client::Client(ClientName name, Timers &timers, QObject *parent)
    : QObject(parent)
    , name_(std::move(name))
    , timers_(timers)
{
}

Client::~Client()
{
    gone_ = true;
}

Task<RpcResult<QJsonObject>> Client::open(const QString &socketPath)
{
    auto task = opened_.task();
    openTimer_ = timers_.after(helloTimeout, [this] {
        again_.cancel();
        if (!opened_.isDone())
            opened_.complete(RpcError { ErrorCode::timeout, QStringLiteral("the agent does not say hello") });
    });
    path_ = socketPath;
    connectOnce();
    return task;
}

void Client::connectOnce()
{
    auto stream = LocalStream::connectTo(path_);
    if (!stream && stream.error().code == kith::ErrorCode::busy) {
        again_ = timers_.after(busyPause, [this] { connectOnce(); });
        return;
    }
    if (!stream)
        return onGone(QStringLiteral("no agent answers on the profile's socket"));
    stream_ = std::move(*stream);
    if (!stream_->isOwnUser())
        return onGone(QStringLiteral("the profile's socket belongs to another user"));
    connect(stream_.get(), &LocalStream::received, this, &Client::onReceived);
    connect(stream_.get(), &LocalStream::closed, this,
            [this] { onGone(QStringLiteral("the agent closed the connection")); });
    sayHello();
}

void Client::sayHello()
{
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
    QByteArray line = toLine(Request { ++lastId_, method, params }.toJson());
    if (line.size() > maxLineBytes)
        return Task<Answer>::ready(RpcError { ErrorCode::tooLarge, QStringLiteral("a call of more than 1 MiB") });
    auto pending = std::make_shared<Pending>();
    pending->timer = timers_.after(timeout, [this, id = lastId_] {
        finish(id, RpcError { ErrorCode::timeout, QStringLiteral("no answer in time") });
    });
    auto task = pending->promise.task();
    pending_.insert(lastId_, std::move(pending));
    stream_->write(viewOf(line));
    wipeLine(line); // it may carry a passphrase
    return task;
}

void Client::sendRaw(const QByteArray &line)
{
    if (isOpen())
        stream_->write(viewOf(line));
}

void Client::close()
{
    onGone(QStringLiteral("the connection was closed"));
}

void Client::onReceived(ByteView bytes)
{
    const QPointer<Client> self(this); // what a line completes may delete this object
    reader_.feed(bytes);
    while (self && !gone_) {
        auto line = reader_.next();
        if (!line) {
            onGone(line.error().message);
            return;
        }
        if (!*line)
            return;
        onLine(**line);
        wipeLine(**line);
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
    again_.cancel();
    QPointer<Client> self(this); // a continuation may delete this object
    const RpcError error(ErrorCode::stopping, why);
    if (!opened_.isDone())
        opened_.complete(error);
    while (self && !pending_.isEmpty())
        finish(pending_.constBegin().key(), error);
    if (!self)
        return;
    if (stream_)
        stream_->close();
    Q_EMIT closed();
}

} // namespace kith::rpc
