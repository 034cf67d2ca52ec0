// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/rpc/method_table.h"
#include "common/rpc/schema.h"
#include "common/rpc/service/methods.h"

#include <QObject>

#include <map>
#include <memory>
#include <vector>

namespace kith::rpc {
struct Request;
}

namespace kith::sql {
class Transaction;
}

namespace kith::rpc::service {

class Peer;

/// The agent's side of cli 7: listens on the profile's socket, checks who calls and what, asks the engine, answers.
///
/// One thread, the engine's. Answers may come out of order. Bounds (security B4) are kept here and in Peer.
class Service final : public QObject {
    Q_OBJECT
public:
    static constexpr int maxPeers = 64;

    /// Both outlive this.
    Service(Host &host, ServiceOptions options);
    ~Service() override;

    /// Binds the socket, 0600, after removing a stale one: the caller holds the lock that makes it stale.
    /// Errors: io.
    Result<void> listen();
    /// Nothing new is accepted and no call started; calls that the end of the engine cuts short answer `stopping`.
    void stop();
    /// Closes every connection behind what its socket has taken.
    void closePeers();
    bool isStopping() const { return stopping_; }

    Host &host() { return host_; }
    const ServiceOptions &options() const { return options_; }
    ServiceOptions &options() { return options_; }
    SchemaSet &schemas() { return schemas_; }
    /// Front ends attached now.
    int peerCount() const { return static_cast<int>(peers_.size()); }
    /// Whether a peer's subscription is of that consumer.
    bool isConnected(const QString &consumer) const;
    milliseconds uptime() const;
    /// hello's answer, for a client that speaks this major version.
    QJsonObject greeting() const;

    /// How a call is answered; called once, also after its peer has gone.
    using Answer = std::function<void(const Reply &)>;
    /// Runs one call of `peer`.
    void handle(Peer &peer, const Request &request, Answer answer);
    void drop(Peer *peer);
    /// A notification without a cursor for everybody who wants that type.
    void broadcast(const QString &type, QJsonObject body);
    /// The window of the profile, if one registered and is still connected.
    Peer *window() const { return window_; }
    void setWindow(Peer *window) { window_ = window; }
    /// {schema, type, ts}, the beginning of a transient event.
    QJsonObject eventHead(const QString &type) const;
    /// Moves the subscriptions of a consumer that was reset.
    void moveConsumer(const QString &consumer, std::int64_t cursor);

Q_SIGNALS:
    void peersChanged();
    /// A person is at work: a call of a command or script, or the window's word for it.
    void called();
    /// agent.stop was called. `whenIdle`: only once nothing is to be done.
    void stopRequested(bool whenIdle);
    /// config.set changed one.
    void settingChanged(const kith::rpc::service::Setting &setting);

private:
    void take(int descriptor);
    void onEngineOpened();
    RpcResult<void> check(const Method &method, const Request &request);
    std::optional<RpcError> obstacle() const;
    /// Whether agent.frontends keeps this front end out.
    bool isShutOut(const Peer &peer, const QString &method) const;
    void run(QPointer<Peer> peer, const Method &method, const Request &request, const Answer &answer);
    void runKeyed(const std::string &key, const Method &method, const Request &request, const Call &call,
                  const Answer &answer);
    Reply checked(const Method &method, Reply reply);
    std::optional<Reply> earlier(const std::string &key, const Sha256 &digest);
    Result<void> remember(const std::string &key, const Sha256 &digest, const QJsonObject &result);
    Reply kept(const std::string &key, const Sha256 &digest, Reply reply, sql::Transaction transaction);
    void settle(const std::string &key, const Reply &reply);
    void upkeep();

    Host &host_;
    ServiceOptions options_;
    SchemaSet schemas_;
    Handlers handlers_;
    /// Hands out descriptors instead of QLocalSockets.
    class Listener;
    std::unique_ptr<Listener> server_;
    std::vector<std::unique_ptr<Peer>> peers_;
    Peer *window_ = nullptr; // one of them
    struct Running {
        Sha256 digest;
        std::vector<Answer> waiting;
    };
    std::map<std::string, Running> running_; // keyed calls that have not been answered yet
    MonoTime begun_;
    Timer upkeep_;
    bool stopping_ = false;
};

/// What a key stands for: the method and its parameters without the key, and without the secret: nothing that a
/// passphrase could be tried against is stored.
Sha256 digestOf(const Request &request);

} // namespace kith::rpc::service
