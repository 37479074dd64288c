// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Runs a QML test of this folder in a program that links the Scheduler. The command line says which one.

#include <QQmlEngine>
#include <QtQuickTest>

class Setup : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void qmlEngineAvailable(QQmlEngine *engine) { engine->addImportPath(QML_MODULES_PATH); }
};

QUICK_TEST_MAIN_WITH_SETUP(qmlclock, Setup)
#include "tst_qmlclock.moc"
