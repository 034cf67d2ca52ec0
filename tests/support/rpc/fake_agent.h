// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/rpc/error.h"
#include "common/rpc/line.h"
#include "common/rpc/message.h"

#include <QHash>
#include <QLocalServer>
#include <QLocalSocket>

#include <functional>
#include <map>
#include <memory>

namespace kith::test {

/// tests/data/json/documents.json: a valid call and answer of every method, and an event of every type.
class Documents {
public:
    explicit Documents(const QString &file);
    QJsonObject params(const QString &method) const;
    QJsonObject result(const QString &method) const;
    QStringList methods() const;
    QJsonArray events() const;

private:
    QJsonObject all_;
};

/// An agent that knows no account: it answers on a socket what it was told to, and remembers what it was asked.
class FakeAgent final : public QObject {
    Q_OBJECT
public:
    using Handler = std::function<rpc::RpcResult<QJsonValue>(const QJsonObject &params)>;

    /// Answers every method from the documents. The folder of `socket` exists.
    FakeAgent(const QString &socket, Documents documents);
    ~FakeAgent() override;

    /// Answers `method` with this instead.
    void answer(const QString &method, Handler handler) { handlers_.insert(method, std::move(handler)); }
    /// Never answers `method`.
    void ignore(const QString &method) { ignored_.append(method); }
    /// Events that follow a subscription.
    void setEvents(QJsonArray events) { events_ = std::move(events); }
    /// Closes the connection instead of answering `method`, once.
    void dieAt(const QString &method) { deaths_.append(method); }
    void sendRaw(const QByteArray &line);
    void closeAll();

    const std::vector<rpc::Request> &calls() const { return calls_; }
    /// The parameters of the last call of `method`; empty when there was none.
    QJsonObject lastParams(const QString &method) const;
    int count(const QString &method) const;

private:
    void onConnection();
    void onReadable(QLocalSocket *socket);
    void onRequest(QLocalSocket *socket, const rpc::Request &request);
    QJsonValue withPending(QJsonObject subscribed, qint64 since) const;

    Documents documents_;
    QLocalServer server_;
    std::map<QLocalSocket *, rpc::LineReader> readers_;
    QHash<QString, Handler> handlers_;
    QStringList ignored_, deaths_;
    QJsonArray events_;
    std::vector<rpc::Request> calls_;
};

} // namespace kith::test
