// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/session.h"

#include "common/wire/codec.h"
#include "server/ports/store_fault.h"

#include <string>

namespace kith::server::gateway {

using wire::CloseCode;
using wire::ErrorCode;
using wire::Fault;

Session::Session(std::unique_ptr<net::Channel> channel, const SessionParts &parts)
    : parts_(parts)
    , channel_(std::move(channel))
    , liveness_(*channel_, parts.clock, parts.timers)
    , frames_(parts.clock, { wire::limits::frameBurst, wire::limits::framesPerSecond }, parts.limits.rateFactor)
{
    opening_ = std::make_unique<Opening>(
        parts_, *channel_,
        Opening::Callbacks { [this](std::uint64_t id, wire::ServerBody body) { send(id, std::move(body)); },
                             [this](CloseCode code, const char *reason) { close(code, reason); },
                             [this](std::uint64_t id, Fault fault) { protocolError(id, std::move(fault)); },
                             [this](keys::Identified who, std::uint64_t id) { identified(who, id); } });
    connect(channel_.get(), &net::Channel::received, this, &Session::onFrame);
    connect(channel_.get(), &net::Channel::closed, this, &Session::onClosed);
    connect(channel_.get(), &net::Channel::written, this, [this] {
        if (outflow_ && !closing_)
            outflow_->writable();
    });
    parts_.metrics.count("kith_connections_opened_total");
}

Session::~Session()
{
    leave();
    channel_->disconnect(this);
}

void Session::send(std::uint64_t requestId, wire::ServerBody body)
{
    const wire::ServerFrame frame { requestId, std::move(body) };
    const auto bytes = wire::encode(frame);
    const auto labels = std::string("direction=\"out\",kind=\"") + wire::kindOf(frame.body) + '"';
    parts_.metrics.count("kith_frames_total", labels);
    parts_.metrics.count("kith_frame_bytes_total", labels, static_cast<double>(bytes.size()));
    channel_->send(bytes);
    if (channel_->bytesToWrite() <= static_cast<qint64>(parts_.limits.unreadBytes) || closing_)
        return;
    parts_.metrics.count("kith_slow_consumers_closed_total");
    close(CloseCode::tryLater, "the answers are not read");
}

/// LIM1 and LIM4. Where the channel was given the size limit already, this is never the one that finds it.
bool Session::admitsFrame(const QByteArray &bytes)
{
    if (static_cast<std::size_t>(bytes.size()) > parts_.limits.frameBytes) {
        close(CloseCode::tooBig, "frame over the limit");
        return false;
    }
    if (frames_.take())
        return true;
    parts_.metrics.count("kith_rate_limited_total", "limit=\"frames\"");
    protocolError(wire::requestIdOf(bytes), { ErrorCode::rate, "too many frames", milliseconds { 1'000 } });
    return false;
}

void Session::onFrame(const QByteArray &bytes)
{
    if (closing_ || !admitsFrame(bytes))
        return;
    auto frame = wire::decodeClientFrame(bytes);
    if (!frame)
        return protocolError(wire::requestIdOf(bytes), std::move(frame).error());
    const auto labels = std::string("direction=\"in\",kind=\"") + wire::kindOf(frame->body) + '"';
    parts_.metrics.count("kith_frames_total", labels);
    parts_.metrics.count("kith_frame_bytes_total", labels, static_cast<double>(bytes.size()));
    dispatch(std::move(frame).value());
}

void Session::dispatch(wire::ClientFrame frame)
{
    if (!requests_)
        return opening_->take(std::move(frame));
    if (const auto *ack = std::get_if<wire::Ack>(&frame.body))
        return outflow_->acknowledge(*ack);
    const auto id = frame.requestId;
    if (requests_->underWay() >= parts_.limits.unanswered)
        return send(id, Fault { ErrorCode::rate, "too many requests under way", milliseconds { 1'000 } });
    if (!requests_->take(std::move(frame)))
        protocolError(id, { ErrorCode::invalid, "not after the login", {} });
}

void Session::protocolError(std::uint64_t requestId, Fault fault)
{
    if (closing_)
        return;
    send(requestId, std::move(fault));
    if (++errors_ >= wire::limits::protocolErrors)
        close(CloseCode::policy, "too many protocol errors");
}

void Session::identified(const keys::Identified &who, std::uint64_t requestId)
{
    device_ = who.device;
    listener_ =
        std::make_shared<delivery::Listener>(delivery::Listener { [this](const delivery::News &news) { hear(news); } });
    // Claim first: whatever is queued after the head is read was told to us.
    epoch_ = parts_.domains.delivery.routes().claim(*device_, listener_);
    parts_.domains.delivery.open(*device_).then(this, [this, who, requestId](Result<QueueState> queue) {
        if (closing_)
            return;
        if (!queue) {
            send(requestId, storeFault(queue.error()));
            return close(CloseCode::tryLater, "unavailable");
        }
        if (queue->closed)
            return close(CloseCode::signedOut, "signed out");
        admit(who, requestId, *queue);
    });
}

void Session::admit(const keys::Identified &who, std::uint64_t requestId, const QueueState &queue)
{
    parts_.domains.keys.count(who.device)
        .then(this, [this, who, requestId, queue](wire::Outcome<wire::PreKeyCount> stock) {
            if (closing_)
                return;
            if (!stock) {
                send(requestId, std::move(stock).error());
                return close(CloseCode::tryLater, "unavailable");
            }
            send(requestId,
                 wire::Ready { queue.qepoch, who.listVersion, stock->left, queue.sendCounter, stock->signedPreKeyId });
            opening_.release()->deleteLater(); // its own call may have led here
            requests_ = std::make_unique<Requests>(parts_, who.device, [this](std::uint64_t id, wire::ServerBody body) {
                if (!closing_)
                    send(id, std::move(body));
            });
            outflow_ = std::make_unique<Outflow>(
                parts_, who.device, *channel_,
                Outflow::Callbacks { [this](wire::ServerBody body) { send(0, std::move(body)); },
                                     [this](CloseCode code, const char *reason) { close(code, reason); } });
            outflow_->start(queue.last);
        });
}

void Session::hear(const delivery::News &news)
{
    if (closing_)
        return;
    struct Visitor {
        Session &self;
        void operator()(const delivery::NewRow &row)
        {
            if (self.outflow_)
                self.outflow_->hear(row);
        }
        void operator()(const delivery::NewRows &)
        {
            if (self.outflow_)
                self.outflow_->hearRows();
        }
        void operator()(const delivery::Replaced &) { self.close(CloseCode::replaced, "replaced"); }
        void operator()(const delivery::SignedOut &) { self.close(CloseCode::signedOut, "signed out"); }
        void operator()(const wire::Ephemeral &ephemeral) { self.sendUnasked(ephemeral); }
        void operator()(const wire::PreKeysLow &low) { self.sendUnasked(low); }
    };
    std::visit(Visitor { *this }, news);
}

void Session::sendUnasked(wire::ServerBody body)
{
    if (outflow_) // a client that is not Ready yet expects nothing else
        send(0, std::move(body));
}

void Session::goAway(milliseconds retryAfter)
{
    if (closing_)
        return;
    send(0, wire::GoAway { retryAfter });
    close(CloseCode::goingAway, "the server stops");
}

void Session::close(CloseCode code, const char *reason)
{
    if (std::exchange(closing_, true))
        return;
    leave();
    channel_->close(code, QString::fromLatin1(reason));
}

/// The device is given up at once, not when the peer has answered the close.
void Session::leave()
{
    if (outflow_)
        outflow_->finish();
    if (listener_)
        parts_.domains.delivery.routes().release(*device_, epoch_);
    listener_.reset();
}

void Session::onClosed(int code)
{
    closing_ = true;
    leave();
    parts_.metrics.count("kith_connections_closed_total", "reason=\"" + std::to_string(code) + '"');
    Q_EMIT finished();
}

} // namespace kith::server::gateway
