// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gui/stage.h"

#include <QGuiApplication>
#include <QLocale>
#include <QQuickStyle>
#include <QStyleHints>
#include <QTest>

namespace kith::test {

namespace {

QStringList &said()
{
    static QStringList lines; // a message handler has no object
    return lines;
}

void listen(QtMsgType type, const QMessageLogContext &, const QString &text)
{
    if (type != QtInfoMsg) // a seed is no complaint
        said() << text;
    std::fprintf(stderr, "%s\n", qPrintable(text));
}

} // namespace

void prepareStage()
{
    QQuickStyle::setStyle("Basic");
    QQuickWindow::setSceneGraphBackend("software");
    QGuiApplication::setFont(gui::windowFont());
    QGuiApplication::styleHints()->setCursorFlashTime(0); // a picture may not depend on when it is taken
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
}

Stage::Stage()
{
    gui::Desk::Options options;
    options.agent.paths.socket = agent.socket();
    options.agent.paths.profile = "default";
    options.agent.paths.startLock = agent.folder() + "/start";
    options.agent.paths.lockFile = agent.folder() + "/lock";
    options.agent.paths.logFile = agent.folder() + "/log";
    options.agent.name = { "kith-gui", "0.1.0" };
    options.agent.mayStart = false;
    options.preferencesFile = agent.folder() + "/gui.ini";
    desk = std::make_unique<gui::Desk>(std::move(options), gui::World { clock, timers, random });
    desk->preferences.setReduceMotion(true);
    desk->preferences.setTheme("light");
}

Stage::~Stage()
{
    engine.reset();
    desk->link.close();
    qInstallMessageHandler(nullptr);
}

bool Stage::open(QSize size)
{
    said().clear();
    qInstallMessageHandler(listen);
    desktop = std::make_unique<gui::Desktop>(*desk, QString());
    engine = std::make_unique<QQmlApplicationEngine>();
    desk->handTo(*engine);
    gui::handOver(*engine, *desktop);
    desk->link.start();
    engine->load(QUrl("qrc:/Kith/qml/Main.qml"));
    if (engine->rootObjects().isEmpty())
        return false;
    window = qobject_cast<QQuickWindow *>(engine->rootObjects().first());
    desk->preferences.setGeometry({});
    window->resize(size);
    desktop->adopt(window);
    window->requestActivate();
    return QTest::qWaitForWindowExposed(window);
}

QObject *Stage::object(const char *name)
{
    QObject *found = window->findChild<QObject *>(QLatin1StringView(name));
    return found ? found : item(name);
}

QQuickItem *Stage::item(const char *name)
{
    std::function<QQuickItem *(QQuickItem *)> search = [&](QQuickItem *from) -> QQuickItem * {
        if (from->objectName() == QLatin1StringView(name) && from->isVisible())
            return from;
        for (QQuickItem *child : from->childItems()) {
            if (QQuickItem *found = search(child))
                return found;
        }
        return nullptr;
    };
    return search(window->contentItem());
}

QImage Stage::grab()
{
    return window->grabWindow();
}

bool Stage::until(const std::function<bool()> &done)
{
    return QTest::qWaitFor(done, 10'000);
}

void Stage::settle()
{
    std::size_t asked = 0;
    int quiet = 0;
    until([&] {
        quiet = asked == agent.agent().calls().size() ? quiet + 1 : 0;
        asked = agent.agent().calls().size();
        return quiet > 12;
    });
}

QStringList Stage::complaints() const
{
    return said();
}

} // namespace kith::test
