// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/abuse.h"

#include "tests/bench/load/framing.h"
#include "tests/bench/load/reading.h"

#include <array>
#include <atomic>
#include <thread>

namespace kith::bench {

namespace {

using namespace std::string_view_literals;

/// What a stranger does over and over: before the upgrade, or as frames after it.
struct Misdeed {
    const char *name;
    bool upgrades;
    std::string_view bytes;
    double every; ///< seconds
};

constexpr std::array misdeeds {
    Misdeed { "a handshake byte by byte", false, "x"sv, 0.1 },
    Misdeed { "fragments of one byte", true, "\x02\x81\0\0\0\0x\x00\x81\0\0\0\0x\x00\x81\0\0\0\0x"sv, 0.001 },
    Misdeed { "frames of 2 GiB announced", true, "\x82\xFF\0\0\0\0\x80\0\0\0\0\0\0\0some of it"sv, 0.001 },
    Misdeed { "pings without end", true, "\x89\x80\0\0\0\0\x89\x80\0\0\0\0"sv, 0.001 },
    Misdeed { "reserved bits", true, "\xF2\x81\0\0\0\0x"sv, 0.001 },
    Misdeed { "connecting and leaving", false, ""sv, 0 },
};

class Stranger final : public Socket {
public:
    Stranger(Loop &loop, const Misdeed &misdeed) : Socket(loop), misdeed_(misdeed) { }

    void act(double at)
    {
        if (!ready_ || at < due_)
            return;
        if (misdeed_.bytes.empty())
            return close();
        write(misdeed_.bytes);
        due_ = at + misdeed_.every;
    }

private:
    void connected() override
    {
        ready_ = !misdeed_.upgrades;
        if (misdeed_.upgrades)
            write(upgradeRequest());
        else if (!misdeed_.bytes.empty())
            write("GET / HTTP/1.1\r\nX: ");
    }
    std::size_t received(std::string_view bytes) override
    {
        ready_ = true;
        return bytes.size();
    }
    void lost() override { ready_ = false; }

    const Misdeed &misdeed_;
    bool ready_ = false;
    double due_ = 0;
};

/// Strangers on a thread of their own, as long as it lives.
class Mob {
public:
    Mob(const Dial &address, const Misdeed &misdeed, const AbuseShape &shape)
        : thread_([=, this, &misdeed] { run(address, misdeed, shape); })
    {
    }
    ~Mob()
    {
        over_ = true;
        thread_.join();
    }
    std::uint64_t connects() const { return connects_; }

private:
    void run(Dial address, const Misdeed &misdeed, const AbuseShape &shape)
    {
        Loop loop;
        std::vector<std::unique_ptr<Stranger>> strangers;
        for (int i = 0; i < shape.strangers; ++i)
            strangers.push_back(std::make_unique<Stranger>(loop, misdeed));
        const double begun = now();
        while (!over_) {
            loop.turn(std::chrono::milliseconds { 1 });
            const double at = now();
            for (auto &stranger : strangers) {
                if (stranger->isOpen()) {
                    stranger->act(at);
                    continue;
                }
                const auto allowed = shape.strangers + (at - begun) * shape.connectsPerSecond;
                address.source = 100 + static_cast<std::uint32_t>(connects_ / 10'000) % 100; // ports run out
                if (static_cast<double>(connects_) < allowed && stranger->dial(address))
                    ++connects_;
            }
        }
    }

    std::atomic<bool> over_ { false };
    std::atomic<std::uint64_t> connects_ { 0 };
    std::thread thread_;
};

} // namespace

Result<void> measureAbuse(Contender &contender, const AbuseShape &shape, Report &report)
{
    KITH_CHECK(measureSteady(contender, shape.people, report, contender.name() + ", nobody misbehaves"));
    auto people = shape.people;
    for (const auto &misdeed : misdeeds) {
        people.first += static_cast<Token>(people.rate * people.time) + 1;
        const auto row = contender.name() + ", " + misdeed.name;
        const Mob mob(contender.address(), misdeed, shape);
        KITH_CHECK(measureSteady(contender, people, report, row));
        report.add(row, "strangers' connects", static_cast<double>(mob.connects()));
    }
    return {};
}

} // namespace kith::bench
