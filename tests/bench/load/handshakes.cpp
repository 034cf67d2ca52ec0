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

struct FreedSession {
    void operator()(SSL_SESSION *session) const { SSL_SESSION_free(session); }
};
using Ticket = std::unique_ptr<SSL_SESSION, FreedSession>;

/// What servers gave to come back with. A ticket of TLS 1.3 serves once (RFC 8446 C.4); OpenSSL refuses a second time.
class Tickets {
public:
    explicit Tickets(SSL_CTX *context) : context_(context)
    {
        SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
        SSL_CTX_set_app_data(context, this);
        SSL_CTX_sess_set_new_cb(context, keep);
    }
    ~Tickets() { SSL_CTX_sess_set_new_cb(context_, nullptr); }
    Tickets(const Tickets &) = delete;
    Tickets &operator=(const Tickets &) = delete;

    Ticket take()
    {
        if (kept_.empty())
            return {};
        auto ticket = std::move(kept_.back());
        kept_.pop_back();
        return ticket;
    }

private:
    static int keep(SSL *tls, SSL_SESSION *session)
    {
        auto *self = static_cast<Tickets *>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(tls)));
        if (self->kept_.size() >= 2 * atOnce)
            return 0; // OpenSSL frees it
        self->kept_.emplace_back(session);
        return 1;
    }

    SSL_CTX *context_;
    std::vector<Ticket> kept_;
};

/// Shakes hands and asks for the upgrade, so that the server's answer brings its tickets along; then it is over.
class Caller final : public Socket {
public:
    Caller(Loop &loop, Tally &tally, Ticket ticket) : Socket(loop), tally_(tally), ticket_(std::move(ticket)) { }
    bool call(Dial dial)
    {
        dial.session = ticket_.get();
        return this->dial(dial);
    }
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
    Ticket ticket_;
};

/// Keeps `atOnce` callers going for so many seconds; with tickets when there are any to take from.
Tally callFor(double seconds, const Dial &dial, Tickets *tickets)
{
    Loop loop;
    Tally tally;
    std::vector<std::unique_ptr<Caller>> callers(atOnce);
    const auto again = [&] {
        for (auto &caller : callers) {
            if (caller && !caller->isOver)
                continue;
            caller = std::make_unique<Caller>(loop, tally, tickets ? tickets->take() : Ticket {});
            if (!caller->call(dial))
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

} // namespace

Result<void> measureHandshakes(Contender &contender, const HandshakeShape &shape, Report &report)
{
    const auto dial = contender.address();
    Tickets tickets(dial.tls);
    const auto start = readingOf(contender);
    const auto full = callFor(shape.time, dial, nullptr);
    const auto middle = readingOf(contender);
    if (full.done == 0)
        return Error { ErrorCode::network, "no handshake succeeds" };
    const auto again = callFor(shape.time, dial, &tickets);
    const auto end = readingOf(contender);
    tell(report, contender.name(), "full", full, start, middle);
    tell(report, contender.name(), "resumed", again, middle, end);
    report.add(contender.name(), "resumed %",
               100.0 * static_cast<double>(again.resumed)
                   / static_cast<double>(std::max<std::uint64_t>(again.done, 1)));
    report.printNews();
    return {};
}

} // namespace kith::bench
