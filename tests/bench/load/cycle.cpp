// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/cycle.h"

#include "tests/bench/load/crowd.h"
#include "tests/bench/load/quantiles.h"
#include "tests/bench/load/reading.h"

namespace kith::bench {

namespace {

constexpr std::size_t ring = 1 << 20; // more than are ever in flight

/// Keeps every pair busy and looks at the clock.
class Conversation {
public:
    explicit Conversation(Crowd &crowd) : crowd_(crowd), sent_(ring)
    {
        crowd.audience.accepted = [this](int, Token token) { ticks_.add(age(token)); };
        crowd.audience.receipt = [this](int client, Token token) {
            receipts_.add(age(token));
            ++finished;
            say(client);
        };
    }
    void say(int client)
    {
        sent_[next_ % ring] = now();
        crowd_.at(client).send(next_++);
    }
    void forgetTimes() { ticks_ = receipts_ = {}; }
    void tell(Report &report, const std::string &server)
    {
        report.add(server, "tick p50 ms", ticks_.ms(0.5));
        report.add(server, "tick p99 ms", ticks_.ms(0.99));
        report.add(server, "receipt p50 ms", receipts_.ms(0.5));
        report.add(server, "receipt p99 ms", receipts_.ms(0.99));
    }

    std::uint64_t finished = 0;

private:
    double age(Token token) const { return now() - sent_[token % ring]; }

    Crowd &crowd_;
    std::vector<double> sent_;
    Token next_ = 1;
    Quantiles ticks_, receipts_;
};

void tellCost(Report &report, const std::string &server, const Reading &from, const Reading &to, std::uint64_t messages)
{
    const auto count = static_cast<double>(messages);
    report.add(server, "msg/s", count / (to.time - from.time));
    report.add(server, "server us/msg", (to.serverCpu - from.serverCpu) / count * 1e6);
    report.add(server, "generator us/msg", (to.ownCpu - from.ownCpu) / count * 1e6);
    report.add(server, "written B/msg", (to.written - from.written) / count);
    tellCommits(report, server, from, to, count);
}

} // namespace

Result<void> measureCycle(Contender &contender, const CycleShape &shape, Report &report)
{
    Crowd crowd(contender, shape.seed);
    KITH_CHECK(contender.enrol(2 * shape.pairs));
    KITH_CHECK(crowd.join(0, 2 * shape.pairs));
    KITH_CHECK(crowd.befriend());
    Conversation conversation(crowd);
    for (int pair = 0; pair < shape.pairs; ++pair) {
        for (int i = 0; i < shape.window; ++i)
            conversation.say(2 * pair);
    }
    crowd.run(std::min(shape.warmUp, shape.time));
    conversation.forgetTimes();
    const auto before = conversation.finished;
    const auto from = readingOf(contender);
    crowd.run(shape.time);
    const auto to = readingOf(contender);
    const auto server = contender.name();
    if (conversation.finished == before)
        return Error { ErrorCode::timeout, "no message went the whole way" };
    tellCost(report, server, from, to, conversation.finished - before);
    conversation.tell(report, server);
    if (crowd.audience.lost > 0 || crowd.audience.refused > 0)
        report.note(server + ": " + std::to_string(crowd.audience.lost) + " connections lost, "
                    + std::to_string(crowd.audience.refused) + " messages refused");
    report.printNews();
    return {};
}

} // namespace kith::bench
