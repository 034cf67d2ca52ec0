// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/worker.h"

#include "server/gateway/epoll_dispatcher.h"
#include "server/gateway/worker_loop.h"

#include <QThread>

#include <future>

namespace kith::server::gateway {

class Worker::Thread final : public QThread {
public:
    Thread(const Clock &clock, WorkerSettings settings) : clock_(clock), settings_(std::move(settings))
    {
        setEventDispatcher(new EpollDispatcher(clock));
        auto begun = begun_.get_future();
        start();
        mailbox_ = begun.get();
    }
    ~Thread() override
    {
        quit();
        wait();
    }

    void post(std::function<void(WorkerLoop &)> call)
    {
        mailbox_->post([this, call = std::move(call)] {
            if (loop_)
                call(*loop_);
        });
    }

protected:
    void run() override
    {
        WorkerLoop loop(clock_, std::move(settings_));
        loop_ = &loop;
        begun_.set_value(Mailbox::ofThisThread());
        exec();
        loop_ = nullptr;
    }

private:
    const Clock &clock_;
    WorkerSettings settings_;
    std::promise<std::shared_ptr<Mailbox>> begun_;
    std::shared_ptr<Mailbox> mailbox_; // shared by design: see Mailbox
    WorkerLoop *loop_ = nullptr; ///< on the thread itself only
};

Worker::Worker(const Clock &clock, WorkerSettings settings)
    : clock_(clock)
    , thread_(std::make_unique<Thread>(clock, std::move(settings)))
{
}

Worker::~Worker() = default;

void Worker::take(qintptr descriptor, Admission::Verdict verdict)
{
    thread_->post([descriptor, verdict = std::move(verdict)](WorkerLoop &loop) {
        loop.take(static_cast<int>(descriptor), verdict);
    });
}

void Worker::goAway(milliseconds spread)
{
    thread_->post([spread](WorkerLoop &loop) { loop.goAway(spread); });
}

std::optional<std::chrono::duration<double>> Worker::answer(milliseconds limit) const
{
    const auto answered = std::make_shared<std::promise<void>>(); // shared: the answer may come after we gave up
    auto future = answered->get_future();
    const auto asked = clock_.monotonic();
    thread_->post([answered](WorkerLoop &) { answered->set_value(); });
    if (future.wait_for(limit) != std::future_status::ready)
        return std::nullopt;
    return clock_.monotonic() - asked;
}

} // namespace kith::server::gateway
