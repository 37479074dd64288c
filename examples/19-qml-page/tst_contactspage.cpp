// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Runs the test in QML, with the C++ types of the application and the config of the test.

#include <QQmlEngine>
#include <QtQuickTest>

#include "contactstore.h"
#include "storehogger.h"

// Where to save a screenshot of the page; nowhere by default.
class Screenshot : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QString path READ path CONSTANT)

public:
    QString path() const { return qEnvironmentVariable("QSEAMSTRESS_SCREENSHOT"); }
};

class Setup : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void qmlEngineAvailable(QQmlEngine *engine)
    {
        engine->addImportPath(QML_MODULES_PATH);
        qmlRegisterType<ContactStore>("Contacts", 1, 0, "ContactStore");
        qmlRegisterType<StoreHogger>("Contacts", 1, 0, "StoreHogger");
        qmlRegisterSingletonType<Screenshot>("Contacts", 1, 0, "Screenshot", [](QQmlEngine *, QJSEngine *) { return new Screenshot; });
    }
};

QUICK_TEST_MAIN_WITH_SETUP(contactspage, Setup)
#include "tst_contactspage.moc"
