// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/handshakes.h"

#include "tests/bench/load/framing.h"
#include "tests/bench/load/reading.h"

#include <vector>

namespace kith::bench {

namespace {

constexpr std::size_t atOnce = 32;

struct Tally {
    std::uint64_t done = 0, resumed = 0, failed = 0;
};

/// Shakes hands and asks for the upgrade, so that the server's answer brings its session tickets along; then it is
/// over.
class Caller final : public Socket {
public:
    Caller(Loop &loop, Tally &tally) : Socket(loop), tally_(tally) { }
    bool isOver = false;

private:
    void connected() override { write(upgradeRequest()); }
    std::size_t received(std::string_view bytes) override
    {
        ++tally_.done;
        tally_.resumed += SSL_session_reused(tls()) ? 1 : 0;
        isOver = true;
        return bytes.size();
    }
    void lost() override
    {
        ++tally_.failed;
        isOver = true;
    }

    Tally &tally_;
};

/// Keeps `atOnce` callers going for so many seconds.
Tally callFor(double seconds, const Dial &dial)
{
    Loop loop;
    Tally tally;
    std::vector<std::unique_ptr<Caller>> callers(atOnce);
    const auto again = [&] {
        for (auto &caller : callers) {
            if (caller && !caller->isOver)
                continue;
            caller = std::make_unique<Caller>(loop, tally);
            if (!caller->dial(dial))
                ++tally.failed;
        }
        return false;
    };
    (void)loop.until(again, seconds);
    return tally;
}

void tell(Report &report, const std::string &server, const char *kind, const Tally &tally, const Reading &from,
          const Reading &to)
{
    const auto count = static_cast<double>(std::max<std::uint64_t>(tally.done, 1));
    const std::string name(kind);
    report.add(server, name + " handshakes/s", count / (to.time - from.time));
    report.add(server, name + " server us", (to.serverCpu - from.serverCpu) / count * 1e6);
    report.add(server, name + " generator us", (to.ownCpu - from.ownCpu) / count * 1e6);
    if (tally.failed > 0)
        report.add(server, name + " failed", static_cast<double>(tally.failed));
}

/// The ticket of one connection, kept by the context's callback.
SSL_SESSION *kept = nullptr;

int keep(SSL *, SSL_SESSION *session)
{
    SSL_SESSION_free(std::exchange(kept, session));
    return 1;
}

} // namespace

Result<void> measureHandshakes(Contender &contender, const HandshakeShape &shape, Report &report)
{
    auto dial = contender.address();
    SSL_CTX_set_session_cache_mode(dial.tls, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
    SSL_CTX_sess_set_new_cb(dial.tls, keep);
    const auto start = readingOf(contender);
    const auto full = callFor(shape.time, dial);
    const auto middle = readingOf(contender);
    if (full.done == 0)
        return Error { ErrorCode::network, "no handshake succeeds" };
    SSL_CTX_sess_set_new_cb(dial.tls, nullptr);
    dial.session = kept;
    const auto again = callFor(shape.time, dial);
    const auto end = readingOf(contender);
    SSL_SESSION_free(std::exchange(kept, nullptr));
    tell(report, contender.name(), "full", full, start, middle);
    tell(report, contender.name(), "resumed", again, middle, end);
    report.add(contender.name(), "resumed %",
               100.0 * static_cast<double>(again.resumed)
                   / static_cast<double>(std::max<std::uint64_t>(again.done, 1)));
    report.printNews();
    return {};
}

} // namespace kith::bench
