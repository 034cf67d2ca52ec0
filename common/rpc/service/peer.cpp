// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/service/peer.h"

#include "common/base/log.h"
#include "common/rpc/service/service.h"

#include <QScopeGuard>

namespace kith::rpc::service {

KITH_LOG_CATEGORY(logPeer, "kith.rpc")

namespace {

constexpr int eventsAtOnce = 64;

} // namespace

Peer::Peer(Service &service, std::unique_ptr<LocalStream> stream) : service_(service), stream_(std::move(stream))
{
    connect(stream_.get(), &LocalStream::received, this, &Peer::onReceived);
    connect(stream_.get(), &LocalStream::drained, this, &Peer::pump);
    connect(stream_.get(), &LocalStream::closed, this, [this] { service_.drop(this); });
}

void Peer::onReceived(ByteView bytes)
{
    reader_.feed(bytes);
    while (stream_->isOpen()) {
        auto line = reader_.next();
        if (!line) {
            answer(QJsonValue::Null, line.error(), nullptr);
            return cut();
        }
        if (!*line)
            return;
        onLine(**line);
        wipeLine(**line);
    }
}

struct Peer::Batch {
    QJsonArray answers;
    int open = 0;
};

void Peer::onLine(const QByteArray &line)
{
    const auto parsed = parseLine(line);
    if (!parsed)
        return answer(QJsonValue::Null, parsed.error(), nullptr);
    // Shared by the answers of the batch: the last of them writes it.
    const auto batch = parsed->isBatch ? std::make_shared<Batch>() : nullptr;
    if (batch)
        batch->open = static_cast<int>(parsed->messages.size());
    for (const QJsonValue &message : parsed->messages) {
        if (!stream_->isOpen())
            return;
        onMessage(message, batch);
    }
}

void Peer::onMessage(const QJsonValue &message, const std::shared_ptr<Batch> &batch)
{
    const auto request = Request::fromJson(message);
    if (!request)
        return answer(idOf(message), request.error(), batch);
    if (openCalls_ >= maxOpenCalls)
        return answer(request->id,
                      RpcError { ErrorCode::rateLimited, QStringLiteral("64 calls are open on this connection") },
                      batch);
    ++openCalls_;
    service_.handle(*this, *request, [peer = QPointer<Peer>(this), id = request->id, batch](const Reply &reply) {
        if (!peer)
            return;
        --peer->openCalls_;
        peer->answer(id, reply, batch);
        peer->pump(); // the events of a new subscription come behind its answer
    });
}

void Peer::answer(const QJsonValue &id, const Reply &reply, const std::shared_ptr<Batch> &batch)
{
    const QJsonObject message = reply ? rpc::answer(id, QJsonValue(*reply)) : rpc::answer(id, reply.error());
    const bool isWanted = !id.isUndefined();
    if (!batch) {
        if (isWanted)
            write(toLine(message));
        return;
    }
    if (isWanted)
        batch->answers.append(message);
    if (--batch->open == 0 && !batch->answers.isEmpty())
        write(toLine(batch->answers));
}

void Peer::write(QByteArray line)
{
    if (!stream_->isOpen())
        return;
    if (stream_->unsent() + line.size() > maxUnsent) {
        qCWarning(logPeer) << "a front end does not read its answers: cut";
        return cut();
    }
    stream_->write(viewOf(line));
    wipeLine(line);
}

void Peer::pump()
{
    client::Engine *engine = service_.host().engine();
    if (!stream_->isOpen() || pumping_ || !subscription_ || !engine)
        return;
    pumping_ = true;
    const auto guard = qScopeGuard([this] { pumping_ = false; });
    for (bool more = true; more && stream_->isOpen() && !isSlow();) {
        const auto page = engine->events().read(subscription_->cursor, subscription_->filter, eventsAtOnce);
        if (!page) {
            qCWarning(logPeer) << "the event log cannot be read:" << page.error().detail.c_str();
            return;
        }
        if (page->gap)
            write(gapLine(page->gap->first, page->gap->second, service_.host().world().clock.now()));
        for (const client::Event &event : page->events)
            write(eventLine(event));
        more = page->more && page->through > subscription_->cursor;
        subscription_->cursor = page->through;
    }
}

void Peer::notify(const QString &type, const QJsonObject &event, bool always)
{
    if (!stream_->isOpen() || isSlow())
        return;
    if (subscription_ ? subscription_->wantsType(type) || always : always && saidHello_)
        write(toLine(notification(event)));
}

void Peer::tell(const QJsonObject &event)
{
    write(toLine(notification(event)));
}

void Peer::cut()
{
    stream_->close();
    service_.drop(this);
}

} // namespace kith::rpc::service
