// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/offline.h"

#include "tests/bench/load/crowd.h"
#include "tests/bench/load/quantiles.h"
#include "tests/bench/load/reading.h"

namespace kith::bench {

namespace {

constexpr double patience = 1'800; // seconds for a phase
constexpr double settling = 0.5; // until a server has noticed who left

/// One run: everybody comes once, the recipients leave, are written to, and come back.
class Absence {
public:
    Absence(Contender &contender, const OfflineShape &shape, Report &report)
        : contender_(contender)
        , shape_(shape)
        , report_(report)
        , crowd_(contender, shape.seed)
        , left_(static_cast<std::size_t>(shape.pairs), shape.each)
        , total_(std::uint64_t(shape.pairs) * std::uint64_t(shape.each))
    {
    }

    Result<void> measure()
    {
        KITH_CHECK(contender_.enrol(2 * shape_.pairs));
        KITH_CHECK(crowd_.join(0, 2 * shape_.pairs));
        KITH_CHECK(crowd_.befriend());
        KITH_CHECK(afresh());
        empty_ = diskUsageOf(contender_.dataFolder());
        KITH_CHECK(crowd_.join(0, 2 * shape_.pairs, 2));
        KITH_CHECK(enqueue());
        if (shape_.restart)
            KITH_CHECK(restart());
        KITH_CHECK(drainOne());
        KITH_CHECK(drainOthers());
        KITH_CHECK(tellDisk());
        report_.printNews();
        return {};
    }

private:
    /// Everybody leaves and the server restarts, which turns logs into tables: a store allocates logs ahead.
    Result<void> afresh()
    {
        crowd_.leave(0);
        crowd_.leave(1);
        crowd_.run(settling);
        contender_.stop();
        KITH_CHECK(contender_.resume());
        crowd_.run(settling);
        return {};
    }

    void say(int client)
    {
        auto &left = left_[static_cast<std::size_t>(client / 2)];
        if (left-- <= 0)
            return;
        sent_[next_ % sent_.size()] = now();
        crowd_.at(client).send(next_++);
    }

    void tell(const char *column, double value) { report_.add(contender_.name(), column, value); }

    void tellCost(const std::string &phase, const Reading &from, const Reading &to, std::uint64_t messages)
    {
        const auto count = static_cast<double>(messages);
        tell((phase + " msg/s").c_str(), count / (to.time - from.time));
        tell((phase + " server us/msg").c_str(), (to.serverCpu - from.serverCpu) / count * 1e6);
        tell((phase + " generator us/msg").c_str(), (to.ownCpu - from.ownCpu) / count * 1e6);
        tell((phase + " written B/msg").c_str(), (to.written - from.written) / count);
    }

    int isNew(Token token)
    {
        const bool fresh = !arrived_[token];
        arrived_[token] = true;
        return fresh ? 1 : 0;
    }

    Result<void> enqueue()
    {
        std::uint64_t accepted = 0;
        Quantiles ticks;
        crowd_.audience.accepted = [&](int client, Token token) {
            ++accepted;
            ticks.add(now() - sent_[token % sent_.size()]);
            say(client);
        };
        const auto from = readingOf(contender_);
        for (int pair = 0; pair < shape_.pairs; ++pair) {
            for (int i = 0; i < shape_.window; ++i)
                say(2 * pair);
        }
        const bool all = crowd_.until([&] { return accepted == total_; }, patience);
        crowd_.audience.accepted = {};
        if (!all)
            return Error { ErrorCode::timeout, std::to_string(accepted) + " messages were accepted" };
        const auto to = readingOf(contender_);
        tellCost("enqueue", from, to, total_);
        written_ = to.written - from.written;
        tellCommits(report_, contender_.name(), from, to, static_cast<double>(total_));
        tell("tick p50 ms", ticks.ms(0.5));
        tell("tick p99 ms", ticks.ms(0.99));
        tell("queued MB on disk", diskUsageOf(contender_.dataFolder()) / 1e6);
        return {};
    }

    Result<void> restart()
    {
        crowd_.leave(0);
        double from = now();
        contender_.stop();
        tell("stop s", now() - from);
        from = now();
        KITH_CHECK(contender_.resume());
        tell("start until ready s", now() - from);
        KITH_CHECK(crowd_.join(0, 1));
        tell("start until login s", now() - from);
        return crowd_.join(2, 2 * shape_.pairs, 2);
    }

    /// One recipient alone: how long somebody waits for what gathered.
    Result<void> drainOne()
    {
        int arrived = 0;
        crowd_.audience.arrived = [&](int, Token token) { arrived += isNew(token); };
        const double from = now();
        KITH_CHECK(crowd_.join(1, 2));
        if (!crowd_.until([&] { return arrived >= shape_.each; }, patience))
            return Error { ErrorCode::timeout, "one recipient got " + std::to_string(arrived) + " messages" };
        tell("ms to log in and read one queue", (now() - from) * 1'000);
        return {};
    }

    Result<void> drainOthers()
    {
        const auto rest = total_ - static_cast<std::uint64_t>(shape_.each);
        std::uint64_t arrived = 0, receipts = 0;
        crowd_.audience.arrived = [&](int, Token token) { arrived += static_cast<std::uint64_t>(isNew(token)); };
        crowd_.audience.receipt = [&](int, Token) { ++receipts; };
        const auto from = readingOf(contender_);
        KITH_CHECK(crowd_.join(3, 2 * shape_.pairs, 2));
        if (!crowd_.until([&] { return arrived >= rest; }, patience))
            return Error { ErrorCode::timeout, std::to_string(arrived) + " messages were read" };
        const auto to = readingOf(contender_);
        tellCost("drain", from, to, rest);
        // Acknowledgements and receipts are a part of the message's life.
        (void)crowd_.until(
            [&, last = receipts, since = now()]() mutable {
                if (receipts != last)
                    since = now();
                last = receipts;
                return now() > since + 2;
            },
            patience);
        written_ += readingOf(contender_).written - from.written;
        return {};
    }

    Result<void> tellDisk()
    {
        const auto count = static_cast<double>(total_);
        tell("life written B/msg", written_ / count);
        KITH_CHECK(afresh());
        tell("left on disk B/msg", (diskUsageOf(contender_.dataFolder()) - empty_) / count);
        return {};
    }

    Contender &contender_;
    const OfflineShape shape_;
    Report &report_;
    Crowd crowd_;
    std::vector<int> left_;
    std::uint64_t total_;
    std::vector<double> sent_ = std::vector<double>(1 << 20);
    Token next_ = 1;
    std::vector<bool> arrived_ = std::vector<bool>(total_ + 1); ///< by token
    double written_ = 0; ///< bytes, over the life of all messages
    double empty_ = 0; ///< bytes on disk with the accounts alone
};

} // namespace

Result<void> measureOffline(Contender &contender, const OfflineShape &shape, Report &report)
{
    return Absence(contender, shape, report).measure();
}

} // namespace kith::bench
