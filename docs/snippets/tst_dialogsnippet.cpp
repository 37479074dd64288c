// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A task whose step opens a dialog.

#include <QSeamstressTest>

#include <QApplication>
#include <QDialog>
#include <QTest>
#include <QTimer>

class TestDialogSnippet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksInADialog();
};

static int ask(QDialog &dialog)
{
    return dialog.exec();
}

void TestDialogSnippet::asksInADialog()
{
    //! [dialog]
    QDialog dialog;
    QSeamstressTask task([&dialog]() -> QSeamstressScript {
        // The timer fires in the event loop of the dialog.
        QTimer::singleShot(0, &dialog, &QDialog::reject);
        const int answer = ask(dialog);
        co_yield QSeamstress::Pause("asked", answer);
    });
    QVERIFY2(task.enter(), qPrintable(task.errorString()));
    QCOMPARE(task.pauseValue().toInt(), int(QDialog::Rejected));
    //! [dialog]
}

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    TestDialogSnippet test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_dialogsnippet.moc"
