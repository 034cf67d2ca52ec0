// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/models/foreign_text.h"
#include "tests/support/gui/stage.h"

#include <QAccessible>
#include <QGuiApplication>
#include <QTest>

using namespace kith;
using namespace kith::test;

namespace {

/// What may not happen to whom: markup, controls, bidi, marks, lengths, broken surrogates.
QStringList hostileStrings()
{
    const QStringList seeds { "<b>bold</b><img src=x onerror=alert(1)>",
                              "<script>alert(1)</script>",
                              "&lt;&amp;",
                              "%1 %n %s %x",
                              "\u202E reversed \u202C",
                              "\u2066\u2067\u2068\u2069\u200F\u061C",
                              QString(1'000, QChar(0x0301)).prepend('e'),
                              QString(65'536, 'x'),
                              QString("a\nb").repeated(2'000),
                              QString(QChar(0xD800)),
                              QString(QChar(0xDC00)),
                              QString(QChar(0)),
                              "\x1B[31m red \x7F",
                              QString::fromUtf8("👨‍👩‍👧‍👦").repeated(200),
                              QString::fromUtf8("ﷺ").repeated(300),
                              "https://" + QString(3'000, 'a'),
                              "   ",
                              "\t\t\t",
                              QString("\u200B").repeated(500),
                              "../../etc/passwd" };
    QStringList all;
    for (int i = 0; all.size() < 200; ++i)
        all << seeds[i % seeds.size()]
                + (i < seeds.size() ? QString() : QString(i / seeds.size(), QChar('!' + i % 90)));
    return all;
}

void walk(QAccessibleInterface *from, QStringList &bad, int &actionable)
{
    static const QSet<QAccessible::Role> needsName { QAccessible::Button,      QAccessible::EditableText,
                                                     QAccessible::ListItem,    QAccessible::CheckBox,
                                                     QAccessible::RadioButton, QAccessible::MenuItem,
                                                     QAccessible::PageTab,     QAccessible::List };
    if (!from || from->state().invisible)
        return;
    if (needsName.contains(from->role())) {
        ++actionable;
        const QString name = from->text(QAccessible::Name);
        if (name.trimmed().isEmpty() || name.contains("QQuick") || name.contains("undefined"))
            bad << QStringLiteral("role %1, name '%2', object %3")
                       .arg(from->role())
                       .arg(name, from->object() ? from->object()->metaObject()->className() : "");
    }
    for (int i = 0; i < from->childCount(); ++i)
        walk(from->child(i), bad, actionable);
}

} // namespace

/// What a person does, by keys and clicks, in the real window on a scripted agent.
class TestFlows : public QObject {
    Q_OBJECT

    std::unique_ptr<Stage> stage_;

    void begin()
    {
        stage_ = std::make_unique<Stage>();
        stage_->agent.fillDemo(Stage::now);
        if (!stage_->open({ 1160, 780 }))
            qFatal("no window");
        QVERIFY(stage_->until([&] { return stage_->desk->chats.count() > 0; }));
    }

    void openChat(const QString &chat)
    {
        stage_->desk->navigation.open(chat);
        QVERIFY(stage_->until([&] { return !stage_->desk->conversation.messages()->isLoading(); }));
    }

    void type(const QString &text)
    {
        for (const QChar c : text)
            QTest::keyClick(stage_->window, c.toLatin1());
    }

private Q_SLOTS:
    void initTestCase() { prepareStage(); }
    void cleanup()
    {
        if (stage_)
            QCOMPARE(stage_->complaints(), QStringList {});
        stage_.reset();
    }

    void typingAndEnterSend()
    {
        begin();
        openChat("@jonas");
        QVERIFY(
            stage_->until([&] { return stage_->window->isActive() && stage_->item("composer")->hasActiveFocus(); }));
        type("hello jonas");
        QTest::keyClick(stage_->window, Qt::Key_Return);
        QVERIFY(stage_->until([&] { return stage_->agent.agent().lastParams("send")["text"] == "hello jonas"; }));
        QVERIFY(stage_->until([&] { return stage_->desk->conversation.messages()->at(0)->text == "hello jonas"; }));
        QCOMPARE(stage_->item("composer")->property("text").toString(), QString());
        QCOMPARE(stage_->desk->conversation.messages()->at(0)->state, "queued");
        stage_->agent.setStatus("@jonas", stage_->desk->conversation.messages()->midAt(0), "read");
        QVERIFY(stage_->until([&] { return stage_->desk->conversation.messages()->at(0)->state == "read"; }));
    }

    void aTextThatIsTooLongIsNotSent()
    {
        begin();
        openChat("@jonas");
        stage_->item("composer")->setProperty("text", QString(9'000, 'x'));
        QTest::keyClick(stage_->window, Qt::Key_Return);
        QCOMPARE(stage_->agent.agent().count("send"), 0);
        QVERIFY(!stage_->item("sendButton")->isEnabled());
    }

    void shortcutsGoWhereTheySay_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("modifier");
        QTest::addColumn<QString>("chat");
        QTest::newRow("chat below") << int(Qt::Key_Down) << int(Qt::AltModifier) << "@jonas";
        QTest::newRow("third chat") << int(Qt::Key_3) << int(Qt::ControlModifier) << "@tomas";
        QTest::newRow("chat before") << int(Qt::Key_Left) << int(Qt::AltModifier) << "@noor";
    }
    void shortcutsGoWhereTheySay()
    {
        QFETCH(int, key);
        QFETCH(int, modifier);
        QFETCH(QString, chat);
        begin();
        openChat("@noor");
        openChat("@amara");
        QVERIFY(
            stage_->until([&] { return stage_->window->isActive() && stage_->item("composer")->hasActiveFocus(); }));
        QTest::keyClick(stage_->window, Qt::Key(key), Qt::KeyboardModifier(modifier));
        QVERIFY(stage_->until([&] { return stage_->desk->conversation.chat() == chat; }));
    }

    void theSwitcherFindsByAFewLetters()
    {
        begin();
        openChat("@jonas");
        QVERIFY(
            stage_->until([&] { return stage_->window->isActive() && stage_->item("composer")->hasActiveFocus(); }));
        QTest::keyClick(stage_->window, Qt::Key_K, Qt::ControlModifier);
        QVERIFY(stage_->until(
            [&] { return stage_->item("switcherField") && stage_->item("switcherField")->hasActiveFocus(); }));
        type("amok");
        QTest::keyClick(stage_->window, Qt::Key_Return);
        QVERIFY(stage_->until([&] { return stage_->desk->conversation.chat() == "@amara"; }));
    }

    void anAccountIsMadeByKeysAlone()
    {
        stage_ = std::make_unique<Stage>();
        stage_->agent.setState("unregistered");
        stage_->agent.agent().answer("account.register", [&](const QJsonObject &params) {
            stage_->agent.setState("ready");
            return QJsonValue(QJsonObject { { "schema", 1 }, { "user", params["user"] } });
        });
        if (!stage_->open({ 900, 700 }))
            qFatal("no window");
        auto &registration = stage_->desk->registration;
        QVERIFY(stage_->until([&] { return registration.serverCheck() == gui::Registration::Good; }));
        stage_->item("screen")->forceActiveFocus();
        QTest::keyClick(stage_->window, Qt::Key_Tab);
        QTest::keyClick(stage_->window, Qt::Key_Return);
        QVERIFY(stage_->until([&] { return stage_->item("nameField") != nullptr; }));
        type("Mei");
        QTest::keyClick(stage_->window, Qt::Key_Return);
        type("taken");
        QVERIFY(stage_->until([&] { return registration.userCheck() == gui::Registration::Bad; }));
        for (int i = 0; i < 5; ++i)
            QTest::keyClick(stage_->window, Qt::Key_Backspace);
        type("mei");
        QVERIFY(stage_->until([&] { return registration.isComplete(); }));
        QTest::keyClick(stage_->window, Qt::Key_Return);
        QVERIFY(stage_->until([&] { return stage_->item("nameField") == nullptr; }));
        registration.registerAccount("a good passphrase");
        QVERIFY(stage_->until([&] { return stage_->item("startButton") != nullptr; }));
        QVERIFY(stage_->until([&] { return !stage_->desk->settings.recoveryKey().isEmpty(); }));
        QVERIFY(!stage_->item("startButton")->isEnabled()); // before "I stored it"
        registration.finish();
        QVERIFY(stage_->until([&] { return stage_->item("chatList") != nullptr; }));
        QVERIFY(stage_->desk->settings.recoveryKey().isEmpty()); // shown once
        QCOMPARE(stage_->agent.agent().lastParams("account.register")["name"].toString(), "Mei");
    }

    void lockedAndUnlocked()
    {
        begin();
        openChat("@amara");
        stage_->agent.agent().answer("agent.lock", [&](const QJsonObject &) {
            return QJsonValue(QJsonObject { { "schema", 1 }, { "state", "locked" } });
        });
        stage_->agent.agent().answer("agent.unlock", [&](const QJsonObject &params) -> rpc::RpcResult<QJsonValue> {
            if (params["secret"] != "open sesame")
                return rpc::RpcError { rpc::ErrorCode::locked, "no" };
            return QJsonValue(QJsonObject { { "schema", 1 }, { "state", "ready" } });
        });
        QTest::keyClick(stage_->window, Qt::Key_L, Qt::ControlModifier);
        QVERIFY(stage_->until([&] { return stage_->item("unlockField") != nullptr; }));
        QVERIFY(!stage_->window->title().contains("Amara"));
        QTest::keyClick(stage_->window, Qt::Key_X);
        QTest::keyClick(stage_->window, Qt::Key_Return);
        QVERIFY(stage_->until([&] { return !stage_->desk->session.unlockError().isEmpty(); }));
        for (const char key : QByteArray("open sesame")) // without emptying the field
            QTest::keyClick(stage_->window, key);
        QTest::keyClick(stage_->window, Qt::Key_Return);
        QVERIFY(stage_->until([&] { return stage_->item("chatList") && stage_->desk->chats.count() > 0; }));
    }

    /// 0 differences between the delegates in sight and the model, over random jumps with inserts (ui 9.2).
    void recycledDelegatesShowTheirRows()
    {
        stage_ = std::make_unique<Stage>();
        stage_->agent.addChat("@one", "One");
        for (int i = 0; i < 1'000; ++i)
            stage_->agent.addMessage("@one", i % 3 ? "One" : "",
                                     QStringLiteral("message %1 ").arg(i).repeated(1 + i % 9),
                                     Stage::now - (1'000 - i) * 90'000);
        if (!stage_->open({ 900, 700 }))
            qFatal("no window");
        QVERIFY(stage_->until([&] { return stage_->desk->chats.count() > 0; }));
        openChat("@one");
        auto &messages = *stage_->desk->conversation.messages();
        QQuickItem *list = stage_->item("messageList");
        quint32 seed = 11;
        qInfo("seed %u", seed);
        int compared = 0;
        for (int i = 0; i < 300; ++i) {
            seed = seed * 1664525u + 1013904223u;
            if (seed % 23 == 0)
                stage_->agent.receive("@one", QStringLiteral("new %1").arg(i), Stage::now + i * 1'000);
            list->setProperty("contentY", list->property("contentY").toDouble() + (seed % 5 ? -173.0 : 420.0));
            QCoreApplication::processEvents();
            QMetaObject::invokeMethod(list, "forceLayout");
            for (int row = 0; row < messages.count(); ++row) {
                QQuickItem *item = nullptr;
                QMetaObject::invokeMethod(list, "itemAtIndex", Q_RETURN_ARG(QQuickItem *, item), Q_ARG(int, row));
                if (!item)
                    continue;
                ++compared;
                QCOMPARE(item->property("mid").toString(), messages.midAt(row));
                QCOMPARE(item->property("body").toString(),
                         messages.index(row).data(gui::MessageModel::BodyRole).toString());
                QCOMPARE(item->property("first").toBool(),
                         messages.index(row).data(gui::MessageModel::FirstRole).toBool());
            }
        }
        QVERIFY2(compared > 2'000, qPrintable(QString::number(compared)));
    }

    void hostileTextStaysText()
    {
        stage_ = std::make_unique<Stage>();
        const QStringList strings = hostileStrings();
        QCOMPARE(strings.size(), 200);
        for (int i = 0; i < strings.size(); ++i) {
            const QString chat = QStringLiteral("@evil%1").arg(i);
            stage_->agent.addChat(chat, strings[i].left(256),
                                  { { "draft", QJsonObject { { "text", strings[(i + 1) % 200].left(4'000) } } } });
            stage_->agent.addMessage(chat, strings[i].left(256), strings[i].left(8'192), Stage::now - i * 60'000);
        }
        stage_->agent.addChat("@all", "All of them");
        for (int i = 0; i < strings.size(); ++i)
            stage_->agent.addMessage("@all", strings[i].left(256), strings[i].left(65'536), Stage::now + i);
        if (!stage_->open({ 900, 700 }))
            qFatal("no window");
        QVERIFY(stage_->until([&] { return stage_->desk->chats.count() == 201; }));
        openChat("@all");
        QQuickItem *list = stage_->item("messageList");
        for (int i = 0; i < 60; ++i) {
            list->setProperty("contentY", list->property("contentY").toDouble() - 900);
            QCoreApplication::processEvents();
            for (QQuickItem *child : list->property("contentItem").value<QQuickItem *>()->childItems())
                QVERIFY(child->x() >= 0 && child->width() <= list->width());
        }
        for (int i = 0; i < 200; i += 7)
            openChat(QStringLiteral("@evil%1").arg(i));
        QVERIFY(!stage_->grab().isNull());
    }

    void everythingThatActsHasAName()
    {
        QAccessible::setActive(true);
        begin();
        openChat("@amara");
        QStringList bad;
        int actionable = 0;
        for (const char *sheet :
             { "", "newChatSheet", "switcherSheet", "settingsSheet", "safetySheet", "shortcutSheet" }) {
            QObject *object = *sheet ? stage_->object(sheet) : nullptr;
            if (object)
                QMetaObject::invokeMethod(object, "open");
            stage_->settle();
            walk(QAccessible::queryAccessibleInterface(stage_->window), bad, actionable);
            if (object)
                QMetaObject::invokeMethod(object, "close");
        }
        QVERIFY2(bad.isEmpty(), qPrintable('\n' + bad.join('\n')));
        QVERIFY2(actionable > 60, qPrintable(QString::number(actionable)));
    }

    void theAgentDiesAndTheTextStays()
    {
        begin();
        openChat("@jonas");
        QVERIFY(stage_->until([&] { return stage_->item("composer")->hasActiveFocus(); }));
        type("half a");
        stage_->agent.agent().closeAll();
        QVERIFY(stage_->until([&] { return !stage_->desk->session.isAgentPresent(); }));
        QVERIFY(!stage_->item("sendButton")->isEnabled());
        type(" word");
        QCOMPARE(stage_->item("composer")->property("text").toString(), "half a word");
        QVERIFY(stage_->until([&] { return stage_->desk->session.isAgentPresent(); }));
        QVERIFY(stage_->until([&] { return stage_->item("sendButton")->isEnabled(); }));
    }
};

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    TestFlows test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_flows.moc"
