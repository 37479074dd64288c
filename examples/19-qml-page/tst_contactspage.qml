// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

import QtQuick
import QtTest
import QSeamstress
import Contacts

Item {
    width: page.width
    height: page.height

    ContactStore {
        id: store
    }

    ContactsPage {
        id: page
        store: store
    }

    //! [hogger]
    SeamstressThread {
        id: hogger
        objectName: "hogger"
        config: StoreHogger {
            store: store
        }
    }
    //! [hogger]

    TestCase {
        name: "ContactsPage"
        when: windowShown

        //! [test]
        function test_cannotBeSavedWhileItLoads() {
            const save = findChild(page, "save")
            const busy = findChild(page, "busy")

            verify(hogger.enter(), hogger.errorString)
            store.load() // waits for as long as the hogger is paused
            verify(busy.running)
            verify(!save.enabled)
            mouseClick(save)
            compare(store.saves, 0)
            takeScreenshot(busy)
            verify(hogger.exit(), hogger.errorString)

            tryCompare(findChild(page, "list"), "count", 3)
            verify(!busy.running)
            mouseClick(save)
            compare(store.saves, 1)
        }
        //! [test]

        // For the screenshot in the documentation.
        function takeScreenshot(busy) {
            if (Screenshot.path === "")
                return
            tryCompare(busy.contentItem, "opacity", 1) // it fades in
            grabImage(page).save(Screenshot.path)
        }
    }
}
