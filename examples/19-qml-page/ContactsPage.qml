// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls.Basic
import Contacts

// A list that is loaded in the background, and a button that is disabled while it loads.
Rectangle {
    id: page

    required property ContactStore store

    width: 320
    height: 240

    Text {
        id: title
        anchors { left: parent.left; top: parent.top; margins: 16 }
        text: qsTr("Contacts")
        font.pixelSize: 22
    }

    ListView {
        objectName: "list"
        anchors { left: parent.left; right: parent.right; top: title.bottom; bottom: save.top; margins: 16 }
        clip: true
        model: page.store.names
        delegate: Text {
            required property string modelData
            height: 28
            text: modelData
            font.pixelSize: 16
        }
    }

    BusyIndicator {
        objectName: "busy"
        anchors.centerIn: parent
        running: page.store.isLoading
    }

    Button {
        id: save
        objectName: "save"
        anchors { right: parent.right; bottom: parent.bottom; margins: 16 }
        text: qsTr("Save")
        enabled: !page.store.isLoading
        onClicked: page.store.save()
    }
}
