// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/net/channel.h"
#include "server/gateway/session_parts.h"

#include <QList>

#include <functional>
#include <memory>

namespace kith::server::gateway {

/// One device's queue on its way to its socket: first what was queued when it connected, then Drained, then live.
///
/// Rows leave in qseq order (delivery ST10). A hinted row is pushed without reading only when it follows the cursor
/// directly; anything else is read from the store, so that a lost hint is healed by the next one (AT7). Memory is
/// bounded: 64 rows or 1 MiB unacknowledged, and 1 MiB in the socket; then the queue is not read (security S7).
///
/// Thread and lifetime of its session.
class Outflow : public QObject {
public:
    struct Callbacks {
        std::function<void(wire::ServerBody)> send;
        std::function<void(wire::CloseCode, const char *reason)> close;
    };
    Outflow(const SessionParts &parts, DeviceId device, const net::Channel &channel, Callbacks callbacks);
    ~Outflow() override;

    /// Starts the drain up to `last`, the head of the queue after the connection took the device over.
    void start(Qseq last);
    /// A hint: the row, or that there are some.
    void hear(const delivery::NewRow &row);
    void hearRows();
    /// Rows that were not pushed here, or acknowledged before, are ignored (security S3).
    void acknowledge(const wire::Ack &ack);
    /// The socket took bytes.
    void writable();
    /// The connection ends: what it acknowledged is settled without waiting for the turn's end.
    void finish();

private:
    struct Pushed {
        Qseq qseq;
        std::size_t bytes = 0;
        std::optional<AccountId> sender;
        WallTime accepted {};
    };

    bool hasRoom();
    void pump();
    void read();
    void onPage(Result<QueuePage> page);
    void push(QueueRow row);
    void watchProgress(milliseconds span);
    void checkProgress();
    void settleSoon();
    void settle();
    void retryLater();
    void sweepLater();

    const SessionParts &parts_;
    DeviceId device_;
    const net::Channel &channel_;
    Callbacks callbacks_;

    Qseq cursor_; ///< everything up to here was pushed, or is known to be gone
    Qseq target_; ///< Drained is due when the cursor is here
    bool started_ = false;
    bool drained_ = false;
    bool behind_ = true; ///< the queue may hold rows after the cursor
    bool reading_ = false;
    bool stopped_ = false; ///< by a full window or socket, for the metric
    bool over_ = false;
    QList<QueueRow> read_; ///< read and not yet pushed. A list, because an idle deque holds half a kilobyte
    QList<Pushed> unacknowledged_;
    std::size_t unacknowledgedBytes_ = 0;
    MonoTime progress_ {};
    Timer patience_;
    Timer retry_;
    Timer sweep_;
    std::vector<delivery::Acknowledged> acks_; ///< gathered in this turn of the loop
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true); // shared with the posted end of the turn
};

} // namespace kith::server::gateway
