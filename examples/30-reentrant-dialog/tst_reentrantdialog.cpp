// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Re-entrancy: a function that opens a dialog is called again while the dialog is open.

#include <QSeamstressTest>

#include <QApplication>
#include <QTest>
#include <QTimer>

#include "editor.h"

class TestReentrantDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void savesTwice();
    void curedOneSavesOnce();
};

static int savesWhileItAsks(Editor::Guard guard)
{
    Editor editor(guard);
    QSeamstressBreakpoint asking("asking");
    asking.setAction([&editor, calls = 0]() mutable {
        // Called by the event loop of the dialog that is about to open.
        if (++calls == 1)
            QTimer::singleShot(0, [&editor] { editor.save(); });
        QTimer::singleShot(10, [] {
            if (auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget()))
                dialog->accept();
        });
    });
    editor.save();
    return editor.saves();
}

void TestReentrantDialog::savesTwice()
{
    QCOMPARE(savesWhileItAsks(Editor::Guard::None), 2);
}

void TestReentrantDialog::curedOneSavesOnce()
{
    QCOMPARE(savesWhileItAsks(Editor::Guard::Flag), 1);
}

QTEST_MAIN(TestReentrantDialog)
#include "tst_reentrantdialog.moc"
