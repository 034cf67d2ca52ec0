// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/app/desk.h"

#include "client-gui/media/icon_provider.h"

extern void qml_register_types_Kith();

/// The linker drops what a static library registers by itself. Outside our namespace: Q_INIT_RESOURCE declares there.
static void initResources()
{
    Q_INIT_RESOURCE(icons);
    Q_INIT_RESOURCE(i18n);
    qml_register_types_Kith();
}

namespace kith::gui {

Desk::Desk(Options options, const World &world)
    : link(std::move(options.agent), world)
    , preferences(options.preferencesFile)
    , theme(preferences)
    , notices(world)
    , session(link, notices, world)
    , registration(link, world, std::move(options.serverProgram))
    , chats(link, world)
    , filter(chats)
    , conversation(link, chats, notices, world)
    , navigation(chats, filter, conversation)
    , actions(link, chats, notices, world)
    , people(link, notices)
    , safety(link, notices)
    , info(link)
    , finder(link, world)
    , switcher(chats, switcherCommands())
    , settings(link, notices)
{
    // Locked: what was read is forgotten, on screen and off (security B5).
    QObject::connect(&session, &Session::mustForget, &session, [this] {
        navigation.clear();
        people.clear();
        safety.clear();
        info.clear();
        finder.clear();
        settings.clear();
        notices.dismiss();
    });
}

void Desk::handTo(QQmlEngine &engine)
{
    initResources();
    handOver(engine, preferences);
    handOver(engine, theme);
    handOver(engine, shortcuts);
    handOver(engine, notices);
    handOver(engine, session);
    handOver(engine, registration);
    handOver(engine, conversation);
    handOver(engine, navigation);
    handOver(engine, actions);
    handOver(engine, people);
    handOver(engine, safety);
    handOver(engine, info);
    handOver(engine, finder);
    handOver(engine, switcher);
    handOver(engine, settings);
    QJSEngine::setObjectOwnership(&filter, QJSEngine::CppOwnership);
    QJSEngine::setObjectOwnership(conversation.messages(), QJSEngine::CppOwnership);
    engine.addImageProvider(QStringLiteral("icon"), new IconProvider); // the engine owns it
    engine.addImportPath(QStringLiteral("qrc:/"));
}

} // namespace kith::gui
