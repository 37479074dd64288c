// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Runs the QML tests of this folder, with the C++ configs that they use.

#include <QSeamstressProcess>

#include <QCoreApplication>
#include <QLockFile>
#include <QQmlEngine>
#include <QTemporaryDir>
#include <QtQuickTest>

#include "lockhogger.h"
#include "worker.h"

// Lets a test check the lock independently of the library.
class Locks : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QString path READ path CONSTANT)

public:
    QString path() const { return m_folder.filePath("lock"); }
    Q_INVOKABLE bool isFree() const
    {
        QLockFile lock(path());
        return lock.tryLock();
    }
    Q_INVOKABLE bool isThisProcess(qint64 processId) const { return processId == QCoreApplication::applicationPid(); }

private:
    const QTemporaryDir m_folder;
};

class Setup : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void qmlEngineAvailable(QQmlEngine *engine)
    {
        QSeamstressProcess::registerConfig<LockHogger>();
        engine->addImportPath(QML_MODULES_PATH);
        qmlRegisterType<LockHogger>("Configs", 1, 0, "LockHogger");
        qmlRegisterType<SlotUser>("Configs", 1, 0, "SlotUser");
        qmlRegisterType<Locks>("Configs", 1, 0, "Locks");
        qmlRegisterType<Worker>("Configs", 1, 0, "Worker");
    }
};

QUICK_TEST_MAIN_WITH_SETUP(qml, Setup)
#include "tst_qml.moc"
