// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gui/stage.h"

#include <QDir>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

#include <queue>

using namespace kith;
using namespace kith::test;

namespace {

constexpr int mostDifference = 8; // of a channel
constexpr double mostPixels = 0.001;
constexpr int mostArea = 64; // connected pixels

bool differs(QRgb one, QRgb other)
{
    return std::abs(qRed(one) - qRed(other)) > mostDifference || std::abs(qGreen(one) - qGreen(other)) > mostDifference
        || std::abs(qBlue(one) - qBlue(other)) > mostDifference;
}

int largestArea(std::vector<bool> &marks, int width, int height)
{
    int largest = 0;
    for (int start = 0; start < width * height; ++start) {
        std::queue<int> queue;
        int area = 0;
        const auto take = [&](int at) {
            if (marks[static_cast<std::size_t>(at)]) {
                marks[static_cast<std::size_t>(at)] = false;
                ++area;
                queue.push(at);
            }
        };
        take(start);
        while (!queue.empty()) {
            const int at = queue.front();
            queue.pop();
            if (at % width > 0)
                take(at - 1);
            if (at % width < width - 1)
                take(at + 1);
            if (at >= width)
                take(at - width);
            if (at + width < width * height)
                take(at + width);
        }
        largest = std::max(largest, area);
    }
    return largest;
}

/// Empty when the picture is the golden one within ui 12.5's tolerance, else how they differ.
QString difference(const QImage &now, const QImage &golden)
{
    if (now.size() != golden.size())
        return QStringLiteral("size %1x%2").arg(now.width()).arg(now.height());
    std::vector<bool> marks(static_cast<std::size_t>(now.width()) * static_cast<std::size_t>(now.height()));
    int count = 0;
    for (int y = 0; y < now.height(); ++y)
        for (int x = 0; x < now.width(); ++x)
            if (differs(now.pixel(x, y), golden.pixel(x, y))) {
                marks[static_cast<std::size_t>(y * now.width() + x)] = true;
                ++count;
            }
    const int area = largestArea(marks, now.width(), now.height());
    if (count <= mostPixels * now.width() * now.height() && area <= mostArea)
        return {};
    return QStringLiteral("%1 pixels differ, the largest area has %2").arg(count).arg(area);
}

} // namespace

/// Every screen and state as a picture, compared with the golden one in tests/gui/screens. KITH_UPDATE_SCREENS=1 writes
/// them anew: look at each before you commit it.
class TestScreens : public QObject {
    Q_OBJECT

    std::unique_ptr<Stage> stage_;

    void openChat(const QString &chat)
    {
        stage_->desk->navigation.open(chat);
        QVERIFY(stage_->until([&] { return !stage_->desk->conversation.messages()->isLoading(); }));
    }

    void begin(QSize size)
    {
        stage_ = std::make_unique<Stage>();
        stage_->agent.fillDemo(Stage::now);
        if (!stage_->open(size))
            qFatal("no window");
        QVERIFY(stage_->until([&] { return stage_->desk->chats.count() > 0; }));
        openChat("@amara");
    }

    void check(const QString &name)
    {
        stage_->settle();
        const QImage now = stage_->grab().convertToFormat(QImage::Format_RGB32);
        const QString file = QStringLiteral(KITH_SOURCE_DIR "/tests/gui/screens/%1.png").arg(name);
        if (qEnvironmentVariableIsSet("KITH_UPDATE_SCREENS")) {
            QVERIFY(now.save(file, "PNG", 0)); // 0: smallest
            return;
        }
        const QImage golden(file);
        QVERIFY2(!golden.isNull(), qPrintable("no golden picture " + name));
        const QString how = difference(now, golden.convertToFormat(QImage::Format_RGB32));
        if (!how.isEmpty()) {
            QDir().mkpath("gui-differences");
            now.save("gui-differences/" + name + ".png");
        }
        QVERIFY2(how.isEmpty(), qPrintable(name + ": " + how));
    }

    void open(const char *sheet) { QVERIFY(QMetaObject::invokeMethod(stage_->object(sheet), "open")); }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "UTC");
        prepareStage();
        if (!QFontDatabase::families().contains("Inter"))
            QSKIP("the pictures are made with fonts-inter, which is not installed");
    }

    void cleanup()
    {
        if (stage_)
            QCOMPARE(stage_->complaints(), QStringList {});
        stage_.reset();
        QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    }

    void conversation_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<QString>("theme");
        QTest::addColumn<bool>("mirrored");
        QTest::addColumn<int>("text");
        QTest::newRow("chat-light") << QSize(1160, 780) << "light" << false << 100;
        QTest::newRow("chat-dark") << QSize(1160, 780) << "dark" << false << 100;
        QTest::newRow("chat-contrast") << QSize(900, 700) << "contrast" << false << 100;
        QTest::newRow("chat-right-to-left") << QSize(900, 700) << "light" << true << 100;
        QTest::newRow("chat-400") << QSize(400, 780) << "light" << false << 100;
        QTest::newRow("chat-900") << QSize(900, 700) << "dark" << false << 100;
        QTest::newRow("chat-text-200") << QSize(1160, 780) << "light" << false << 200;
    }
    void conversation()
    {
        QFETCH(QSize, size);
        QFETCH(QString, theme);
        QFETCH(bool, mirrored);
        QFETCH(int, text);
        QGuiApplication::setLayoutDirection(mirrored ? Qt::RightToLeft : Qt::LeftToRight);
        begin(size);
        stage_->desk->preferences.setTheme(theme);
        stage_->desk->preferences.setTextSize(text);
        check(QTest::currentDataTag());
    }

    void threePanes()
    {
        begin({ 1400, 780 });
        QVERIFY(QMetaObject::invokeMethod(stage_->item("conversationPane"), "infoWanted"));
        check("info-1400");
    }

    void narrowList()
    {
        begin({ 400, 780 });
        stage_->desk->navigation.close();
        check("list-400");
    }

    void statesOfAConversation_data()
    {
        QTest::addColumn<QString>("chat");
        QTest::newRow("request") << "@sam";
        QTest::newRow("key-changed") << "@ines";
        QTest::newRow("blocked") << "@oleg";
        QTest::newRow("draft") << "@lena";
        QTest::newRow("unread") << "@jonas";
        QTest::newRow("note-to-self") << "me";
        QTest::newRow("nothing-open") << "";
    }
    void statesOfAConversation()
    {
        QFETCH(QString, chat);
        begin({ 900, 640 });
        openChat(chat);
        check(QStringLiteral("state-") + QTest::currentDataTag());
    }

    void sheets_data()
    {
        QTest::addColumn<QString>("sheet");
        QTest::newRow("new-chat") << "newChatSheet";
        QTest::newRow("switcher") << "switcherSheet";
        QTest::newRow("search") << "searchSheet";
        QTest::newRow("shortcuts") << "shortcutSheet";
        QTest::newRow("settings") << "settingsSheet";
    }
    void sheets()
    {
        QFETCH(QString, sheet);
        begin({ 1160, 780 });
        open(sheet.toLatin1());
        check(QStringLiteral("sheet-") + QTest::currentDataTag());
    }

    void safetyNumber()
    {
        begin({ 1160, 780 });
        stage_->desk->safety.show("@amara");
        open("safetySheet");
        check("sheet-safety");
    }

    void settingsPages()
    {
        begin({ 1160, 780 });
        open("settingsSheet");
        for (const int page : { 2, 4, 6 }) {
            stage_->object("settingsSheet")->setProperty("page", page);
            check(QStringLiteral("settings-%1").arg(page));
        }
    }

    void fullWindow_data()
    {
        QTest::addColumn<QString>("state");
        QTest::newRow("welcome") << "unregistered";
        QTest::newRow("lock") << "locked";
    }
    void fullWindow()
    {
        QFETCH(QString, state);
        stage_ = std::make_unique<Stage>();
        stage_->agent.setState(state);
        if (!stage_->open({ 900, 700 }))
            qFatal("no window");
        QVERIFY(stage_->until([&] { return stage_->desk->session.phase() != gui::Session::Starting; }));
        stage_->until([&] { return stage_->desk->registration.serverCheck() != gui::Registration::Checking; });
        check(QStringLiteral("full-") + QTest::currentDataTag());
    }

    void noAgent()
    {
        stage_ = std::make_unique<Stage>();
        stage_->agent.agent().ignore("hello");
        stage_->agent.agent().dieAt("hello");
        if (!stage_->open({ 900, 700 }))
            qFatal("no window");
        QVERIFY(stage_->until([&] { return stage_->desk->session.phase() == gui::Session::AgentFailed; }));
        check("full-no-agent");
    }
};

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    TestScreens test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_screens.moc"
