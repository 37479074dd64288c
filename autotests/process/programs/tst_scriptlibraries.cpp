// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Scripts in shared libraries of a test: a library that it links, one that it loads before it creates its QCoreApplication, and one that
// it loads too late, when a child process already runs its script.

#include <QSeamstressTest>

#include <QLibrary>
#include <QTest>

#include "arrivals.h"

class TestScriptLibraries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void findsScripts_data();
    void findsScripts();
    void comesTooLate_data();
    void comesTooLate();
};

using MakeProcess = QSeamstressProcess *(*)(const char *);
extern "C" QSeamstressProcess *processOfLibrary(const char *form); // of the linked library

static MakeProcess loaded(const char *path)
{
    const auto make = reinterpret_cast<MakeProcess>(QLibrary::resolve(path, "processOfLibrary"));
    if (!make)
        qFatal("cannot load %s", path);
    return make;
}

static MakeProcess loadedBefore = nullptr;

void TestScriptLibraries::initTestCase()
{
    Arrivals::note();
}

void TestScriptLibraries::cleanup()
{
    QCOMPARE(Arrivals::count(), 1);
}

void TestScriptLibraries::findsScripts_data()
{
    QTest::addColumn<MakeProcess>("makeProcess");
    QTest::addColumn<QByteArray>("form");
    QTest::addColumn<QString>("point");
    for (const char *form : { "function", "config", "lambda" }) {
        QTest::addRow("linked-%s", form) << &processOfLibrary << QByteArray(form) << "linkedscripts";
        QTest::addRow("loaded-%s", form) << loadedBefore << QByteArray(form) << "loadedscripts";
    }
}

void TestScriptLibraries::findsScripts()
{
    QFETCH(const MakeProcess, makeProcess);
    QFETCH(const QByteArray, form);
    QFETCH(const QString, point);
    const std::unique_ptr<QSeamstressProcess> process(makeProcess(form.constData()));
    QVERIFY2(process->enter(), qPrintable(process->errorString()));
    QCOMPARE(process->pausePoint(), point);
    QVERIFY2(process->exit(), qPrintable(process->errorString()));
}

void TestScriptLibraries::comesTooLate_data()
{
    QTest::addColumn<QByteArray>("form");
    QTest::addColumn<QString>("text");
    const QString cure = QStringLiteral("a library that contains %1 must be linked, or loaded before the QCoreApplication is created.");
    const QString script = QStringLiteral("\"other\" cannot run its script in another process: ");
    QTest::newRow("function") << QByteArray("function") << script + "that process does not contain its function; " + cure.arg("it");
    QTest::newRow("lambda") << QByteArray("lambda") << script + "it is not registered in that process; " + cure.arg("scripts");
    QTest::newRow("config") << QByteArray("config") << "\"other\" cannot run its config in another process: it is not registered in that process; " + cure.arg("scripts");
}

void TestScriptLibraries::comesTooLate()
{
    QFETCH(const QByteArray, form);
    QFETCH(const QString, text);
    const std::unique_ptr<QSeamstressProcess> process(loaded(LATESCRIPTS_PATH)(form.constData()));
    process->setObjectName("other");
    QVERIFY(!process->enter());
    QCOMPARE(process->error().code(), QSeamstressError::UnknownScript);
    QCOMPARE(process->errorString(), text);
}

int main(int argc, char **argv)
{
    loadedBefore = loaded(LOADEDSCRIPTS_PATH);
    QCoreApplication application(argc, argv);
    TestScriptLibraries test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_scriptlibraries.moc"
