// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/ports/message_queue.h"

#include <map>

namespace kith::support {

/// Another queue whose n-th next call of one kind fails: before it did anything, or after all of it, which is what an
/// unknown outcome looks like (delivery AT6). One thread.
class FaultyMessageQueue final : public server::MessageQueue {
public:
    enum class Call { accept, range, settle, state, close, sweep };
    enum class When { before, after };

    explicit FaultyMessageQueue(server::MessageQueue &inner) : inner_(inner) { }

    /// `nth` 1: the next one.
    void fail(Call call, int nth, When when, Error error = { ErrorCode::io, "injected" })
    {
        faults_[call] = { nth, when, std::move(error) };
    }
    int fired() const { return fired_; }

    Task<Result<server::AcceptResult>> accept(server::AcceptRequest request) override
    {
        return pass<server::AcceptResult>(Call::accept, [&] { return inner_.accept(std::move(request)); });
    }
    Task<Result<server::QueuePage>> range(DeviceId device, Qseq after, int limit) override
    {
        return pass<server::QueuePage>(Call::range, [&] { return inner_.range(device, after, limit); });
    }
    Task<Result<server::Settled>> settle(std::vector<server::Settle> acks) override
    {
        return pass<server::Settled>(Call::settle, [&] { return inner_.settle(std::move(acks)); });
    }
    Task<Result<server::QueueState>> state(DeviceId device) override
    {
        return pass<server::QueueState>(Call::state, [&] { return inner_.state(device); });
    }
    Task<Result<void>> close(DeviceId device) override
    {
        return pass<void>(Call::close, [&] { return inner_.close(device); });
    }
    Task<Result<std::vector<DeviceId>>> sweep(WallTime now, int limit) override
    {
        return pass<std::vector<DeviceId>>(Call::sweep, [&] { return inner_.sweep(now, limit); });
    }
    Task<Result<server::QueueTotals>> totals() override { return inner_.totals(); }
    void setRoom(std::uint64_t messages, std::uint64_t bytes) override { inner_.setRoom(messages, bytes); }

private:
    struct Fault {
        int left = 0;
        When when = When::before;
        Error error;
    };

    template <class T, class F>
    Task<Result<T>> pass(Call call, F f)
    {
        const auto fault = faults_.find(call);
        if (fault == faults_.end() || --fault->second.left != 0)
            return f();
        ++fired_;
        const auto [left, when, error] = fault->second;
        faults_.erase(fault);
        if (when == When::before)
            return Task<Result<T>>::ready(error);
        return f().map(&context_, [error = error](Result<T>) -> Result<T> { return error; });
    }

    server::MessageQueue &inner_;
    std::map<Call, Fault> faults_;
    int fired_ = 0;
    QObject context_;
};

} // namespace kith::support
