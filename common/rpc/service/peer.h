// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/rpc/line.h"
#include "common/rpc/local_stream.h"
#include "common/rpc/message.h"
#include "common/rpc/service/reply.h"
#include "common/rpc/service/subscription.h"

#include <QObject>

#include <memory>
#include <optional>

namespace kith::rpc::service {

class Service;

/// One connected front end. Dies when its socket closes. One thread.
class Peer final : public QObject {
    Q_OBJECT
public:
    static constexpr int maxOpenCalls = 64; // security B4
    static constexpr qint64 maxUnsent = qint64 { 4 } * 1024 * 1024;
    static constexpr qint64 eventWindow = qint64 { 256 } * 1024; // more events are read when less than this is unsent

    Peer(Service &service, std::unique_ptr<LocalStream> stream);

    bool saidHello() const { return saidHello_; }
    void noteHello(const QString &client)
    {
        saidHello_ = true;
        client_ = client;
    }
    /// The program's name as its hello gave it; empty before.
    const QString &client() const { return client_; }

    std::optional<Subscription> &subscription() { return subscription_; }
    /// Sends events from the log as long as the reader takes them.
    void pump();
    /// A transient event; dropped when the reader is slow or does not want it.
    void notify(const QString &type, const QJsonObject &event, bool always);
    /// A transient event for this front end, whatever it subscribed to.
    void tell(const QJsonObject &event);
    /// Closes at once; what the socket has taken still arrives.
    void cut();

private:
    void onReceived(ByteView bytes);
    void onLine(const QByteArray &line);
    struct Batch; ///< the answers of one line that was an array
    void onMessage(const QJsonValue &message, const std::shared_ptr<Batch> &batch);
    void answer(const QJsonValue &id, const Reply &reply, const std::shared_ptr<Batch> &batch);
    /// Over maxUnsent the connection is cut: nobody reads.
    void write(QByteArray line);
    bool isSlow() const { return stream_->unsent() > eventWindow; }

    Service &service_;
    std::unique_ptr<LocalStream> stream_;
    LineReader reader_;
    int openCalls_ = 0;
    bool saidHello_ = false;
    QString client_;
    bool pumping_ = false;
    std::optional<Subscription> subscription_;
};

} // namespace kith::rpc::service
