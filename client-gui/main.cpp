// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/app/desk.h"
#include "client-gui/app/desktop.h"
#include "client-gui/app/language.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QStandardPaths>

#include <cstdio>

namespace {

using namespace kith;
using namespace Qt::StringLiterals;

QString programBeside(const QString &name)
{
    const QString beside = QCoreApplication::applicationDirPath() + u'/' + name;
    return QFileInfo(beside).isExecutable() ? beside : QStandardPaths::findExecutable(name);
}

/// Software unless there is a GPU: GL on the CPU costs 100 MB and half the speed (ui 10).
void chooseRenderer(const gui::Preferences &preferences)
{
    const QString wanted = preferences.renderer();
    const bool hasGpu = QFileInfo::exists(u"/dev/dri/renderD128"_s);
    if (qEnvironmentVariableIsEmpty("QT_QUICK_BACKEND") && (wanted == u"software" || (wanted != u"gpu" && !hasGpu)))
        QQuickWindow::setSceneGraphBackend(u"software"_s);
}

gui::Desk::Options optionsFor(const rpc::ProfilePaths &paths, const QString &dataDir)
{
    gui::Desk::Options options;
    options.agent.paths = paths;
    options.agent.name = { u"kith-gui"_s, QCoreApplication::applicationVersion() };
    options.agent.program =
        rpc::findAgentProgram(QProcessEnvironment::systemEnvironment(), QCoreApplication::applicationDirPath());
    options.agent.programVersion = QCoreApplication::applicationVersion();
    if (!dataDir.isEmpty())
        options.agent.agentArguments = { u"--data-dir"_s, paths.dataRoot };
    const QString forbidden = qEnvironmentVariable("KITH_NO_AUTOSTART");
    options.agent.mayStart = forbidden.isEmpty() || forbidden == u"0";
    options.preferencesFile = u"%1/gui-%2.ini"_s.arg(paths.configDir, paths.profile);
    options.serverProgram = programBeside(u"kith-server"_s);
    return options;
}

int complain(const QString &text)
{
    std::fputs(qPrintable(u"kith-gui: "_s + text + u'\n'), stderr);
    return 2;
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")
        && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        return complain(u"there is no display here: run it in a desktop session, or use the command line, kith help"_s);
    QApplication application(argc, argv); // not QGuiApplication: the tray needs widgets
    QCoreApplication::setApplicationName(u"kith-gui"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(KITH_VERSION));
    QGuiApplication::setApplicationDisplayName(u"Kith"_s);
    QGuiApplication::setDesktopFileName(u"org.kith.desktop"_s);

    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption profile({ u"p"_s, u"profile"_s }, u"Profile to show."_s, u"name"_s);
    const QCommandLineOption dataDir(u"data-dir"_s, u"Folder that holds the profiles."_s, u"folder"_s);
    parser.addOptions({ profile, dataDir });
    parser.addPositionalArgument(u"uri"_s, u"A kith: link."_s, u"[uri]"_s);
    parser.process(application);

    const auto paths = rpc::resolvePaths(QProcessEnvironment::systemEnvironment(),
                                         { parser.value(profile), parser.value(dataDir), {} });
    if (!paths)
        return complain(QString::fromStdString(paths.error().detail));

    const SystemClock clock;
    QtTimers timers;
    SystemRandom random;
    auto options = optionsFor(*paths, parser.value(dataDir));
    {
        const gui::Preferences early(options.preferencesFile);
        chooseRenderer(early);
        gui::setLanguage(early.language());
    }
    QQuickStyle::setStyle(u"Basic"_s);
    QGuiApplication::setFont(gui::windowFont());

    gui::Desk desk(std::move(options), { clock, timers, random });
    gui::Desktop desktop(desk, parser.positionalArguments().value(0));
    QQmlApplicationEngine engine;
    desk.handTo(engine);
    handOver(engine, desktop);
    desk.link.start();
    engine.load(QUrl(u"qrc:/Kith/qml/Main.qml"_s));
    if (engine.rootObjects().isEmpty())
        return complain(u"the window cannot be built"_s);
    desktop.adopt(qobject_cast<QQuickWindow *>(engine.rootObjects().first()));
    const int code = QApplication::exec();
    desk.link.close();
    return code;
}
