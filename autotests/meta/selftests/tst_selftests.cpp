// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The output of failing tests. Runs small programs that fail, and compares their output with the file in this directory that has the
// name of the row. To update these files, run this test with QSEAMSTRESS_UPDATE_SELFTESTS=1, and review the difference.

#include <QSeamstressThread>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

class TestSelftests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void output_data();
    void output();
    void everyFileHasARow();
};

static QDir filesDirectory()
{
    return QDir(OUTPUTS_DIR);
}

struct Row
{
    const char *name;
    const char *program;
    QStringList arguments;
    int exitCode; // for QTest, the number of functions that failed
    const char *timeline = "";
    bool showsActivity = false; // the activity of a script is always the same, where the system reports it
    const char *format = "txt"; // for the option -o of QTest
};

static constexpr int crashed = -1;
static constexpr char junitXml[] = "junitxml";

static QList<Row> allRows()
{
    const auto verb = [](const char *name, const char *function) -> Row { return { name, FAILINGVERBS_PATH, { function, "nothingIsLeft" }, 1 }; };
    const auto scope = [](const char *name, const char *function, int failures) -> Row {
        return { name, FAILINGSCOPES_PATH, { function, "nothingIsLeft" }, failures };
    };
    const QStringList passing{ "twoScriptsPass" };
    const QStringList both{ "twoScriptsPass", "twoScriptsFail" };
    return {
        verb("enter-throws", "enterThrows"),
        verb("enter-set-up-fails", "enterFailsToSetUp"),
        verb("enter-times-out", "enterTimesOut"),
        verb("advance-never-pauses", "advanceNeverPauses"),
        verb("advance-times-out", "advanceTimesOut"),
        verb("run-to-never-comes", "runToNeverComes"),
        { "run-to-is-blocked", FAILINGVERBS_PATH, { "runToIsBlocked", "nothingIsLeft" }, 1, "", true },
        verb("exit-tear-down-fails", "exitFailsToTearDown"),
        verb("exit-times-out", "exitTimesOut"),
        verb("misused-verb", "misusedVerb"),
        verb("error-of-several-lines", "errorOfSeveralLines"),
        verb("executor-deleted-in-a-slot", "executorDeletedInASlot"),

        scope("thread-fails-at-enter", "threadFailsAtEnter", 1),
        scope("thread-fails-at-its-end", "threadFailsAtItsEnd", 1),
        scope("error-that-nobody-saw", "errorThatNobodySaw", 1),
        scope("error-that-was-read", "errorThatWasRead", 0),
        scope("body-fails", "bodyFails", 1),
        scope("body-skips", "bodySkips", 0),
        scope("body-throws-and-is-caught", "bodyThrowsAndIsCaught", 0),
        scope("body-returns-early", "bodyReturnsEarly", 0),
        scope("body-fails-and-so-does-the-script", "bodyFailsAndSoDoesTheScript", 1),
        scope("body-fails-into-freed-objects", "bodyFailsIntoFreedObjects", 1),
        scope("body-skips-and-the-script-fails", "bodySkipsAndTheScriptFails", 0), // QTest does not count failures after QSKIP
        { "body-throws", FAILINGSCOPES_PATH, { "bodyThrows" }, crashed },

        { "body-ends-in-each-phase", FAILINGPHASES_PATH, {}, 7, "never" }, // the timeline of a running script varies

        { "timeline-of-a-test-that-passes", TIMELINES_PATH, passing, 0 },
        { "timeline-of-a-test-that-passes-always", TIMELINES_PATH, passing, 0, "always" },
        { "timeline-of-a-test-that-fails", TIMELINES_PATH, both, 1 },
        { "timeline-of-a-test-that-fails-always", TIMELINES_PATH, both, 1, "always" },
        { "timeline-of-a-test-that-fails-never", TIMELINES_PATH, both, 1, "never" },
        { "timeline-that-is-long", TIMELINES_PATH, { "moreEventsThanAreShown" }, 1 },
        { "timeline-with-long-names", TIMELINES_PATH, { "longNames" }, 1 },
        { "timeline-after-another-test", TIMELINES_PATH, { "moreEventsThanAreShown", "afterAnotherTest", "beforeAnyEvent" }, 3 },
        { "timeline-in-junit-xml", TIMELINES_PATH, both, 1, "", false, junitXml },
        { "timeline-in-tap", TIMELINES_PATH, both, 1, "", false, "tap" },

        { "order-that-fails", FAILINGEXPLORERS_PATH, { "losesMoney" }, 1 },
        { "order-that-fails-in-junit-xml", FAILINGEXPLORERS_PATH, { "losesMoney" }, 1, "", false, junitXml },
        { "order-that-fails-in-tap", FAILINGEXPLORERS_PATH, { "losesMoney" }, 1, "", false, "tap" },
        { "order-that-is-long", FAILINGEXPLORERS_PATH, { "manySteps" }, 1 },

        { "handler-that-prints", FAILUREHANDLERS_PATH, { "thatPrints" }, 0 },
        { "handler-that-throws", FAILUREHANDLERS_PATH, { "thatThrows" }, 0 },
        { "handler-that-is-reset", FAILUREHANDLERS_PATH, { "thatIsReset" }, 1 },

        { "static-executor", STATICEXECUTOR_PATH, { "isLeftHalted" }, 0 },
        { "static-executor-with-a-handler", STATICEXECUTOR_PATH, { "isLeftHaltedWithAHandler" }, 0 },
        { "without-qtest", WITHOUTQTEST_PATH, {}, 0 },
    };
}

void TestSelftests::output_data()
{
    QTest::addColumn<Row>("row");
    for (const QList<Row> rows = allRows(); const Row &row : rows)
        QTest::newRow(row.name) << row;
}

// Replaces file and line with the text of that line: it shows what is blamed, and does not change when lines move.
static QString withSourceLines(QString text)
{
    static const QRegularExpression location(QStringLiteral(R"(Loc: \[(.+)\((\d+)\)\])"));
    for (QRegularExpressionMatch match; (match = location.match(text)).hasMatch();) {
        QString line = match.captured(1);
        QFile file(line);
        if (file.open(QIODevice::ReadOnly))
            line = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n')).value(match.captured(2).toInt() - 1).trimmed();
        text.replace(match.capturedStart(), match.capturedLength(), QStringLiteral("At: %1").arg(line));
    }
    return text;
}

// Masks everything that differs between runs and between machines.
static QString masked(QString text, bool showsActivity)
{
    static const QRegularExpression activity(QStringLiteral(R"(Now it .+?\.(?= )|This system does not report what it is doing now\.)"));
    static const std::pair<QRegularExpression, QString> masks[] = {
        { QRegularExpression(QStringLiteral("Config: Using QtTest.*")), QStringLiteral("Config: ...") },
        { QRegularExpression(QStringLiteral(R"(( (timestamp|hostname|time|value)=")[^"]*")")), QStringLiteral(R"(\1...")") },
        { QRegularExpression(QStringLiteral(R"(\b\d+ ?ms\b)")), QStringLiteral("... ms") },
        { QRegularExpression(QStringLiteral(R"(\b0x[0-9a-f]+\b)")), QStringLiteral("0x...") },
        // The location of a failure, in TAP.
        { QRegularExpression(QStringLiteral(R"(/\S+/(main\.cpp))")), QStringLiteral(".../\\1") },
        { QRegularExpression(QStringLiteral(R"((main\.cpp:|line: )\d+)")), QStringLiteral("\\1...") },
        // The rest is printed by QTest and the C++ library.
        { QRegularExpression(QStringLiteral(R"(FAIL!  : \S+ Caught unhandled exception[\s\S]*)")), QStringLiteral("(The exception ends the program.)\n") },
    };
    text = withSourceLines(text);
    for (const auto &[pattern, replacement] : masks)
        text.replace(pattern, replacement);
    if (!showsActivity)
        text.replace(activity, QStringLiteral("(What it does now.)"));
    return text;
}

static QString errorOfXml(const QByteArray &xml)
{
    QXmlStreamReader reader(xml);
    while (!reader.atEnd())
        reader.readNext();
    return reader.errorString();
}

static QProcessEnvironment cleanEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QStringList names = environment.keys();
    for (const QString &name : names) {
        if (name.startsWith(QLatin1String("QSEAMSTRESS_")) || name.startsWith(QLatin1String("QT_")) || name.startsWith(QLatin1String("QTEST_")))
            environment.remove(name);
    }
    environment.insert(QStringLiteral("QT_FORCE_STDERR_LOGGING"), QStringLiteral("1")); // instead of the system's journal
    static constexpr char throwOnFail[] = "QTEST_THROW_ON_FAIL"; // must not change the output
    if (qEnvironmentVariableIsSet(throwOnFail))
        environment.insert(QLatin1String(throwOnFail), qEnvironmentVariable(throwOnFail));
    return environment;
}

void TestSelftests::output()
{
    QFETCH(const Row, row);
    if (row.showsActivity && !QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");

    QProcessEnvironment environment = cleanEnvironment();
    if (*row.timeline)
        environment.insert(QStringLiteral("QSEAMSTRESS_TIMELINE"), QString::fromUtf8(row.timeline));
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QString::fromUtf8(row.program), QStringList({ "-nocrashhandler", "-o", QStringLiteral("-,") + QLatin1String(row.format) }) + row.arguments);
    QVERIFY2(process.waitForFinished(-1), qPrintable(process.errorString()));
    const QByteArray printed = process.readAll();
    if (row.format == junitXml)
        QCOMPARE(errorOfXml(printed), QString());
    const QString text = QString::fromUtf8(printed).replace(QString::fromUtf8(row.program), QLatin1String("./program"));
    const QString output = masked(text, row.showsActivity);

    QFile file(filesDirectory().filePath(QString::fromUtf8(row.name) + QStringLiteral(".txt")));
    if (qEnvironmentVariableIsSet("QSEAMSTRESS_UPDATE_SELFTESTS")) {
        QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
        file.write(output.toUtf8());
        file.close();
    }
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName() + QStringLiteral(": ") + file.errorString()));
    const QStringList lines = output.split(QLatin1Char('\n'));
    const QStringList expected = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
    for (qsizetype i = 0; i < qMax(lines.size(), expected.size()); ++i) {
        QVERIFY2(lines.value(i) == expected.value(i),
                 qPrintable(QStringLiteral("line %1 is\n   %2\ninstead of\n   %3\nin\n%4").arg(i + 1).arg(lines.value(i), expected.value(i), output)));
    }
    QCOMPARE(lines.size(), expected.size());
    QCOMPARE(process.exitStatus() == QProcess::CrashExit ? crashed : process.exitCode(), row.exitCode);
}

void TestSelftests::everyFileHasARow()
{
    QStringList files = filesDirectory().entryList({ "*.txt" });
    for (const QList<Row> rows = allRows(); const Row &row : rows)
        QVERIFY2(files.removeOne(QString::fromUtf8(row.name) + QStringLiteral(".txt")), row.name);
    QCOMPARE(files, QStringList());
}

QTEST_GUILESS_MAIN(TestSelftests)
#include "tst_selftests.moc"
