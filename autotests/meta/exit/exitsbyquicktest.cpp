// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A Quick Test program that leaves a thread behind.

#include "scene.h"

#include <QQmlContext>
#include <QQmlEngine>
#include <QtQuickTest>

class Stage : public QObject
{
    Q_OBJECT

public:
    Q_INVOKABLE bool play() const { return Scene::play(); }

public Q_SLOTS:
    void qmlEngineAvailable(QQmlEngine *engine) { engine->rootContext()->setContextProperty("stage", this); }
};

QUICK_TEST_MAIN_WITH_SETUP(exitsbyquicktest, Stage)
#include "exitsbyquicktest.moc"
