// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/net/memory_channel.h"

namespace kith::support {

namespace {
constexpr int abnormal = 1006; // RFC 6455 7.4.1: no close frame came
}

MemoryChannel::MemoryChannel(Timers &timers, QByteArray hash, std::shared_ptr<Faults> faults)
    : timers_(timers)
    , faults_(std::move(faults))
    , hash_(std::move(hash))
{
}

MemoryChannel::Ends MemoryChannel::makePair(Timers &timers, const QByteArray &hash)
{
    return makePair(timers, hash, std::make_shared<Faults>(), std::make_shared<Faults>());
}

MemoryChannel::Ends MemoryChannel::makePair(Timers &timers, const QByteArray &hash, std::shared_ptr<Faults> toServer,
                                            std::shared_ptr<Faults> toClient)
{
    Ends ends;
    ends.client.reset(new MemoryChannel(timers, hash, std::move(toServer)));
    ends.server.reset(new MemoryChannel(timers, hash, std::move(toClient)));
    ends.client->peer_ = ends.server.get();
    ends.server->peer_ = ends.client.get();
    return ends;
}

MemoryChannel::~MemoryChannel()
{
    if (open_)
        endPeer(abnormal, {});
}

void MemoryChannel::later(milliseconds delay, std::function<void()> f)
{
    const auto id = nextCall_++;
    calls_[id] = timers_.after(delay, [this, id, f = std::move(f)] {
        calls_.erase(id);
        f();
    });
}

void MemoryChannel::send(const QByteArray &frame)
{
    if (!open_)
        return;
    waitingBytes_ += frame.size();
    if (faults_->stalled)
        stalled_.push_back(frame);
    else
        launch(frame);
}

void MemoryChannel::launch(const QByteArray &frame)
{
    later(faults_->delay, [this, frame] {
        waitingBytes_ -= frame.size();
        if (aborted_)
            return;
        const QByteArray arriving = faults_->alter ? faults_->alter(frame) : frame;
        const int copies = faults_->silent || arriving.isEmpty() ? 0 : faults_->copies ? faults_->copies(frame) : 1;
        const QPointer<MemoryChannel> self(this);
        for (int i = 0; i < copies && self && peer_; ++i)
            peer_->arrive(arriving);
        if (self && open_)
            Q_EMIT written();
    });
}

void MemoryChannel::arrive(const QByteArray &frame)
{
    if (!open_)
        return;
    const QPointer<MemoryChannel> self(this);
    Q_EMIT heard();
    if (self && open_)
        Q_EMIT received(frame);
}

void MemoryChannel::resume()
{
    faults_->stalled = false;
    for (const auto &frame : std::exchange(stalled_, {}))
        launch(frame);
}

void MemoryChannel::ping()
{
    if (!open_ || faults_->silent || !peer_ || peer_->faults_->silent)
        return;
    later(faults_->delay + peer_->faults_->delay, [this] {
        if (open_ && peer_)
            Q_EMIT heard();
    });
}

void MemoryChannel::close(wire::CloseCode code, const QString &reason)
{
    if (!open_)
        return;
    open_ = false;
    endPeer(static_cast<int>(code), reason); // arrives after the frames that were sent before it
    later(faults_->delay, [this, code, reason] { Q_EMIT closed(static_cast<int>(code), reason); });
}

void MemoryChannel::abort()
{
    if (!open_)
        return;
    open_ = false;
    aborted_ = true;
    endPeer(abnormal, {});
    later(milliseconds { 0 }, [this] { Q_EMIT closed(abnormal, {}); });
}

void MemoryChannel::endPeer(int code, const QString &reason)
{
    if (peer_ && !faults_->silent) {
        auto *peer = peer_.data();
        peer->later(faults_->delay, [peer, code, reason] { peer->end(code, reason); });
    }
}

void MemoryChannel::end(int code, const QString &reason)
{
    if (!open_)
        return;
    open_ = false;
    Q_EMIT closed(code, reason);
}

} // namespace kith::support
