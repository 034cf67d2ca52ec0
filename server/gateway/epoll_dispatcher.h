// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"

#include <QAbstractEventDispatcher>

#include <array>
#include <atomic>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

class QSocketNotifier;

namespace kith::server::gateway {

/// A Qt event dispatcher on epoll(7), for threads with many sockets.
///
/// Qt's own polls every descriptor at every wake-up: 9-22 times the CPU per message at 10,000 connections (performance,
/// decision 1). Works with unmodified QTcpSocket, QSslSocket and QWebSocket. Wake-ups from other threads are one
/// eventfd write however many come between two turns. One thread, except wakeUp() and interrupt(). `clock` outlives it.
class EpollDispatcher final : public QAbstractEventDispatcher {
    Q_OBJECT
public:
    explicit EpollDispatcher(const Clock &clock);
    ~EpollDispatcher() override;

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;
    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;
    void registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object) override;
    bool unregisterTimer(int timerId) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int timerId) override;
    void wakeUp() override;
    void interrupt() override;

private:
    struct Watched {
        std::array<QSocketNotifier *, 3> notifiers {}; ///< by QSocketNotifier::Type
        std::uint32_t generation = 0; ///< tells a descriptor from an earlier one with the same number
    };
    struct Waiting {
        QObject *object = nullptr;
        qint64 interval = 0; ///< ms
        Qt::TimerType type = Qt::CoarseTimer;
        MonoTime due {};
        bool running = false; ///< not again from a loop inside its own call
    };

    void apply(int descriptor, const Watched &watched, int operation) const;
    int timeout() const;
    bool turnSockets(int timeoutMs);
    bool activate(std::uint64_t name, std::uint32_t events);
    bool turnTimers();
    void fire(int timerId);

    const Clock &clock_;
    int epoll_ = -1;
    int wake_ = -1;
    std::atomic<bool> woken_ { false };
    std::atomic<bool> interrupted_ { false };
    std::unordered_map<int, Watched> watched_;
    std::uint32_t generation_ = 0;
    std::unordered_map<int, Waiting> timers_;
    std::set<std::pair<MonoTime, int>> due_;
};

} // namespace kith::server::gateway
