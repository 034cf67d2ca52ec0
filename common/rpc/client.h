// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/task.h"
#include "common/base/timers.h"
#include "common/rpc/error.h"
#include "common/rpc/line.h"
#include "common/rpc/local_stream.h"

#include <QHash>
#include <QJsonObject>

namespace kith::rpc {

/// Who is calling, for `hello`.
struct ClientName {
    QString name;
    QString version;
};

/// A front end's connection to the agent of one profile. One thread, never blocks.
///
/// It does not start an agent (AgentStarter does), does not reconnect and does not repeat calls: what a repeat means is
/// known to the caller, who has the `key`.
class Client final : public QObject {
    Q_OBJECT
public:
    /// The longest wait for connect and `hello`.
    static constexpr milliseconds helloTimeout { 5000 };

    Client(ClientName name, Timers &timers, QObject *parent = nullptr);
    ~Client() override;

    /// Connects and says hello; the value is the answer to hello (cli 7.1). Call once.
    /// Errors: stopping when nobody listens or a stranger does; unsupported for another API major; timeout.
    Task<RpcResult<QJsonObject>> open(const QString &socketPath);

    /// Calls a method. Completes once: answer, error, timeout, or stopping when the connection ends first.
    Task<RpcResult<QJsonValue>> call(const QString &method, const QJsonObject &params, milliseconds timeout);

    /// Writes a line as it is, for a bridge that makes its own calls; their answers arrive by foreignLine.
    void sendRaw(const QByteArray &line);

    bool isOpen() const { return stream_ && stream_->isOpen(); }
    void close();

Q_SIGNALS:
    /// An event of cli 7.4, as the agent sent it.
    void event(const QJsonObject &event);
    /// A line that answers no call of this object.
    void foreignLine(const QByteArray &line);
    /// The agent went away or broke the protocol. All calls have completed before.
    void closed();

private:
    struct Pending {
        Promise<RpcResult<QJsonValue>> promise;
        Timer timer;
    };

    void connectOnce();
    void sayHello();
    void onReceived(ByteView bytes);
    void onGone(const QString &why);
    void onLine(const QByteArray &line);
    void onMessage(const QJsonObject &message);
    void finish(qint64 id, RpcResult<QJsonValue> result);

    ClientName name_;
    Timers &timers_;
    QString path_;
    std::unique_ptr<LocalStream> stream_;
    LineReader reader_;
    Promise<RpcResult<QJsonObject>> opened_;
    Timer openTimer_;
    Timer again_;
    QHash<qint64, std::shared_ptr<Pending>> pending_; // QHash wants copies; nobody else holds one
    qint64 lastId_ = 0;
    bool gone_ = false;
};

} // namespace kith::rpc
