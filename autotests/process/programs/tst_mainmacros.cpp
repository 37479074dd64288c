// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Programs with a main() of QTest, from the macro TEST_MAIN: without a GUI, with windows, or with widgets, depending on the libraries.

#include <QSeamstressTest>

#include <QTest>

#ifdef QT_GUI_LIB
#include <QGuiApplication>
#include <QWindow>
#endif
#ifdef QT_WIDGETS_LIB
#include <QApplication>
#include <QDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#endif

#include "arrivals.h"

class TestMainMacros : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void runsTheScriptInPlaceOfTheTests();
    void hasTheApplicationOfTheTest();
#ifdef QT_GUI_LIB
    void showsAWindow();
#endif
#ifdef QT_WIDGETS_LIB
    void opensADialog();
#endif
};

void TestMainMacros::initTestCase()
{
    Arrivals::note();
}

void TestMainMacros::cleanup()
{
    QCOMPARE(Arrivals::count(), 1);
}

void TestMainMacros::runsTheScriptInPlaceOfTheTests()
{
    QSEAMSTRESS_PROCESS(other, []() -> QSeamstressScript {
        co_yield QSeamstress::Pause("in place of the tests", QTest::currentTestFunction() == nullptr);
        co_yield "and once more";
    });
    QCOMPARE(other.pausePoint(), "in place of the tests");
    QCOMPARE(other.pauseValue(), QVariant(true));
    QSEAMSTRESS_ADVANCE(other);
    QSEAMSTRESS_EXIT(other);
}

void TestMainMacros::hasTheApplicationOfTheTest()
{
    QSEAMSTRESS_PROCESS(other, []() -> QSeamstressScript {
        const QString application = QString::fromLatin1(QCoreApplication::instance()->metaObject()->className());
        co_yield QSeamstress::Pause("seen", application);
    });
    QCOMPARE(other.pauseValue().toString(), APPLICATION);
    QCOMPARE(QCoreApplication::instance()->metaObject()->className(), APPLICATION);
    QSEAMSTRESS_EXIT(other);
}

#ifdef QT_GUI_LIB
void TestMainMacros::showsAWindow()
{
    QSEAMSTRESS_PROCESS(other, []() -> QSeamstressScript {
        QWindow window;
        window.setTitle("of another process");
        window.show();
        if (!QTest::qWaitForWindowExposed(&window))
            throw std::runtime_error("the window did not appear");
        const QVariant seen = QStringList{ window.title(), QGuiApplication::platformName() };
        co_yield QSeamstress::Pause("shown", seen);
    });
    QCOMPARE(other.pauseValue().toStringList(), QStringList({ "of another process", QGuiApplication::platformName() }));
    QSEAMSTRESS_EXIT(other);
}
#endif

#ifdef QT_WIDGETS_LIB
void TestMainMacros::opensADialog()
{
    QSEAMSTRESS_PROCESS(other, []() -> QSeamstressScript {
        QDialog dialog;
        QVBoxLayout layout(&dialog);
        QLineEdit name;
        QPushButton accept("Accept");
        layout.addWidget(&name);
        layout.addWidget(&accept);
        QObject::connect(&accept, &QPushButton::clicked, &dialog, &QDialog::accept);
        dialog.show();
        if (!QTest::qWaitForWindowActive(&dialog))
            throw std::runtime_error("the dialog did not come to the front");
        name.setFocus();
        QTest::keyClicks(&name, "alice");
        co_yield QSeamstress::Pause("open", name.text());
        QTest::mouseClick(&accept, Qt::LeftButton);
        co_yield QSeamstress::Pause("closed", dialog.result());
    });
    QCOMPARE(other.pauseValue().toString(), "alice");
    QSEAMSTRESS_ADVANCE(other);
    QCOMPARE(other.pauseValue().toInt(), int(QDialog::Accepted));
    QSEAMSTRESS_EXIT(other);
}
#endif

TEST_MAIN(TestMainMacros)
#include "tst_mainmacros.moc"
