// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/models/world.h"
#include "common/rpc/agent_starter.h"
#include "common/rpc/client.h"

#include <QJsonObject>
#include <QObject>

#include <deque>
#include <list>
#include <memory>

namespace kith::gui {

using Answer = rpc::RpcResult<QJsonObject>;

/// The window's connection to its agent, which it starts when there is none and finds again when it dies (ui 9.1).
///
/// A call that changes something carries a key; when the agent dies before it answers, the next agent gets the same
/// call with the same key, so nothing happens twice. A call that only reads fails with `stopping`, because whoever
/// asked asks again on refresh(). One thread, never blocks.
class AgentLink final : public QObject {
    Q_OBJECT
public:
    enum class State {
        connecting, ///< first attempt
        open,
        lost, ///< it was open; tries again
        failed, ///< given up: error() says why, retry() begins anew
    };

    static constexpr milliseconds leastPause { 100 };
    static constexpr milliseconds mostPause { 5'000 };
    static constexpr milliseconds callTimeout { 30'000 };
    // cli 1.3: an agent that dies again and again is left alone.
    static constexpr std::size_t mostStarts = 3;
    static constexpr milliseconds startsWithin { 60'000 };

    AgentLink(rpc::StartOptions options, const World &world, QObject *parent = nullptr);
    ~AgentLink() override;

    void start();
    /// Connects now instead of after the pause, or again after failed.
    void retry();
    /// Ends the connection for good, as a window that closes does.
    void close();

    /// Calls a method; completes once. Errors: the agent's; stopping when there is none.
    Task<Answer> call(const QString &method, QJsonObject params = {}, milliseconds timeout = callTimeout);

    State state() const { return state_; }
    /// ready, locked, unregistered or opening, as hello and agent.state say; empty without an agent.
    const QString &storeState() const { return storeState_; }
    /// Notes what an answer says about the store before its event comes.
    void setStoreState(const QString &state);
    const QJsonObject &hello() const { return hello_; }
    bool hasFeature(const QString &name) const;
    const rpc::RpcError &error() const { return error_; }
    const rpc::ProfilePaths &paths() const { return options_.paths; }

Q_SIGNALS:
    void stateChanged();
    void storeStateChanged();
    /// An event of cli 7.4; event.gap is told as refresh().
    void event(const QJsonObject &event);
    /// Events flow again after a time without: whoever shows something reads it again.
    void refresh();

private:
    struct Held {
        QString method;
        QJsonObject params;
        milliseconds timeout;
        Promise<Answer> promise;
    };

    void connectNow();
    void onStarted(rpc::RpcResult<std::shared_ptr<rpc::Client>> client);
    void onClosed();
    void onEvent(const QJsonObject &event);
    void tryLater();
    void subscribe();
    void repeatHeld();
    void failHeld();
    void issue(std::shared_ptr<Held> held, bool keyed);
    void setState(State state);

    rpc::StartOptions options_;
    const World world_;
    std::unique_ptr<rpc::AgentStarter> starter_;
    std::shared_ptr<rpc::Client> client_; // shared with AgentStarter's result
    QJsonObject hello_;
    QString storeState_;
    QString cursor_; ///< of the last durable event
    State state_ = State::connecting;
    rpc::RpcError error_ { rpc::ErrorCode::stopping, {} };
    std::list<std::shared_ptr<Held>> held_; // shared: an answer's continuation holds one too
    std::deque<MonoTime> starts_;
    Timer again_;
    int attempt_ = 0;
    bool closed_ = false;
};

} // namespace kith::gui
