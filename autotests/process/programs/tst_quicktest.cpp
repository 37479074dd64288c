// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A Quick Test program. It runs tst_quicktest.qml, which enters a process.

#include <QSeamstressTest>

#include <QQmlContext>
#include <QQmlEngine>
#include <QtQuickTest>

#include "arrivals.h"

class Setup : public QObject
{
    Q_OBJECT

public:
    Setup()
    {
        other.setObjectName("other");
        other.setScript([]() -> QSeamstressScript {
            co_yield QSeamstress::Pause("first", QGuiApplication::platformName());
            co_yield "second";
        });
    }

    Q_INVOKABLE int countArrivals() const { return Arrivals::count(); }

public Q_SLOTS:
    void applicationAvailable() { Arrivals::note(); }
    void qmlEngineAvailable(QQmlEngine *engine)
    {
        engine->rootContext()->setContextProperty("other", &other);
        engine->rootContext()->setContextProperty("setup", this);
    }

private:
    QSeamstressProcess other;
};

QUICK_TEST_MAIN_WITH_SETUP(quicktest, Setup)
#include "tst_quicktest.moc"
