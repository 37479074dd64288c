// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls.Basic

// A field that asks for results 300 ms after the last key, so that not every key causes a query. Return asks at once.
TextField {
    id: field

    signal query(string text)

    placeholderText: qsTr("Search")

    onTextEdited: pause.restart()
    onAccepted: {
        pause.stop()
        field.query(text)
    }

    //! [debounce]
    Timer {
        id: pause
        interval: 300
        onTriggered: field.query(field.text)
    }
    //! [debounce]
}
