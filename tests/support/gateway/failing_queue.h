// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/ports/message_queue.h"

#include <deque>
#include <optional>

namespace kith::support {

/// A MessageQueue whose calls fail as told, before they reach the one behind it. One thread.
class FailingQueue final : public server::MessageQueue {
public:
    explicit FailingQueue(server::MessageQueue &behind) : behind_(behind) { }

    std::optional<Error> accepting, reading, settling, opening;
    bool hangs = false; ///< accept() is not answered
    bool losesAnswers = false; ///< accept() stores, then fails as if its outcome were unknown
    int accepts = 0, settles = 0, ranges = 0;

    Task<Result<server::AcceptResult>> accept(server::AcceptRequest request) override
    {
        using Answer = Task<Result<server::AcceptResult>>;
        ++accepts;
        if (accepting)
            return Answer::ready(*accepting);
        if (hangs)
            return hanging_.emplace_back().task();
        auto answer = behind_.accept(std::move(request));
        return losesAnswers ? Answer::ready(Error { ErrorCode::io, "outcome unknown" }) : answer;
    }
    Task<Result<server::QueuePage>> range(DeviceId device, Qseq after, int limit) override
    {
        ++ranges;
        if (reading)
            return Task<Result<server::QueuePage>>::ready(*reading);
        return behind_.range(device, after, limit);
    }
    Task<Result<server::Settled>> settle(std::vector<server::Settle> acks) override
    {
        ++settles;
        if (settling)
            return Task<Result<server::Settled>>::ready(*settling);
        return behind_.settle(std::move(acks));
    }
    Task<Result<server::QueueState>> state(DeviceId device) override
    {
        if (opening)
            return Task<Result<server::QueueState>>::ready(*opening);
        return behind_.state(device);
    }
    Task<Result<void>> close(DeviceId device) override { return behind_.close(device); }
    Task<Result<std::vector<DeviceId>>> sweep(WallTime now, int limit) override { return behind_.sweep(now, limit); }
    Task<Result<server::QueueTotals>> totals() override { return behind_.totals(); }
    void setRoom(std::uint64_t messages, std::uint64_t bytes) override { behind_.setRoom(messages, bytes); }

private:
    server::MessageQueue &behind_;
    std::deque<Promise<Result<server::AcceptResult>>> hanging_;
};

} // namespace kith::support
