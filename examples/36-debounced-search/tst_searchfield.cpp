// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Runs the test in QML, in a program that links the Scheduler.

#include <QQmlEngine>
#include <QtQuickTest>

class Setup : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void qmlEngineAvailable(QQmlEngine *engine) { engine->addImportPath(QML_MODULES_PATH); }
};

QUICK_TEST_MAIN_WITH_SETUP(searchfield, Setup)
#include "tst_searchfield.moc"
