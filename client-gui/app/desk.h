// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/app/preferences.h"
#include "client-gui/app/shortcuts.h"
#include "client-gui/app/theme.h"
#include "client-gui/models/agent_settings.h"
#include "client-gui/models/chat_actions.h"
#include "client-gui/models/message_info.h"
#include "client-gui/models/navigation.h"
#include "client-gui/models/people.h"
#include "client-gui/models/registration.h"
#include "client-gui/models/safety.h"
#include "client-gui/models/search_model.h"
#include "client-gui/models/session.h"

namespace kith::gui {

/// Everything behind one window, built in the order of its references; main and the tests make one each and hand it to
/// their QML engine.
struct Desk {
    struct Options {
        rpc::StartOptions agent;
        QString preferencesFile;
        QString serverProgram; ///< kith-server, empty where it is not installed
    };

    Desk(Options options, const World &world);

    /// Before the engine loads anything.
    void handTo(QQmlEngine &engine);

    AgentLink link;
    Preferences preferences;
    Theme theme;
    Shortcuts shortcuts;
    Notices notices;
    Session session;
    Registration registration;
    ChatListModel chats;
    ChatFilterModel filter;
    Conversation conversation;
    Navigation navigation;
    ChatActions actions;
    People people;
    Safety safety;
    MessageInfo info;
    Finder finder;
    SwitcherModel switcher;
    AgentSettings settings;
};

} // namespace kith::gui
