// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-cli/interrupt.h"
#include "client-cli/output.h"
#include "client-cli/parser.h"
#include "client-cli/settings.h"
#include "common/base/random.h"
#include "common/base/secret_bytes.h"
#include "common/base/timers.h"
#include "common/rpc/client.h"
#include "common/rpc/profile_paths.h"

#include <deque>
#include <memory>

namespace kith::cli {

/// One run of one command: its options, its output, and its connection to the agent, which is made when it is first
/// needed. Calls wait in an event loop of their own; the process does nothing else.
class Session final : public QObject {
    Q_OBJECT
public:
    using Answer = rpc::RpcResult<QJsonObject>;

    Session(Invocation invocation, QProcessEnvironment environment, const Clock &clock, Timers &timers, Random &random,
            Interrupt &interrupt);
    ~Session() override;

    /// Paths, settings and output of this run. Errors: invalidParams.
    rpc::RpcResult<void> prepare();
    /// Runs the command. Returns the exit code.
    int run();

    const Output &out() const { return *output_; }
    const rpc::ProfilePaths &paths() const { return paths_; }
    /// Goes on with another profile; before the first call only. Errors: invalidParams.
    rpc::RpcResult<void> useProfile(const QString &name);
    const Settings &settings() const { return settings_; }
    const QProcessEnvironment &environment() const { return environment_; }
    const Arguments &options() const { return invocation_.arguments; }
    Interrupt &interrupt() { return interrupt_; }
    Timers &timers() { return timers_; }
    const Clock &clock() const { return clock_; }

    /// --timeout, or `fallback`.
    milliseconds timeout(milliseconds fallback) const;
    /// Whether somebody may be asked: a terminal and no --no-input.
    bool mayAsk() const;

    /// Calls a method and waits. A keyed method gets a key, and is repeated with it when the agent dies meanwhile. A
    /// locked store is unlocked by asking, where that is possible.
    Answer call(const char *method, QJsonObject params = {});
    Answer call(const char *method, QJsonObject params, milliseconds timeout);

    /// call() and print the list, all pages of it; `after` names the member of an item that continues a page.
    int showList(const char *method, QJsonObject params, const Columns &columns, const char *after = nullptr);
    /// call() and print the result.
    int showObject(const char *method, QJsonObject params, const Columns &columns);
    /// call() and print a sentence made of the result.
    int showSentence(const char *method, QJsonObject params, const std::function<QString(const QJsonObject &)> &text);
    /// Prints the error; returns its exit code.
    int fail(const rpc::RpcError &error) const;

    /// The connection, made now if there is none. Errors: as AgentStarter; unregistered when the profile does not exist
    /// and the command makes none.
    rpc::RpcResult<std::shared_ptr<rpc::Client>> connection();
    /// What hello answered; empty before connection().
    const QJsonObject &hello() const { return hello_; }
    /// Runs the event loop until `done` says so after an event, or an interrupt. False for the interrupt.
    bool waitUntil(const std::function<bool()> &done);
    /// Ends waitUntil's current round.
    void wake();
    /// 128 random bits as a key.
    rpc::RpcResult<QString> newKey();

private:
    Answer callOnce(const char *method, const QJsonObject &params, milliseconds timeout);
    rpc::RpcResult<std::optional<SecretBytes>> findPassphrase();
    rpc::RpcResult<void> unlock(const SecretBytes &passphrase);
    /// What -v and -vv tell about one call.
    void noteCall(const char *method, const QJsonObject &params, const Answer &answer, milliseconds took) const;
    rpc::RpcResult<Output::Options> outputOptions() const;

    Invocation invocation_;
    QProcessEnvironment environment_;
    const Clock &clock_;
    Timers &timers_;
    Random &random_;
    Interrupt &interrupt_;
    rpc::ProfilePaths paths_;
    Settings settings_;
    std::optional<Output> output_;
    std::shared_ptr<rpc::Client> client_; // shared with AgentStarter's result
    QJsonObject hello_;
    milliseconds timeout_ { 0 };
    std::deque<MonoTime> starts_; // of agents, within the last minute
};

} // namespace kith::cli
