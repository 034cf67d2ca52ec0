// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-cli/session.h"

#include <deque>

namespace kith::cli {

/// What `kith receive` was asked for (cli 2.2).
struct ReceiveOptions {
    QString consumer; ///< empty: no consumer, nothing is acknowledged
    QString since;
    QStringList types, chats, from;
    QStringList exec; ///< a command for each event; empty: none
    bool follow = false;
    bool manualAck = false;
    std::optional<qint64> max;
    std::optional<milliseconds> untilIdle;
};

/// Reads the event log through one subscription, prints each event, and acknowledges what was dealt with.
///
/// An event counts as dealt with when its line is written and its command ended with 0; only then may its cursor be
/// acknowledged, so a crash at any point repeats the event and loses none. When the agent dies, reading goes on from
/// the consumer's cursor, and what was printed before is left out.
///
/// Without --follow it ends when nothing is pending, here and at the server: an agent that this command started first
/// fetches what waits there.
class Receiver final : public QObject {
    Q_OBJECT
public:
    Receiver(Session &session, ReceiveOptions options);
    ~Receiver() override;

    /// Returns the exit code.
    int run();

private:
    rpc::RpcResult<void> subscribe();
    rpc::RpcResult<void> catchUp();
    rpc::RpcResult<void> follow();
    rpc::RpcResult<void> work();
    rpc::RpcResult<void> deal(const QJsonObject &event);
    rpc::RpcResult<void> execute(const QJsonObject &event);
    rpc::RpcResult<void> acknowledge();
    void readAcks();
    void watchReader();
    void onEvent(const QJsonObject &event);
    bool isStopped() const;
    bool isDone() const;
    bool isWanted(const QJsonObject &event) const;
    void restartIdleTimer();

    Session &session_;
    ReceiveOptions options_;
    std::shared_ptr<rpc::Client> client_; // shared with the session, which replaces it when the agent dies
    std::deque<QJsonObject> waiting_;
    std::unique_ptr<QSocketNotifier> acks_;
    QByteArray ackText_;
    Timer idle_, reader_;
    quint64 dealtWith_ = 0; ///< cursor of the last durable event that is done
    quint64 acknowledged_ = 0;
    quint64 ackWish_ = 0; ///< what may be acknowledged now
    qint64 pending_ = 0; ///< of the subscription's backlog, not yet dealt with
    qint64 count_ = 0;
    bool isIdle_ = false;
    bool caughtUp_ = false; ///< the agent has taken in what waited at the server
    bool acksEnded_ = false;
};

} // namespace kith::cli
