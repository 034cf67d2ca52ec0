// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: cli 7.2 (chats)
#include "tests/unit/common/rpc_service/test_agent.h"

#include <QTest>

using namespace kith;
using namespace kith::rpc::service;

class TestChatMethods : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<TestAgent> agent_;
    std::unique_ptr<LineClient> client_;

    /// Bob wrote this.
    QString write(std::uint8_t number, const std::string &text)
    {
        client::store::MessageRow row;
        row.chat.octets.fill(2);
        row.sender = { row.chat, 1 };
        row.mid.octets.fill(number);
        row.text = text;
        row.clientTime = row.effectiveTime = fromMs(number);
        row.serverTime = fromMs(number);
        row.sid = Sid { number };
        row.state = client::MessageState::delivered;
        if (!agent_->host().engine()->database().messages().insert(row))
            qFatal("write");
        return QString::fromStdString(row.mid.base32());
    }

private Q_SLOTS:
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        agent_ = std::make_unique<TestAgent>(folder_->path());
        QVERIFY(agent_->open());
        agent_->befriend("bob");
        client_ = std::make_unique<LineClient>(*agent_);
    }
    void cleanup()
    {
        client_.reset();
        agent_.reset();
    }

    void aChatKeepsWhatWasSet()
    {
        const qint64 until = toMs(agent_->time().now()) + 3'600'000;
        const QJsonObject set = client_->result(
            "chats.set", { { "chat", "@bob" }, { "pinned", true }, { "markedUnread", true }, { "mutedUntil", until } });
        QCOMPARE(set.value("pinned").toBool(), true);
        QCOMPARE(set.value("archived").toBool(), false);
        QCOMPARE(set.value("markedUnread").toBool(), true);
        QCOMPARE(set.value("mutedUntil").toInteger(), until);
        QCOMPARE(client_->result("chats.get", { { "chat", "@bob" } }), set);
        agent_->time().advance(milliseconds { 3'600'000 });
        QVERIFY(!client_->result("chats.get", { { "chat", "@bob" } }).contains("mutedUntil"));
        QCOMPARE(client_->error("chats.set", { { "chat", "@nobody" }, { "pinned", true } }),
                 QStringLiteral("notFound"));
        QCOMPARE(client_->error("chats.set", { { "chat", "@bob" }, { "mutedUntil", -1 } }),
                 QStringLiteral("invalidParams"));
    }

    void everyFrontEndHearsOfIt()
    {
        LineClient other(*agent_);
        QVERIFY(!other.result("events.subscribe", { { "types", QJsonArray { "chat.updated" } } }).isEmpty());
        client_->result("chats.set", { { "chat", "@bob" }, { "archived", true } });
        const QJsonObject event = other.event();
        QCOMPARE(event.value("type").toString(), QStringLiteral("chat.updated"));
        QCOMPARE(event.value("archived").toBool(), true);
        QCOMPARE(event.value("mutedUntil").toInteger(-1), 0);
    }

    void aDraftIsKeptUntilItIsSentOrRemoved()
    {
        LineClient other(*agent_);
        QVERIFY(!other.result("events.subscribe", { { "types", QJsonArray { "chat.draft" } } }).isEmpty());
        const QString parent = QStringLiteral("01ARZ3NDEKTSV4RRFFQ69G5FAW");
        const QJsonObject set =
            client_->result("chats.setDraft", { { "chat", "@bob" }, { "text", "see you at" }, { "replyTo", parent } });
        QCOMPARE(set.value("draft").toObject().value("text").toString(), QStringLiteral("see you at"));
        QCOMPARE(other.event().value("draft"), set.value("draft"));
        const QJsonObject listed = client_->result("chats.list").value("items").toArray().at(0).toObject();
        QCOMPARE(listed.value("draft"), set.value("draft"));
        QCOMPARE(listed.value("draft").toObject().value("replyTo").toString(), parent);
        QVERIFY(!client_->result("chats.setDraft", { { "chat", "@bob" }, { "text", "" } }).contains("draft"));
        QVERIFY(!other.event().contains("draft"));
        QVERIFY(client_->result("chats.list").value("items").toArray().isEmpty());
        QCOMPARE(client_->error("chats.setDraft", { { "chat", "@bob" }, { "text", QString(8193, u'x') } }),
                 QStringLiteral("tooLarge"));
        // Nothing of it is in the log that is kept for readers.
        QCOMPARE(*agent_->host().engine()->events().head(), 0);
    }

    void messagesAreFoundUntilTheyAreDeleted()
    {
        const QString first = write(1, "lunch at noon?");
        const QString second = write(2, "lunch was good");
        const QJsonObject found = client_->result("messages.search", { { "query", "lun" }, { "chat", "@bob" } });
        QCOMPARE(found.value("items").toArray().size(), 2);
        const QJsonObject hit = found.value("items").toArray().at(0).toObject();
        QCOMPARE(hit.value("message").toObject().value("mid").toString(), second);
        const QJsonObject range = hit.value("snippet").toObject().value("ranges").toArray().at(0).toObject();
        QCOMPARE(range, (QJsonObject { { "start", 0 }, { "len", 5 } }));
        const auto next = client_->result("messages.search", { { "query", "lunch" }, { "before", second } });
        QCOMPARE(next.value("items").toArray().size(), 1);
        QCOMPARE(client_->error("messages.search", { { "query", "lunch" }, { "chat", "@nobody" } }),
                 QStringLiteral("notFound"));

        const QString unknown = QStringLiteral("01ARZ3NDEKTSV4RRFFQ69G5FAW");
        const QJsonObject params { { "mids", QJsonArray { first, unknown } }, { "key", "k" } };
        const QJsonObject deleted = client_->result("messages.delete", params);
        QCOMPARE(deleted.value("mids").toArray(), QJsonArray { first });
        QCOMPARE(client_->result("messages.delete", params), deleted); // the same key is the same call
        QCOMPARE(client_->error("messages.get", { { "mid", first } }), QStringLiteral("notFound"));
        QCOMPARE(client_->result("messages.search", { { "query", "lunch" } }).value("items").toArray().size(), 1);
        QCOMPARE(client_->result("chats.clear", { { "chat", "@bob" } }).value("deleted").toInt(), 1);
        client_->result("chats.set", { { "chat", "@bob" }, { "pinned", true } });
        QCOMPARE(client_->result("chats.delete", { { "chat", "@bob" } }).value("deleted").toInt(), 0);
        QVERIFY(client_->result("chats.list").value("items").toArray().isEmpty());
        QVERIFY(!client_->result("contacts.get", { { "user", "@bob" } }).isEmpty());
    }

    void theListCanLeaveOutTheArchive()
    {
        const auto chats = [&](const QJsonObject &params) {
            return client_->result("chats.list", params).value("items").toArray().size();
        };
        client_->result("chats.set", { { "chat", "@bob" }, { "pinned", true }, { "archived", true } });
        QCOMPARE(chats({}), 1);
        QCOMPARE(chats({ { "archived", true } }), 1);
        QCOMPARE(chats({ { "archived", false } }), 0);
        QCOMPARE(chats({ { "unread", true } }), 0);
        client_->result("chats.set", { { "chat", "@bob" }, { "markedUnread", true } });
        QCOMPARE(chats({ { "unread", true } }), 1);
    }
};

QTEST_GUILESS_MAIN(TestChatMethods)
#include "tst_chat_methods.moc"
