// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "common/client/account.h"
#include "common/client/connection.h"
#include "common/client/contacts.h"
#include "common/client/conversations.h"
#include "common/client/engine.h"
#include "common/client/event_log.h"
#include "common/client/outbox.h"
#include "common/client/safety.h"
#include "common/client/store/database.h"
#include "tests/support/gateway/test_server.h"
#include "tests/support/net/memory_network.h"

#include <QTemporaryDir>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace kith::support {

class Town;

/// One person's own clock: the town's, as wrong as a test wants it.
class CitizenClock final : public Clock {
public:
    explicit CitizenClock(const Clock &town) : town_(town) { }
    WallTime now() const override { return town_.now() + skew; }
    /// Every reading moves it on by `cost`, as if work between two readings took that long.
    MonoTime monotonic() const override { return town_.monotonic() + (drift_ += cost); }

    milliseconds skew { 0 };
    milliseconds cost { 0 };

private:
    const Clock &town_;
    mutable milliseconds drift_ { 0 };
};

/// One person's engine on a real database file, with a way of its own to the server.
class Citizen {
public:
    Citizen(Town &town, std::string name, std::uint64_t seed);

    /// A new profile and a registered account.
    void registers();
    /// A new profile, or the one there is, asks the server for an account under this name.
    client::Answer<client::AccountView> asksForAccount(const std::string &wish, const std::string &invite = {});
    /// The profile is opened again and connects. leaves(): the engine goes, the file stays.
    void comes();
    void leaves();
    /// As comes(), without waiting for the connection.
    void opens();
    /// The engine ends as a killed process does: nothing is said, what was on its way is lost.
    void dies();

    /// Queues a text; the mid.
    Mid says(const Citizen &to, const std::string &text);
    std::string address() const { return "@" + name; }
    /// Kinds text of the chat with `peer`, oldest first.
    std::vector<std::string> reads(const Citizen &peer);
    std::vector<client::Message> history(const Citizen &peer);
    client::Message message(const Mid &mid);
    AccountId id();
    DeviceId device();
    /// Durable events of one type.
    int events(const std::string &type);
    client::store::Database &database() { return engine->database(); }

    std::string name;
    CitizenClock clock;
    std::unique_ptr<MemoryNetwork> network;
    std::unique_ptr<client::Engine> engine;
    client::Keyring *keyring = nullptr; ///< before it comes: its engine keeps the send counter there
    std::string path() const; ///< of the database file

private:
    void open(sql::OpenMode mode);

    Town &town_;
    SystemRandom random_;
    SeededRandom jitter_;
};

/// A server's rooms on memory ports, people with engines, one thread, virtual time. Prints its seed.
class Town {
public:
    explicit Town(TestServer::Options options = {});
    ~Town();

    Citizen &citizen(const std::string &name);
    /// With a way to the server and nothing else.
    Citizen &stranger(const std::string &name);
    /// Registered, and each accepted by the other.
    void introduce(Citizen &a, Citizen &b);
    /// Moves time until `reached`, at most `limit`.
    bool until(const std::function<bool()> &reached, milliseconds limit = milliseconds { 60'000 });
    void pass(milliseconds time) { server.time.advance(time); }
    /// Puts an envelope into a device's queue as a lying server would.
    void plant(const DeviceId &to, const DeviceId &from, const Mid &mid, wire::CiphertextType type,
               const QByteArray &content);

    TestServer server;
    MemoryNetwork network { server.time };
    QTemporaryDir folder;

private:
    std::vector<std::unique_ptr<server::gateway::Session>> sessions_;
    std::vector<std::unique_ptr<Citizen>> citizens_;
    std::uint64_t seed_;
};

/// The value of a task, moving the town's time; ends the program when it does not come.
template <class T>
T get(Town &town, Task<T> task)
{
    QObject context;
    std::optional<T> value;
    task.then(&context, [&](T result) { value.emplace(std::move(result)); });
    if (!town.until([&] { return value.has_value(); }, milliseconds { 120'000 }))
        qFatal("a task was never completed");
    return std::move(*value);
}

} // namespace kith::support
