// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gui/stage.h"

#include <QAbstractItemModelTester>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

using namespace kith;
using namespace kith::test;

/// The models on an agent that behaves badly in every way a real one may: bursts, late messages, lost connections.
class TestModels : public QObject {
    Q_OBJECT

    std::unique_ptr<ScriptedAgent> agent_;
    std::unique_ptr<gui::Desk> desk_;
    StandingClock clock_ { fromMs(Stage::now) };
    QtTimers timers_;
    SystemRandom random_;

    bool until(const std::function<bool()> &done) { return QTest::qWaitFor(done, 10'000); }
    gui::MessageModel &messages() { return *desk_->conversation.messages(); }

    void start()
    {
        gui::Desk::Options options;
        options.agent.paths.socket = agent_->socket();
        options.agent.paths.startLock = agent_->folder() + "/start";
        options.agent.paths.lockFile = agent_->folder() + "/lock";
        options.agent.name = { "kith-gui", "0.1.0" };
        options.agent.mayStart = false;
        options.preferencesFile = agent_->folder() + "/gui.ini";
        desk_ = std::make_unique<gui::Desk>(std::move(options), gui::World { clock_, timers_, random_ });
        desk_->link.start();
        QVERIFY(until([&] { return desk_->session.phase() == gui::Session::Ready; }));
    }

    void fill(const QString &chat, int count)
    {
        agent_->addChat(chat, chat.mid(1));
        for (int i = 0; i < count; ++i)
            agent_->addMessage(chat, i % 3 ? "Amara" : "", QStringLiteral("message %1").arg(i),
                               Stage::now - (count - i) * 60'000);
    }

    void openChat(const QString &chat)
    {
        QSignalSpy opened(&messages(), &gui::MessageModel::opened);
        desk_->navigation.open(chat);
        QVERIFY(until([&] { return !opened.isEmpty(); }));
    }

    /// The window is a part of the agent's history without a hole, newest first.
    void compareWithAgent(const QString &chat)
    {
        const auto &all = agent_->messages(chat);
        QVERIFY(messages().count() > 0);
        const auto at = std::ranges::find_if(all, [&](const QJsonObject &message) {
            return message["mid"] == messages().midAt(messages().count() - 1);
        });
        QVERIFY(at != all.end());
        const auto first = at - all.begin();
        for (int row = messages().count() - 1; row >= 0; --row) {
            const auto &wanted = all[static_cast<std::size_t>(first + messages().count() - 1 - row)];
            QCOMPARE(messages().midAt(row), wanted["mid"].toString());
            QCOMPARE(messages().at(row)->state, wanted["state"].toString());
        }
    }

private Q_SLOTS:
    void init() { agent_ = std::make_unique<ScriptedAgent>(); }
    void cleanup()
    {
        desk_.reset();
        agent_.reset();
    }

    void chatsAreSortedAndFollowEvents()
    {
        fill("@one", 3);
        fill("@two", 5);
        agent_->addChat("@pinned", "Pinned", { { "pinned", true } });
        start();
        const QAbstractItemModelTester tester(&desk_->chats);
        const QAbstractItemModelTester filterTester(&desk_->filter);
        QVERIFY(until([&] { return desk_->chats.count() == 3; }));
        QCOMPARE(desk_->chats.at(0)->chat, "@pinned");
        agent_->receive("@two", "news", Stage::now + 1000);
        QVERIFY(until([&] { return desk_->chats.find("@two")->unread == 1; }));
        QCOMPARE(desk_->chats.at(1)->chat, "@two");
        QCOMPARE(desk_->chats.unreadMessages(), 1);
        agent_->tell({ { "type", "chat.updated" }, { "chat", "@one" }, { "deleted", true } });
        QVERIFY(until([&] { return desk_->chats.count() == 2; }));
    }

    void aBurstCostsFewReads()
    {
        fill("@one", 3);
        start();
        QVERIFY(until([&] { return desk_->chats.count() == 1; }));
        for (int i = 0; i < 10'000; ++i)
            agent_->tell({ { "type", "chat.updated" }, { "chat", "@one" }, { "unread", i } });
        agent_->receive("@one", "the last", Stage::now + 1000);
        QVERIFY(until([&] { return desk_->chats.find("@one")->preview == "the last"; }));
        QVERIFY2(agent_->agent().count("chats.get") < 2'000,
                 qPrintable(QString::number(agent_->agent().count("chats.get"))));
    }

    void theWindowSlidesWithoutAHole()
    {
        fill("@one", 1'000);
        start();
        const QAbstractItemModelTester tester(&messages());
        openChat("@one");
        quint32 seed = 7;
        qInfo("seed %u", seed);
        for (int i = 0; i < 60; ++i) {
            seed = seed * 1664525u + 1013904223u;
            if (seed % 4 == 0)
                messages().loadNewer();
            else if (seed % 11 == 0)
                messages().jumpTo(agent_->messages("@one")[seed / 16 % 1'000]["mid"].toString());
            else
                messages().loadOlder();
            QVERIFY(until([&] { return !messages().isLoading(); }));
            QVERIFY(messages().count() <= gui::MessageModel::mostRows);
            compareWithAgent("@one");
        }
        messages().jumpToNewest();
        QVERIFY(until([&] { return messages().isAtNewest() && !messages().isLoading(); }));
        compareWithAgent("@one");
    }

    void aLateMessageIsInsertedAtItsPlace()
    {
        fill("@one", 40);
        start();
        const QAbstractItemModelTester tester(&messages());
        openChat("@one");
        const QString newest = messages().midAt(0);
        agent_->receive("@one", "late", Stage::now - 10 * 60'000 - 30'000);
        QVERIFY(until([&] { return messages().count() == 41; }));
        QCOMPARE(messages().midAt(0), newest);
        compareWithAgent("@one");
    }

    void theUnreadLineIsAtTheReadCursor()
    {
        fill("@one", 30);
        agent_->setMember("@one", "unread", 4);
        start();
        QVERIFY(until([&] { return desk_->chats.count() == 1; }));
        openChat("@one");
        int incoming = 0;
        for (int row = 0; row <= messages().unreadRow(); ++row)
            incoming += messages().at(row)->mine ? 0 : 1;
        QCOMPARE(incoming, 4);
        const QString line = messages().midAt(messages().unreadRow());
        desk_->conversation.seen(messages().midAt(0));
        QVERIFY(until([&] { return desk_->chats.find("@one")->unread == 0; }));
        QCOMPARE(messages().midAt(messages().unreadRow()), line); // stays until the chat is left
    }

    /// A view reads a row when it comes, and again only when it is told.
    void theOldestRowTellsItsDay()
    {
        start();
        agent_->addChat("@day", "Day");
        agent_->addMessage("@day", "Day", "the only one", 1'700'000'000'000);
        auto &model = messages();
        QString shown;
        const auto read = [&] { shown = model.index(0).data(gui::MessageModel::DayRole).toString(); };
        connect(&model, &QAbstractItemModel::modelReset, &model, read);
        connect(&model, &QAbstractItemModel::dataChanged, &model, read);
        desk_->navigation.open("@day");
        QVERIFY(until([&] { return model.count() == 1 && !model.isLoading(); }));
        QVERIFY(!shown.isEmpty());
        QCOMPARE(shown, model.index(0).data(gui::MessageModel::DayRole).toString());
    }

    void aSendIsRepeatedWithItsKeyWhenTheAgentDies()
    {
        fill("@one", 3);
        start();
        openChat("@one");
        agent_->agent().dieAt("send");
        QVERIFY(desk_->conversation.send("once"));
        QVERIFY(until([&] { return agent_->agent().count("send") == 2; }));
        QStringList keys;
        for (const auto &call : agent_->agent().calls())
            if (call.method == "send")
                keys << call.params["key"].toString();
        QCOMPARE(keys[0], keys[1]);
        QVERIFY(!keys[0].isEmpty());
        QVERIFY(until([&] { return messages().count() == 4; }));
        compareWithAgent("@one");
    }

    void aLostConnectionIsReadAnew()
    {
        fill("@one", 10);
        start();
        openChat("@one");
        agent_->addMessage("@one", "Amara", "while you were away", Stage::now + 1'000);
        agent_->agent().closeAll();
        QVERIFY(until([&] { return messages().count() == 11; }));
        QCOMPARE(desk_->session.phase(), gui::Session::Ready);
        compareWithAgent("@one");
    }

    void lockingForgetsEverything()
    {
        fill("@one", 10);
        start();
        openChat("@one");
        agent_->tellState("locked");
        QVERIFY(until([&] { return desk_->session.phase() == gui::Session::Locked; }));
        QCOMPARE(desk_->chats.count(), 0);
        QCOMPARE(messages().count(), 0);
        QVERIFY(desk_->conversation.chat().isEmpty());
        QVERIFY(desk_->session.user().isEmpty());
        agent_->tellState("ready");
        QVERIFY(until([&] { return desk_->chats.count() == 1; }));
    }

    void aDraftReachesTheAgentAfterThePauseAndAtLeaving()
    {
        fill("@one", 2);
        fill("@two", 2);
        start();
        QVERIFY(until([&] { return desk_->chats.count() == 2; }));
        openChat("@one");
        desk_->conversation.setDraft("half a sen");
        desk_->navigation.open("@two");
        QVERIFY(until([&] { return agent_->agent().lastParams("chats.setDraft")["text"] == "half a sen"; }));
        QSignalSpy restored(&desk_->conversation, &gui::Conversation::draftRestored);
        QVERIFY(until([&] {
            return desk_->chats.find("@one")->draft == "half a sen" || (desk_->chats.refreshChat("@one"), false);
        }));
        desk_->navigation.open("@one");
        QCOMPARE(restored.last().first().toString(), "half a sen");
    }

    void whatWasNotTakenComesBack()
    {
        fill("@one", 2);
        start();
        openChat("@one");
        agent_->agent().answer("send", [](const QJsonObject &) -> rpc::RpcResult<QJsonValue> {
            return rpc::RpcError { rpc::ErrorCode::storeFull, "disk full" };
        });
        QSignalSpy restored(&desk_->conversation, &gui::Conversation::draftRestored);
        QVERIFY(desk_->conversation.send("do not lose this"));
        QVERIFY(until([&] { return !restored.isEmpty(); }));
        QCOMPARE(restored.last().first().toString(), "do not lose this");
        QVERIFY(desk_->notices.text().contains("disk is full"));
    }

    void noShortcutClashes()
    {
        QCOMPARE(gui::clashes(gui::shortcutTable()), QStringList {});
        const gui::Shortcut bad[] = { { "a", "Ctrl+K", gui::Scope::window, "", false },
                                      { "b", "Ctrl+J, Ctrl+K", gui::Scope::composer, "", false } };
        QCOMPARE(gui::clashes(bad), QStringList { "a b Ctrl+K" });
    }

    void colourPairsCanBeRead()
    {
        for (const auto scheme :
             { gui::Scheme::light, gui::Scheme::dark, gui::Scheme::highContrastLight, gui::Scheme::highContrastDark }) {
            for (int accent = 0; accent < gui::accentCount; ++accent) {
                const auto p = gui::paletteOf(scheme, accent);
                const std::vector<std::tuple<const char *, QColor, QColor>> pairs {
                    { "text on selected", p.text, p.selected },
                    { "dim on selected", p.textDim, p.selected },
                    { "dim on surface2", p.textDim, p.surface2 },
                    { "text on canvas", p.text, p.canvas },
                    { "accent on surface", p.accent, p.surface },
                    { "accent on selected", p.accent, p.selected },
                    { "accentText on accent", p.accentText, p.accent },
                    { "textOut on bubbleOut", p.textOut, p.bubbleOut },
                    { "textOutDim on bubbleOut", p.textOutDim, p.bubbleOut },
                    { "textOut on quote", p.textOut, p.quoteOut },
                    { "read on bubbleOut", p.read, p.bubbleOut },
                    { "danger on selected", p.danger, p.selected },
                    { "online on selected", p.online, p.selected },
                    { "text on bubbleIn", p.text, p.bubbleIn }
                };
                for (const auto &[name, fore, back] : pairs)
                    QVERIFY2(gui::contrast(fore, back) >= 4.5,
                             qPrintable(QStringLiteral("%1, scheme %2, accent %3: %4")
                                            .arg(name)
                                            .arg(int(scheme))
                                            .arg(accent)
                                            .arg(gui::contrast(fore, back))));
                for (const auto &hue : p.hues)
                    QVERIFY(gui::contrast(hue, p.surface2) >= 4.5);
            }
        }
    }
};

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    TestModels test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_models.moc"
