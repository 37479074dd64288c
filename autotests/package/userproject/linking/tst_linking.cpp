// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Whether virtual time works depends on how a program is linked. Where it cannot work, the program says why. This program itself does not
// link QSeamstress::Scheduler.

#include <QSeamstressThread>

#include <QFileInfo>
#include <QProcess>
#include <QTest>

#include <dlfcn.h>

#include "../../../../src/scheduler/interposed_p.h"

class TestLinking : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withAClock_data();
    void withAClock();
    void asNeededWithoutAClock_data();
    void asNeededWithoutAClock();
    void staticWithoutAClock_data();
    void staticWithoutAClock();
    void noSymbolInLibQSeamstress_data();
    void noSymbolInLibQSeamstress();
    void notInterposed_data();
    void notInterposed();
    void preloaded();
    void unloaded();

private:
    void run(const QString &program, const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment());

    QString m_output;
    int m_exitCode = 0; // -1 if the program crashed or did not end
};

#ifdef QSEAMSTRESS_STATIC_DEFINE
static constexpr bool isStatic = true;
#else
static constexpr bool isStatic = false;
#endif
static constexpr int patience = 300'000; // ms; only a hang takes that long

// Runs a program of this folder.
void TestLinking::run(const QString &program, const QProcessEnvironment &environment)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setProcessEnvironment(environment);
    process.start(QCoreApplication::applicationDirPath() + '/' + program, QStringList());
    const bool hasEnded = process.waitForFinished(patience) && process.exitStatus() == QProcess::NormalExit;
    m_exitCode = hasEnded ? process.exitCode() : -1;
    m_output = process.readAll();
}

static void addWays()
{
    QTest::addColumn<QString>("way");
    for (const QString &way : QStringLiteral(WAYS).split(','))
        QTest::newRow(qPrintable(way)) << way;
}

void TestLinking::withAClock_data()
{
    addWays();
    if (isStatic)
        QTest::newRow("libcFirst") << "libcfirst";
}

void TestLinking::withAClock()
{
    QFETCH(const QString, way);
    run("clock_" + way);
    QVERIFY2(m_exitCode == 0, qPrintable(m_output));
}

void TestLinking::asNeededWithoutAClock_data()
{
    if (isStatic)
        QSKIP("The library is static.");
    addWays();
}

void TestLinking::asNeededWithoutAClock()
{
    QFETCH(const QString, way);
    run("withoutaclock_" + way);
    QVERIFY2(QFileInfo(m_output).fileName().startsWith("libQSeamstressScheduler.so"), qPrintable(m_output));
}

void TestLinking::staticWithoutAClock_data()
{
    if (!isStatic)
        QSKIP("The library is shared.");
    addWays();
}

void TestLinking::staticWithoutAClock()
{
    QFETCH(const QString, way);
    run("withoutaclock_" + way);
    QCOMPARE(QFileInfo(m_output.trimmed()).fileName(), "withoutaclock_" + way);
}

void TestLinking::noSymbolInLibQSeamstress_data()
{
    QTest::addColumn<void *>("function");
#define ADD_ROW(name) QTest::newRow(#name) << reinterpret_cast<void *>(&::name);
    QSEAMSTRESS_INTERPOSED(ADD_ROW)
#undef ADD_ROW
}

void TestLinking::noSymbolInLibQSeamstress()
{
    const QSeamstressThread thread([] {}); // so that the static library is in this program
    QFETCH(void *const, function);
    Dl_info information;
    QVERIFY(dladdr(function, &information));
    const QString file = QFileInfo(information.dli_fname).fileName();
    QVERIFY2(file == "libc.so.6" || file == "linux-vdso.so.1", qPrintable(file));
}

void TestLinking::notInterposed_data()
{
    QTest::addColumn<QString>("program");
    QTest::newRow("dlopened") << "dlopens";
    QTest::newRow("dlopened-with-RTLD_DEEPBIND") << "deepbinds";
    if (isStatic) {
        QTest::newRow("excludeLibs") << "clock_excludelibs";
    } else {
        QTest::newRow("indirectly-linked") << "indirectlylinked";
        QTest::newRow("libcFirst") << "clock_libcfirst";
    }
}

void TestLinking::notInterposed()
{
    QFETCH(const QString, program);
    run(program);
    QVERIFY2(m_exitCode == 1, qPrintable(m_output)); // the number of functions that fail
    QVERIFY2(m_output.contains("FAIL!  : TestClock::advances() Virtual time is not available: clock_gettime() is that of libc.so.6; "
                               "link QSeamstress::Scheduler to the program itself"),
             qPrintable(m_output));
}

void TestLinking::preloaded()
{
    if (isStatic)
        QSKIP("The library is static.");
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("LD_PRELOAD", SCHEDULER_PATH);
    run("dlopens", environment);
    QVERIFY2(m_exitCode == 0, qPrintable(m_output));
}

void TestLinking::unloaded()
{
    if (isStatic)
        QSKIP("The library is static.");
    run("unloads");
    QVERIFY2(m_exitCode == 0, qPrintable(m_output));
}

QTEST_GUILESS_MAIN(TestLinking)
#include "tst_linking.moc"
