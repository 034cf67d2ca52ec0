// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/random.h"
#include "common/base/task.h"
#include "common/base/timers.h"
#include "common/client/failure.h"
#include "common/client/values.h"
#include "common/net/channel.h"

#include <QJsonObject>
#include <QObject>

#include <memory>
#include <string>

namespace kith::client {

namespace store {
class Database;
}

class Account;
class Contacts;
class Conversations;
class Connection;
class Deletion;
class EventLog;
class Keyring;
class Outbox;
class Safety;
class Typing;
struct Parts;

/// What the engine needs of the world. All outlive it.
struct World {
    Clock &clock;
    Timers &timers;
    Random &random; ///< keys and nonces
    Random &jitter; ///< back-off, jitter, mids: seeded in tests (style 8.14)
    net::Dialer &dialer;
    /// Where a copy of the send counter is kept, outside of the profile's folder; null without a keyring (security
    /// C23).
    Keyring *keyring = nullptr;
    std::string keyringEntry {};
};

/// One profile at work: its account, keys, ratchets, messages and connection. Built on an open database; owns it.
///
/// One thread. Store work is synchronous, one SQL transaction per envelope (security C4, C5); what waits for the server
/// is a Task. Front ends reach it only through common/rpc/service. The parts below are rooms' nouns, one file each:
///
///   account()       register, show, change, delete; server address; prekey upkeep      account.h
///   contacts()      people, requests, trust, address resolution                         contacts.h
///   outbox()        send, wait, retry, cancel                                           outbox.h
///   conversations() chats and history, read state                                       conversations.h
///   deletion()      deleting for oneself                                                deletion.h
///   events()        durable event log and its consumers                                 event_log.h
///   safety()        safety numbers, verification                                        safety.h
///   connection()    the WebSocket's life, requests and answers                          connection.h
///   typing()        typing notices                                                      typing.h
class Engine final : public QObject {
    Q_OBJECT
public:
    /// Errors: corrupt, full, io of the store.
    static Result<std::unique_ptr<Engine>> open(std::unique_ptr<store::Database> database, World world);
    ~Engine() override;

    /// Starts connecting when there is an account. stop(): no new work, connection closed, database checkpointed.
    void start();
    void stop();
    /// Whether nothing is left to do without a front end: outbox empty, no call open (cli 1.2).
    bool isIdle() const;
    /// Online, and what waited at the server is in the profile.
    bool isCaughtUp() const;

    Account &account();
    Contacts &contacts();
    Outbox &outbox();
    Conversations &conversations();
    Deletion &deletion();
    EventLog &events();
    Safety &safety();
    Connection &connection();
    Typing &typing();
    store::Database &database();

Q_SIGNALS:
    /// Transient notifications (cli 7.4), never stored: type and JSON params object.
    void transient(const QString &type, const QByteArray &json);

private:
    explicit Engine(std::unique_ptr<Parts> parts);
    void connectionChanged();
    void announce(const QString &type, QJsonObject body);

    std::unique_ptr<Parts> parts_;
};

} // namespace kith::client
