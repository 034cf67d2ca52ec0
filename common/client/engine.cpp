// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/engine.h"

#include "common/base/log.h"
#include "common/client/account.h"
#include "common/client/arrivals.h"
#include "common/client/composer.h"
#include "common/client/connection.h"
#include "common/client/contacts.h"
#include "common/client/conversations.h"
#include "common/client/courier.h"
#include "common/client/deletion.h"
#include "common/client/directory.h"
#include "common/client/document.h"
#include "common/client/event_log.h"
#include "common/client/gaps.h"
#include "common/client/healing.h"
#include "common/client/inbox.h"
#include "common/client/outbox.h"
#include "common/client/parts.h"
#include "common/client/pre_keys.h"
#include "common/client/receipts.h"
#include "common/client/rollback_guard.h"
#include "common/client/safety.h"
#include "common/client/typing.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace kith::client {

KITH_LOG_CATEGORY(logEngine, "kith.engine")

Parts::Parts(std::unique_ptr<store::Database> theDatabase, World theWorld)
    : world(theWorld)
    , database(std::move(theDatabase))
    , names(*database)
    , numbers(database->counters())
    , events(std::make_unique<EventLog>(*database, theWorld.clock))
    , conversations(std::make_unique<Conversations>(*database, *events, theWorld.clock))
    , connection(std::make_unique<Connection>(*this))
    , directory(std::make_unique<Directory>(*this))
    , composer(std::make_unique<Composer>(*this))
    , preKeys(std::make_unique<PreKeys>(*this))
    , rollbackGuard(std::make_unique<RollbackGuard>(*this))
    , account(std::make_unique<Account>(*this))
    , contacts(std::make_unique<Contacts>(*this))
    , courier(std::make_unique<Courier>(*this))
    , outbox(std::make_unique<Outbox>(*this))
    , receipts(std::make_unique<Receipts>(*this))
    , healing(std::make_unique<Healing>(*this))
    , gaps(std::make_unique<Gaps>(*this))
    , inbox(std::make_unique<Inbox>(*this))
    , safety(std::make_unique<Safety>(*this))
    , deletion(std::make_unique<Deletion>(*this))
    , typing(std::make_unique<Typing>(*this))
{
}

Parts::~Parts() = default;

Result<std::unique_ptr<Engine>> Engine::open(std::unique_ptr<store::Database> database, World world)
{
    auto parts = std::make_unique<Parts>(std::move(database), world);
    KITH_TRY(parts->sessions, crypto::Sessions::open(parts->database->crypto().stores(), world.random));
    KITH_CHECK(parts->rollbackGuard->raise()); // a start counts (security C23)
    return std::unique_ptr<Engine>(new Engine(std::move(parts)));
}

Engine::Engine(std::unique_ptr<Parts> parts) : parts_(std::move(parts))
{
    auto &all = *parts_;
    connect(all.connection.get(), &Connection::ready, this, [&all](const wire::Ready &ready) {
        all.account->afterReady(ready);
        all.preKeys->afterReady(ready);
        all.contacts->online();
        all.inbox->online();
        all.courier->online();
    });
    connect(all.connection.get(), &Connection::attemptFailed, this,
            [&all](const Failure &failure) { all.account->attemptFailed(failure); });
    connect(all.connection.get(), &Connection::stateChanged, this, [this] { connectionChanged(); });
    connect(all.connection.get(), &Connection::delivered, all.inbox.get(), &Inbox::take);
    connect(all.connection.get(), &Connection::drained, this, [&all] { all.gaps->drained(); });
    connect(all.connection.get(), &Connection::ephemeral, all.typing.get(), &Typing::receive);
    connect(all.connection.get(), &Connection::preKeysLow, this,
            [&all](const wire::PreKeysLow &low) { all.preKeys->stockIs(low.left); });
    connect(all.directory.get(), &Directory::listChanged, this, [&all](const AccountId &) { all.courier->wake(); });
    connect(all.typing.get(), &Typing::typing, this, [this](const AccountId &chat, bool on) {
        announce("typing",
                 { { "chat", QString::fromStdString(parts_->names.chat(chat)) },
                   { "user", QString::fromStdString(parts_->names.user(chat)) },
                   { "on", on } });
    });
    connect(all.conversations.get(), &Conversations::draftChanged, this,
            [this](const AccountId &chat, const std::optional<ChatDraft> &draft) {
                announce("chat.draft", draftEventBody(chat, draft, parts_->names));
            });
    all.conversations->onRead(
        [&all](const AccountId &chat, const std::vector<Message> &read) { return all.receipts->sendRead(chat, read); });
}

Engine::~Engine() = default;

void Engine::start()
{
    parts_->rollbackGuard->start([connection = parts_->connection.get()] { connection->start(); });
    if (const auto pruned = parts_->events->prune(); !pruned)
        qCWarning(logEngine, "the event log cannot be pruned: %s", pruned.error().detail.c_str());
}

void Engine::stop()
{
    parts_->connection->stop();
    parts_->rollbackGuard->keepCopy();
    if (const auto done = parts_->database->checkpoint(); !done)
        qCWarning(logEngine, "the database cannot be checkpointed: %s", done.error().detail.c_str());
}

bool Engine::isIdle() const
{
    return parts_->outbox->isEmpty();
}

bool Engine::isCaughtUp() const
{
    return parts_->connection->isOnline() && parts_->gaps->isDrained() && parts_->inbox->isIdle();
}

void Engine::connectionChanged()
{
    const auto &connection = *parts_->connection;
    QJsonObject body { { "state", toString(connection.state()) } };
    if (const auto wait = connection.retryIn())
        body.insert("retryInMs", static_cast<qint64>(wait->count()));
    if (!connection.reason().empty())
        body.insert("reason", QString::fromStdString(connection.reason()).left(256));
    if (!connection.isOnline()) {
        parts_->inbox->disconnected();
        parts_->gaps->disconnected();
    }
    announce("connection.state", body);
}

void Engine::announce(const QString &type, QJsonObject body)
{
    body.insert("schema", 1);
    body.insert("type", type);
    body.insert("ts", static_cast<qint64>(toMs(parts_->now())));
    Q_EMIT transient(type, QJsonDocument(body).toJson(QJsonDocument::Compact));
}

Account &Engine::account()
{
    return *parts_->account;
}
Contacts &Engine::contacts()
{
    return *parts_->contacts;
}
Outbox &Engine::outbox()
{
    return *parts_->outbox;
}
Conversations &Engine::conversations()
{
    return *parts_->conversations;
}
Deletion &Engine::deletion()
{
    return *parts_->deletion;
}
EventLog &Engine::events()
{
    return *parts_->events;
}
Safety &Engine::safety()
{
    return *parts_->safety;
}
Connection &Engine::connection()
{
    return *parts_->connection;
}
Typing &Engine::typing()
{
    return *parts_->typing;
}
store::Database &Engine::database()
{
    return *parts_->database;
}

} // namespace kith::client
