// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "server/gateway/session.h"
#include "tests/support/gateway/counting_metrics.h"
#include "tests/support/gateway/failing_queue.h"
#include "tests/support/gateway/wire_client.h"
#include "tests/support/net/virtual_time.h"
#include "tests/support/server/memory_account_directory.h"
#include "tests/support/server/memory_key_directory.h"
#include "tests/support/server/memory_message_queue.h"

#include <memory>
#include <vector>

namespace kith::support {

/// The server's rooms on memory ports, in one thread on virtual time. Members are public: a test arranges and looks.
class TestServer {
public:
    struct Options {
        wire::RegistrationMode mode = wire::RegistrationMode::open;
        double rateFactor = 0;
        MemoryMessageQueue::Options queues {};
        server::gateway::SessionLimits session {};
    };
    TestServer() : TestServer(Options {}) { }
    explicit TestServer(Options options);
    ~TestServer();

    /// A client on a fresh connection that has said nothing.
    std::unique_ptr<WireClient> connects(const QByteArray &certificateHash = {}, const QString &address = {});
    /// A registered account with a client on a connection that is Ready.
    std::unique_ptr<WireClient> joins(const TestAccount &account);
    /// A client of an account that exists.
    std::unique_ptr<WireClient> returns(const TestAccount &account, std::uint16_t device = 1);
    TestAccount account(const std::string &name);
    /// `who` accepts, blocks or forgets `other`.
    void relate(const TestAccount &who, const TestAccount &other, wire::Relation relation);
    std::size_t sessions() const { return sessions_.size(); }
    server::gateway::Session *newest() { return sessions_.back().get(); }
    server::QueueState queueOf(const DeviceId &device);

    VirtualTime time;
    SeededRandom random { 1 };
    CountingMetrics metrics;
    MemoryAccountDirectory accounts { time, random };
    MemoryKeyDirectory keys { time, random };
    MemoryMessageQueue queues;
    FailingQueue store { queues }; ///< what the rooms use
    server::accounts::Accounts accountRoom;
    server::keys::Keys keyRoom;
    server::delivery::Delivery deliveryRoom;
    server::gateway::SessionParts parts;

private:
    std::vector<std::unique_ptr<server::gateway::Session>> sessions_;
};

/// The value of a task that a memory port has completed already.
template <class T>
T valueOf(Task<T> task)
{
    std::optional<T> value;
    QObject context;
    task.then(&context, [&](T result) { value = std::move(result); });
    if (!value)
        qFatal("the task is not ready");
    return std::move(*value);
}

/// A message from one account to the first device of others, with versions as the accounts know them.
wire::SendMessage message(const Mid &mid, const std::vector<const TestAccount *> &to,
                          const QByteArray &content = "ciphertext");
Mid midOf(int number);

} // namespace kith::support
