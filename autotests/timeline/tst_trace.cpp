// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The file that QSEAMSTRESS_TRACE names.

#include <QSeamstressExplorer>
#include <QSeamstressTest>

#include <QtTest/QTest>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

class TestTrace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void isWholeAfterEachEvent();
    void hasEachKindOfExecutor();
    void hasAnExploration();
    void isClosedAtTheEnd();
    void cannotBeWritten();

private:
    QTemporaryDir m_folder;
};

// Set in the environment of a process that traces. The tests start this program again as that process.
static const char *const traced = "QSEAMSTRESS_TRACED";

void TestTrace::initTestCase()
{
    QVERIFY(m_folder.isValid());
}

static QJsonArray readTrace(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &error);
    if (error.error != QJsonParseError::NoError)
        qWarning("%s", qPrintable(error.errorString()));
    return document.array();
}

// Runs one test function in another process and returns the trace that it has written.
static QJsonArray traceOf(const QString &function, const QString &path, QByteArray *output = nullptr)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("QSEAMSTRESS_TRACE", path);
    environment.insert(QLatin1String(traced), "1");
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QCoreApplication::applicationFilePath(), { function });
    const qint64 id = process.waitForStarted() ? process.processId() : 0;
    if (!process.waitForFinished(-1) || process.exitCode() != 0)
        qWarning("%s", process.readAll().constData());
    else if (output)
        *output = process.readAll();
    return readTrace(QString(path).replace("%p", QString::number(id)));
}

static void verifyEvents(const QJsonArray &events)
{
    QVERIFY(!events.isEmpty());
    QHash<int, int> going;
    double last = 0;
    for (const QJsonValue &value : events) {
        const QJsonObject event = value.toObject();
        QVERIFY(event.value("name").isString());
        const QString phase = event.value("ph").toString();
        QVERIFY2(QStringList({ "M", "B", "E", "i" }).contains(phase), qPrintable(phase));
        QVERIFY(event.value("ts").isDouble()); // microseconds
        QVERIFY(event.value("ts").toDouble() >= last);
        last = event.value("ts").toDouble();
        QVERIFY(event.value("pid").toInt() > 0);
        const int track = event.value("tid").toInt();
        QVERIFY(track > 0);
        if (phase == "B")
            QCOMPARE(++going[track], 1);
        else if (phase == "E")
            QCOMPARE(--going[track], 0);
    }
    for (const int count : going)
        QCOMPARE(count, 0);
}

static int count(const QJsonArray &events, const QString &name, const QString &phase)
{
    int found = 0;
    for (const QJsonValue &value : events)
        found += value.toObject().value("name") == name && value.toObject().value("ph") == phase;
    return found;
}

void TestTrace::isWholeAfterEachEvent()
{
    if (!qEnvironmentVariableIsSet(traced)) {
        verifyEvents(traceOf("isWholeAfterEachEvent", m_folder.filePath("whole")));
        return;
    }
    QSeamstressThread thread([]() -> QSeamstressScript {
        co_yield "a \"quoted\" point";
        co_yield "b";
    });
    thread.setObjectName("script");
    QVERIFY(thread.enter());
    const QJsonArray events = readTrace(qEnvironmentVariable("QSEAMSTRESS_TRACE"));
    QCOMPARE(events.at(0).toObject().value("args").toObject().value("name"), "script");
    QCOMPARE(count(events, "paused at \"a \"quoted\" point\"", "i"), 1);
    QVERIFY(thread.exit());
}

void TestTrace::hasEachKindOfExecutor()
{
    if (!qEnvironmentVariableIsSet(traced)) {
        const QJsonArray events = traceOf("hasEachKindOfExecutor", m_folder.filePath("kinds-%p"));
        verifyEvents(events);
        QCOMPARE(count(events, "thread_name", "M"), 3);
        QCOMPARE(count(events, "running", "B"), 6);
        QCOMPARE(count(events, "paused at \"here\"", "i"), 3);
        QCOMPARE(count(events, "ended", "i"), 3);
        return;
    }
    const auto script = []() -> QSeamstressScript { co_yield "here"; };
    QSeamstressThread thread(script);
    QSeamstressTask task(script);
    QSeamstressProcess process(script);
    for (QSeamstressExecutor *const executor : std::initializer_list<QSeamstressExecutor *>{ &thread, &task, &process }) {
        QVERIFY2(executor->enter(), qPrintable(executor->errorString()));
        QVERIFY2(executor->exit(), qPrintable(executor->errorString()));
    }
}

void TestTrace::hasAnExploration()
{
    if (!qEnvironmentVariableIsSet(traced)) {
        const QJsonArray events = traceOf("hasAnExploration", m_folder.filePath("exploration"));
        verifyEvents(events);
        QCOMPARE(count(events, "thread_name", "M"), 2);
        QCOMPARE(count(events, "running", "B"), 7 * 4); // six orders and the trial run, of four steps each
        QCOMPARE(count(events, "paused at \"half\"", "i"), 7 * 2);
        return;
    }
    QSeamstressExplorer explorer;
    for (const QString name : { "A", "B" })
        explorer.addThread(name, []() -> QSeamstressScript { co_yield "half"; });
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
}

void TestTrace::isClosedAtTheEnd()
{
    if (!qEnvironmentVariableIsSet(traced)) {
        verifyEvents(traceOf("isClosedAtTheEnd", m_folder.filePath("closed")));
        return;
    }
    // One executor is never entered, and the script of the other runs until the program ends.
    QSeamstressThread refused;
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression("has no script"));
    QVERIFY(!refused.enter());
    static QSeamstressThread thread([]() -> QSeamstressScript {
        co_yield "here";
        QThread::msleep(20);
    });
    QVERIFY(thread.enter());
    thread.finish();
}

void TestTrace::cannotBeWritten()
{
    if (!qEnvironmentVariableIsSet(traced)) {
        QByteArray output;
        traceOf("cannotBeWritten", m_folder.filePath("none/file"), &output);
        QVERIFY2(output.contains("QSeamstress: QSEAMSTRESS_TRACE names a file that cannot be written: " + m_folder.filePath("none/file").toUtf8()), output.constData());
        return;
    }
    QSeamstressThread thread([] { return true; });
    QVERIFY(thread.enter());
    QVERIFY(thread.exit());
}

QTEST_MAIN(TestTrace)
#include "tst_trace.moc"
