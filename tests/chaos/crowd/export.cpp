// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/crowd/export.h"

#include "common/client/account.h"
#include "common/client/contacts.h"
#include "common/client/conversations.h"
#include "common/client/document.h"
#include "common/client/event_log.h"
#include "common/client/store/database.h"
#include "tests/chaos/crowd/intent_log.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

namespace kith::chaos {

namespace {

class Exporter {
public:
    Exporter(client::Engine &engine, const QString &name, const QString &path)
        : engine_(engine)
        , name_(name)
        , file_(path)
    {
    }

    bool write()
    {
        if (!file_.open(QIODevice::WriteOnly | QIODevice::Truncate))
            return false;
        const auto account = engine_.account().show();
        const auto chats = engine_.conversations().list();
        if (!account || !chats)
            return false;
        line({ { "self", name_ }, { "account", QString::fromStdString(account->account.hex()) } });
        for (const auto &chat : *chats) {
            if (!writeChat(chat))
                return false;
        }
        return writeEvents() && writeRest() && file_.flush();
    }

private:
    void line(const QJsonObject &object) { file_.write(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n'); }

    bool writeChat(const client::Chat &chat)
    {
        std::vector<client::Message> newestFirst;
        auto page = engine_.conversations().latest(chat.peer, client::Conversations::maxPage);
        for (;;) {
            if (!page)
                return false;
            newestFirst.insert(newestFirst.end(), page->messages.rbegin(), page->messages.rend());
            if (!page->more || page->messages.empty())
                break;
            page =
                engine_.conversations().before(chat.peer, page->messages.front().mid, client::Conversations::maxPage);
        }
        for (auto message = newestFirst.rbegin(); message != newestFirst.rend(); ++message)
            writeMessage(QString::fromStdString(chat.name), *message);
        for (const auto &[from, to] : chat.missing)
            line({ { "missing", QString::fromStdString(chat.name) },
                   { "from", static_cast<qint64>(from) },
                   { "to", static_cast<qint64>(to) } });
        return true;
    }

    void writeMessage(const QString &chat, const client::Message &message)
    {
        QJsonObject object { { "row", QString::fromStdString(message.mid.base32()) },
                             { "chat", chat },
                             { "kind", client::toString(message.kind) },
                             { "mine", message.fromMe },
                             { "sha", digestOf(QString::fromStdString(message.text)) },
                             { "client", static_cast<qint64>(toMs(message.clientTime)) },
                             { "eff", static_cast<qint64>(toMs(message.effectiveTime)) },
                             { "state", static_cast<int>(message.state) } };
        if (message.serverTime)
            object.insert("server", static_cast<qint64>(toMs(*message.serverTime)));
        if (message.sid) // as text: a number of 63 bits does not fit into a double
            object.insert("sid", QString::number(message.sid->value));
        if (message.replyTo)
            object.insert("reply", QString::fromStdString(message.replyTo->base32()));
        if (message.failedReason)
            object.insert("failed", QString::fromStdString(*message.failedReason));
        line(object);
    }

    bool writeEvents()
    {
        std::int64_t cursor = 0;
        for (;;) {
            const auto page = engine_.events().read(cursor, {}, 1'000);
            if (!page)
                return false;
            for (const auto &event : page->events)
                writeEvent(event);
            cursor = page->through;
            if (!page->more)
                return true;
        }
    }

    void writeEvent(const client::Event &event)
    {
        const bool received = event.type == "message.received";
        if (event.type == "messages.missing")
            line({ { "marker", QString::fromStdString(event.json) } });
        if (!received && event.type != "message.status")
            return;
        const auto body = QJsonDocument::fromJson(QByteArray::fromStdString(event.json)).object();
        const auto message = received ? body["message"].toObject(body) : body;
        line({ { received ? "notified" : "status", message["mid"] },
               { "state", message["state"] },
               { "at", static_cast<qint64>(event.cursor) } });
    }

    /// What must be empty when all is quiet.
    bool writeRest()
    {
        const auto outbox = number("SELECT count(*) FROM outbox");
        const auto parked = number("SELECT count(*) FROM parked");
        const auto gaps = number("SELECT count(*) FROM gap");
        const auto &path = engine_.database().path();
        line({ { "rest", name_ },
               { "outbox", outbox },
               { "parked", parked },
               { "gaps", gaps },
               { "walBytes", QFileInfo(QString::fromStdString(path) + "-wal").size() } });
        return outbox >= 0 && parked >= 0 && gaps >= 0;
    }

    qint64 number(const char *query)
    {
        const auto value =
            engine_.database().connection().one(query, [](const sql::Row &row) { return row.integer(0); });
        return value && *value ? **value : -1;
    }

    client::Engine &engine_;
    QString name_;
    QFile file_;
};

} // namespace

bool exportProfile(client::Engine &engine, const QString &name, const QString &path)
{
    return Exporter(engine, name, path).write();
}

} // namespace kith::chaos
