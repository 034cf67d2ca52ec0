// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

/// Settings: sections at the side, one page beside them; at the top where there is little room.
T.Popup {
    id: root

    required property ConfirmSheet confirm
    property int page: 0
    readonly property bool narrow: width < 640
    readonly property var sections: [qsTr("Account"), qsTr("Privacy"), qsTr("Security"), qsTr("Notifications"), qsTr("Appearance"), qsTr("Chats"), qsTr("Desktop"), qsTr("Server"), qsTr("About")]
    readonly property var icons: ["user", "eye", "key", "bell", "palette", "chats", "desktop", "server", "info"]

    parent: T.Overlay.overlay
    width: parent ? Math.min(880, parent.width - 24) : 880
    height: parent ? Math.min(680, parent.height - 24) : 680
    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: parent ? Math.round((parent.height - height) / 2) : 0
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onAboutToShow: AgentSettings.reload()
    enter: Transition { NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.normal } }
    T.Overlay.modal: Rectangle { color: Qt.rgba(0, 0, 0, Theme.dark ? 0.6 : 0.38) }
    background: Rectangle {
        radius: 20
        color: Theme.surface
        border.width: Theme.dark || Theme.highContrast ? 1 : 0
        border.color: Theme.outline
    }
    contentItem: Item {
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Settings")
        PlainLabel { id: title; x: Theme.mirrored ? parent.width - width - 24 : 24; y: 20; text: qsTr("Settings"); font.pixelSize: Theme.dialogTitle; font.weight: Font.DemiBold; Accessible.role: Accessible.Heading }
        IconButton { anchors { right: parent.right; rightMargin: 12; top: parent.top; topMargin: 12 } iconName: "close"; label: qsTr("Close"); onClicked: root.close() }
        ListView {
            id: side
            anchors { left: parent.left; leftMargin: 12; top: title.bottom; topMargin: 16 }
            width: root.narrow ? parent.width - 24 : 208
            height: root.narrow ? 44 : parent.height - y - 12
            orientation: root.narrow ? ListView.Horizontal : ListView.Vertical
            clip: true
            model: root.sections
            currentIndex: root.page
            activeFocusOnTab: true
            keyNavigationEnabled: true
            onCurrentIndexChanged: root.page = currentIndex
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Sections")
            boundsBehavior: Flickable.StopAtBounds
            delegate: T.ItemDelegate {
                id: tab
                required property string modelData
                required property int index
                width: root.narrow ? words.implicitWidth + 56 : side.width
                height: 44
                hoverEnabled: true
                focusPolicy: Qt.NoFocus
                Accessible.role: Accessible.PageTab
                Accessible.name: modelData
                Accessible.onPressAction: clicked()
                onClicked: side.currentIndex = index
                background: Rectangle { radius: 12; color: tab.index === root.page ? Theme.selected : tab.hovered ? Theme.surface2 : "transparent"; border.width: tab.index === root.page && side.activeFocus ? 2 : 0; border.color: Theme.accent }
                contentItem: Item {
                    Icon { id: sign; anchors { left: parent.left; leftMargin: 12; verticalCenter: parent.verticalCenter } name: root.icons[tab.index]; size: 20; tint: tab.index === root.page ? Theme.accent : Theme.textDim }
                    PlainLabel { id: words; anchors { left: sign.right; leftMargin: 12; verticalCenter: parent.verticalCenter } text: tab.modelData; font.weight: tab.index === root.page ? Font.DemiBold : Font.Normal }
                }
            }
        }
        Flickable {
            anchors { left: root.narrow ? parent.left : side.right; right: parent.right; top: root.narrow ? side.bottom : title.bottom; topMargin: 16; bottom: parent.bottom; bottomMargin: 12 }
            contentHeight: pages.implicitHeight + 24
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            T.ScrollBar.vertical: Scroller {}
            Loader {
                id: pages
                x: 24
                width: parent.width - 48
                sourceComponent: [account, privacy, security, notifications, appearance, chats, desktop, server, about][root.page]
            }
        }
        Component { id: account; AccountPage {} }
        Component { id: privacy; PrivacyPage {} }
        Component { id: security; SecurityPage { confirm: root.confirm } }
        Component { id: notifications; NotificationPage {} }
        Component { id: appearance; AppearancePage {} }
        Component { id: chats; ChatsPage {} }
        Component { id: desktop; DesktopPage {} }
        Component { id: server; ServerPage {} }
        Component { id: about; AboutPage {} }
    }
}
