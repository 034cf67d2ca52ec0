// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/epoll_dispatcher.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTimerEvent>

#include <cerrno>
#include <limits>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace kith::server::gateway {

namespace {

constexpr int eventsPerTurn = 256;
constexpr std::uint64_t wakeName = std::numeric_limits<std::uint64_t>::max();

std::uint64_t nameOf(int descriptor, std::uint32_t generation)
{
    return (std::uint64_t { generation } << 32) | static_cast<std::uint32_t>(descriptor);
}

} // namespace

EpollDispatcher::EpollDispatcher(const Clock &clock)
    : clock_(clock)
    , epoll_(::epoll_create1(EPOLL_CLOEXEC))
    , wake_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
{
    epoll_event event {};
    event.events = EPOLLIN;
    event.data.u64 = wakeName;
    if (epoll_ < 0 || wake_ < 0 || ::epoll_ctl(epoll_, EPOLL_CTL_ADD, wake_, &event) != 0)
        qFatal("no epoll instance: %s", qPrintable(qt_error_string(errno)));
}

EpollDispatcher::~EpollDispatcher()
{
    ::close(wake_);
    ::close(epoll_);
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    interrupted_ = false;
    Q_EMIT awake();
    QCoreApplication::sendPostedEvents();
    const bool wait = flags.testFlag(QEventLoop::WaitForMoreEvents) && !interrupted_;
    if (wait)
        Q_EMIT aboutToBlock();
    bool any = false;
    if (!flags.testFlag(QEventLoop::ExcludeSocketNotifiers))
        any = turnSockets(wait ? timeout() : 0);
    if (wait)
        Q_EMIT awake();
    return turnTimers() || any;
}

/// Milliseconds until the next timer; -1: none.
int EpollDispatcher::timeout() const
{
    if (due_.empty())
        return -1;
    const auto left = due_.begin()->first - clock_.monotonic();
    return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, std::numeric_limits<int>::max()));
}

bool EpollDispatcher::turnSockets(int timeoutMs)
{
    std::array<epoll_event, eventsPerTurn> events;
    const int count = ::epoll_wait(epoll_, events.data(), eventsPerTurn, timeoutMs);
    bool any = false;
    for (int i = 0; i < count; ++i) {
        const auto &event = events[static_cast<std::size_t>(i)];
        if (event.data.u64 == wakeName) {
            std::uint64_t wakeUps = 0;
            (void)!::read(wake_, &wakeUps, sizeof wakeUps);
            woken_ = false; // what is posted from here on is seen by the next turn's sendPostedEvents
            any = true;
        } else {
            any = activate(event.data.u64, event.events) || any;
        }
    }
    return any;
}

bool EpollDispatcher::activate(std::uint64_t name, std::uint32_t events)
{
    const int descriptor = static_cast<int>(name & 0xFFFFFFFF);
    const auto generation = static_cast<std::uint32_t>(name >> 32);
    constexpr std::uint32_t broken = EPOLLHUP | EPOLLERR;
    constexpr std::array<std::uint32_t, 3> wanted { EPOLLIN | EPOLLRDHUP | broken, EPOLLOUT | broken, EPOLLPRI };
    bool any = false;
    for (std::size_t type = 0; type < wanted.size(); ++type) {
        const auto found = watched_.find(descriptor); // again each time: a slot may have closed it
        if (found == watched_.end() || found->second.generation != generation)
            return any;
        if (auto *notifier = found->second.notifiers[type]; notifier && (events & wanted[type])) {
            QEvent activation(QEvent::SockAct);
            QCoreApplication::sendEvent(notifier, &activation);
            any = true;
        }
    }
    return any;
}

void EpollDispatcher::apply(int descriptor, const Watched &watched, int operation) const
{
    epoll_event event {};
    event.events = (watched.notifiers[QSocketNotifier::Read] ? EPOLLIN | EPOLLRDHUP : 0u)
        | (watched.notifiers[QSocketNotifier::Write] ? EPOLLOUT : 0u)
        | (watched.notifiers[QSocketNotifier::Exception] ? EPOLLPRI : 0u);
    event.data.u64 = nameOf(descriptor, watched.generation);
    if (::epoll_ctl(epoll_, operation, descriptor, &event) != 0 && operation != EPOLL_CTL_DEL)
        qWarning("descriptor %d cannot be watched: %s", descriptor, qPrintable(qt_error_string(errno)));
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    const int descriptor = static_cast<int>(notifier->socket());
    const auto [found, added] = watched_.try_emplace(descriptor);
    if (added)
        found->second.generation = ++generation_;
    found->second.notifiers[notifier->type()] = notifier;
    apply(descriptor, found->second, added ? EPOLL_CTL_ADD : EPOLL_CTL_MOD);
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const int descriptor = static_cast<int>(notifier->socket());
    const auto found = watched_.find(descriptor);
    if (found == watched_.end() || found->second.notifiers[notifier->type()] != notifier)
        return;
    found->second.notifiers[notifier->type()] = nullptr;
    const auto &left = found->second.notifiers;
    const bool none = std::ranges::all_of(left, [](const auto *other) { return !other; });
    apply(descriptor, found->second, none ? EPOLL_CTL_DEL : EPOLL_CTL_MOD);
    if (none)
        watched_.erase(found);
}

void EpollDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object)
{
    // The clock cuts its milliseconds off: one more, so that nothing comes early.
    const auto due = clock_.monotonic() + milliseconds { interval > 0 ? interval + 1 : 0 };
    timers_[timerId] = Waiting { object, interval, timerType, due, false };
    due_.emplace(due, timerId);
}

bool EpollDispatcher::unregisterTimer(int timerId)
{
    const auto found = timers_.find(timerId);
    if (found == timers_.end())
        return false;
    due_.erase({ found->second.due, timerId });
    timers_.erase(found);
    return true;
}

bool EpollDispatcher::unregisterTimers(QObject *object)
{
    const auto infos = registeredTimers(object);
    for (const auto &info : infos)
        unregisterTimer(info.timerId);
    return !infos.isEmpty();
}

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    QList<TimerInfo> infos;
    for (const auto &[id, timer] : timers_) {
        if (timer.object == object)
            infos << TimerInfo(id, static_cast<int>(timer.interval), timer.type);
    }
    return infos;
}

int EpollDispatcher::remainingTime(int timerId)
{
    const auto found = timers_.find(timerId);
    if (found == timers_.end())
        return -1;
    const auto left = found->second.due - clock_.monotonic();
    return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
}

bool EpollDispatcher::turnTimers()
{
    const auto time = clock_.monotonic();
    std::vector<int> ready; // a timer that is started or due again meanwhile waits for the next turn
    for (const auto &[due, id] : due_) {
        if (due > time)
            break;
        ready.push_back(id);
    }
    for (const int id : ready)
        fire(id);
    return !ready.empty();
}

void EpollDispatcher::fire(int timerId)
{
    auto found = timers_.find(timerId);
    if (found == timers_.end() || found->second.running || found->second.due > clock_.monotonic())
        return;
    auto &timer = found->second;
    const milliseconds interval { timer.interval };
    due_.erase({ timer.due, timerId });
    timer.due = std::max(timer.due + interval, clock_.monotonic()); // late ones do not pile up
    due_.emplace(timer.due, timerId);
    timer.running = true;
    QTimerEvent event(timerId);
    QCoreApplication::sendEvent(timer.object, &event);
    found = timers_.find(timerId); // its slot may have stopped it
    if (found != timers_.end())
        found->second.running = false;
}

void EpollDispatcher::wakeUp()
{
    if (woken_.exchange(true))
        return;
    const std::uint64_t one = 1;
    (void)!::write(wake_, &one, sizeof one);
}

void EpollDispatcher::interrupt()
{
    interrupted_ = true;
    wakeUp();
}

} // namespace kith::server::gateway
