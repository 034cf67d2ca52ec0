// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/client/account.h"
#include "common/client/event_log.h"
#include "common/client/store/database.h"
#include "common/rpc/service/service.h"
#include "tests/support/net/memory_network.h"
#include "tests/support/net/virtual_time.h"
#include "tests/unit/common/client_store/memory_keyring.h"

#include <QDir>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QTemporaryDir>

namespace kith::rpc::service {

/// A profile with an account that no server ever saw, served on a socket in a temporary folder.
class TestAgent {
public:
    explicit TestAgent(const QString &folder)
        : folder_(folder)
        , profile_((folder + "/work").toStdString(), "work", keyring_, random_)
        , host_(profile_, client::World { time_, time_, random_, random_, network_ })
        , service_(host_, options())
    {
    }

    /// Makes the profile and its account row, or opens what is there.
    bool open()
    {
        if (!QDir(folder_ + "/work").exists() && !make())
            return false;
        host_.open();
        return service_.listen().ok();
    }

    bool listenOnly() { return service_.listen().ok(); }

    Host &host() { return host_; }
    Service &service() { return service_; }
    client::MemoryKeyring &keyring() { return keyring_; }
    support::VirtualTime &time() { return time_; }
    QString socket() const { return folder_ + "/sock"; }

    void append(int count, const std::string &type = "message.status")
    {
        for (int i = 0; i < count; ++i) {
            const auto appended = host_.engine()->events().append(type, std::nullopt, std::nullopt, {});
            if (!appended)
                qFatal("append");
        }
    }

    /// A person whom the account knows, and who asks to be accepted.
    void befriend(const std::string &name)
    {
        client::store::ContactRow row;
        row.account.octets.fill(2);
        row.name = name;
        row.accountKey = QByteArray(32, 'k');
        row.request = true;
        if (!host_.engine()->database().contacts().save(row))
            qFatal("befriend");
    }

private:
    bool make()
    {
        client::Profile maker((folder_ + "/work").toStdString(), "work", keyring_, random_);
        client::SlotSecret slot;
        slot.kind = crypto::SlotKind::keyFile;
        slot.path = (folder_ + "/key").toStdString();
        bool made = false;
        QObject context;
        maker.create(std::move(slot)).then(&context, [&](client::Profile::Opened database) {
            if (!database)
                return;
            client::store::AccountRow row;
            row.device.account.octets.fill(1);
            row.device.number = 1;
            row.name = "mei";
            row.state = client::AccountState::signedOut; // so that nothing dials
            row.server = "ws://127.0.0.1:1";
            made = (*database)->account().save(row).ok();
        });
        return made;
    }
    ServiceOptions options() const
    {
        ServiceOptions result;
        result.profile = QStringLiteral("work");
        result.version = QStringLiteral("0.1.0");
        result.dataDir = folder_ + "/work";
        result.socket = socket();
        result.processId = 1;
        result.settings = { { "agent.linger", "60s", "default" } };
        result.changeSetting = [](const QString &name, const QString &value) -> Result<Setting> {
            if (value == u"bad")
                return Error { kith::ErrorCode::invalid, "planted" };
            return Setting { name, value, QStringLiteral("user") };
        };
        return result;
    }

    QString folder_;
    support::VirtualTime time_;
    SystemRandom random_;
    support::MemoryNetwork network_ { time_ };
    client::MemoryKeyring keyring_;
    client::Profile profile_;
    Host host_;
    Service service_;
};

/// A front end that speaks lines.
class LineClient {
public:
    explicit LineClient(TestAgent &agent) : agent_(agent) { socket_.connectToServer(agent.socket()); }

    void write(const QByteArray &bytes)
    {
        socket_.write(bytes);
        socket_.flush();
    }
    /// The next line as JSON, or nothing within two seconds or when the agent closed.
    QJsonDocument read()
    {
        agent_.time().turnUntil([&] { return pull() || socket_.state() == QLocalSocket::UnconnectedState; },
                                milliseconds { 2'000 });
        const qsizetype end = buffer_.indexOf('\n');
        if (end < 0)
            return {};
        const QByteArray line = buffer_.left(end);
        buffer_.remove(0, end + 1);
        return QJsonDocument::fromJson(line);
    }
    /// The answer to a call.
    QJsonObject call(const QString &method, const QJsonObject &params = {})
    {
        write(QJsonDocument(
                  QJsonObject { { "jsonrpc", "2.0" }, { "id", ++id_ }, { "method", method }, { "params", params } })
                  .toJson(QJsonDocument::Compact)
              + '\n');
        for (;;) {
            const QJsonDocument answer = read();
            if (answer.isNull() || answer.object().value("id") == QJsonValue(id_))
                return answer.object();
            events_.push_back(answer.object().value("params").toObject());
        }
    }
    QString error(const QString &method, const QJsonObject &params = {})
    {
        return call(method, params).value("error").toObject().value("data").toObject().value("code").toString();
    }
    QJsonObject result(const QString &method, const QJsonObject &params = {})
    {
        return call(method, params).value("result").toObject();
    }
    /// The next notification's params.
    QJsonObject event()
    {
        if (!events_.isEmpty())
            return events_.takeFirst();
        return read().object().value("params").toObject();
    }
    bool isClosed()
    {
        return agent_.time().turnUntil([&] { return socket_.state() == QLocalSocket::UnconnectedState; },
                                       milliseconds { 2'000 });
    }
    QLocalSocket &socket() { return socket_; }

private:
    bool pull()
    {
        buffer_ += socket_.readAll();
        return buffer_.contains('\n');
    }

    TestAgent &agent_;
    QLocalSocket socket_;
    QByteArray buffer_;
    QList<QJsonObject> events_;
    int id_ = 0;
};

} // namespace kith::rpc::service
