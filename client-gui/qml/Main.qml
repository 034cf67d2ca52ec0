// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

/// The window: one screen by the phase of the session, and what lies over all of them.
T.ApplicationWindow {
    id: window

    width: 1160
    height: 780
    minimumWidth: 380
    minimumHeight: 560
    visible: false
    title: Session.phase === Session.Ready && Conversation.chat ? qsTr("%1 – Kith").arg(Conversation.title) : qsTr("Kith")
    color: Theme.bg
    font.family: Theme.family
    LayoutMirroring.enabled: Theme.mirrored
    LayoutMirroring.childrenInherit: true
    onClosing: close => close.accepted = Desktop.closing()

    readonly property bool settingUp: Session.phase === Session.Unregistered || Registration.registered || Registration.busy
    readonly property bool ready: Session.phase === Session.Ready && !settingUp

    Loader {
        id: screen
        objectName: "screen"
        anchors.fill: parent
        focus: true
        sourceComponent: window.settingUp ? setup : window.ready ? workspace : Session.phase === Session.Locked ? lock : Session.phase === Session.Starting ? starting : trouble
    }
    Component { id: workspace; Workspace {} }
    Component { id: setup; SetupScreen {} }
    Component { id: lock; LockScreen {} }
    Component { id: trouble; TroubleScreen {} }
    Component {
        id: starting
        Item {
            Icon { anchors.centerIn: parent; name: "kith"; size: 72; tint: Theme.accent }
        }
    }
    Snackbar {
        anchors { horizontalCenter: parent.horizontalCenter; bottom: parent.bottom; bottomMargin: 88 }
    }
    Instantiator {
        model: Shortcuts
        delegate: Shortcut {
            required property string shortcutId
            required property var keySequences
            required property bool inWindow
            sequences: keySequences
            enabled: inWindow
            context: Qt.WindowShortcut
            onActivated: Shortcuts.trigger(shortcutId)
        }
    }
    Connections {
        target: Shortcuts
        function onTriggered(id: string): void {
            switch (id) {
            case "quit": return Desktop.quit()
            case "closeWindow": return window.close()
            case "fullScreen": return window.visibility === Window.FullScreen ? window.showNormal() : window.showFullScreen()
            case "larger": Preferences.textSize = Preferences.textSize + 10; return
            case "smaller": Preferences.textSize = Preferences.textSize - 10; return
            case "normalSize": Preferences.textSize = 100; return
            }
            if (window.ready && screen.item)
                (screen.item as Workspace).act(id)
        }
    }
    Connections {
        target: Navigation
        function onAskOpenChat(user: string): void {
            if (window.ready)
                (screen.item as Workspace).ask(qsTr("Open a chat?"), qsTr("A link wants to open a chat with %1.").arg(user), qsTr("Open"), () => (screen.item as Workspace).startChat(user))
        }
        function onAskServer(address: string): void {
            if (Session.phase === Session.Unregistered)
                Registration.server = address
            else
                Notices.say(qsTr("This link names a server; this profile has its account already."))
        }
        function onLinkUnknown(): void { Notices.say(qsTr("Kith does not know what to do with this link.")) }
    }
}
