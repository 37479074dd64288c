// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A step of a task that runs a nested event loop: no verb can return before that ends, so the problem has to be reported while it runs.

#include <QSeamstressExplorer>
#include <QSeamstressTest>

#include <QApplication>
#include <QDialog>
#include <QEventLoop>
#include <QTest>
#include <QTimer>

#include <functional>

#include "../shared/overheardmessage.h"
#include "../shared/shortpatience.h"

using namespace std::chrono_literals;

class TestNestedEventLoops : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nestedLoopInATask_data();
    void nestedLoopInATask();
    void nestedLoopInAnExplorer_data();
    void nestedLoopInAnExplorer();
    void isNotToldOfALaterStep();
};

// Records failures; the first one ends the loop.
class FailuresThatEndALoop
{
public:
    FailuresThatEndALoop()
    {
        QSeamstress::setFailureHandler([this](const QString &message, const char *, int) {
            m_messages.append(message);
            if (m_end)
                m_end();
        });
    }
    ~FailuresThatEndALoop() { QSeamstress::setFailureHandler(nullptr); }
    Q_DISABLE_COPY_MOVE(FailuresThatEndALoop)

    void runEventLoop(const QString &kind)
    {
        if (kind == "dialog") {
            QDialog dialog;
            run(dialog, &QDialog::reject, [&] { dialog.exec(); });
        } else if (kind == "dialog-that-is-opened") {
            QDialog dialog;
            QEventLoop loop;
            QObject::connect(&dialog, &QDialog::finished, &loop, &QEventLoop::quit);
            dialog.open();
            run(dialog, &QDialog::accept, [&] { loop.exec(); });
        } else if (kind == "QTest::qWait") {
            bool isOver = false;
            m_end = [&isOver] { isOver = true; };
            static_cast<void>(QTest::qWaitFor([&isOver] { return isOver; }, 60'000));
        } else if (kind == "processEvents") {
            bool isOver = false;
            m_end = [&isOver] { isOver = true; };
            while (!isOver)
                QCoreApplication::processEvents();
        } else {
            QEventLoop loop;
            run(loop, &QEventLoop::quit, [&] { loop.exec(kind == "QEventLoop-without-user-input" ? QEventLoop::ExcludeUserInputEvents : QEventLoop::AllEvents); });
        }
        m_end = {};
    }
    const QStringList &messages() const { return m_messages; }

private:
    template <class Object>
    void run(Object &object, void (Object::*end)(), const std::function<void()> &exec)
    {
        m_end = [&object, end] { (object.*end)(); };
        exec();
    }

    QStringList m_messages;
    std::function<void()> m_end;
};

void TestNestedEventLoops::nestedLoopInATask_data()
{
    QTest::addColumn<QString>("loop");
    QTest::addColumn<QString>("verb");
    for (const char *loop : { "QEventLoop", "QEventLoop-without-user-input", "dialog", "dialog-that-is-opened", "QTest::qWait", "processEvents" })
        QTest::addRow("%s", loop) << loop << "enter";
    for (const char *verb : { "start", "advance", "runTo", "resume", "exit", "finish" })
        QTest::addRow("dialog-in-%s", verb) << "dialog" << verb;
}

static bool isInTheFirstStep(const QString &verb)
{
    return verb == "enter" || verb == "start";
}

void TestNestedEventLoops::nestedLoopInATask()
{
    QFETCH(const QString, loop);
    QFETCH(const QString, verb);

    const ShortPatience patience(1); // nothing here needs longer even where time-outs are scaled
    FailuresThatEndALoop failures;
    OverheardMessage warning("has been running a nested event loop");
    QSeamstressTask task([&]() -> QSeamstressScript {
        if (isInTheFirstStep(verb))
            failures.runEventLoop(loop);
        co_yield "first";
        if (!isInTheFirstStep(verb))
            failures.runEventLoop(loop);
        co_yield "second";
    });
    task.setObjectName("asker");
    task.setPauseTimeout(100);
    task.setTimeout(100);
    const auto waitHere = [&task] {
        QEventLoop here;
        connect(&task, &QSeamstressExecutor::paused, &here, &QEventLoop::quit);
        connect(&task, &QSeamstressExecutor::finished, &here, &QEventLoop::quit);
        here.exec();
        return true;
    };
    bool ok = true;
    if (verb == "start") {
        task.start();
        ok = waitHere();
    } else {
        // The task has paused when the verb returns, even if that is late.
        ok = task.enter();
        if (verb == "advance")
            ok = task.advance() && ok;
        else if (verb == "runTo")
            ok = task.runTo("second") && ok;
        else if (verb == "exit")
            ok = task.exit() && ok;
        else if (verb == "resume")
            task.resume();
        else if (verb == "finish")
            task.finish();
        if (verb == "resume" || verb == "finish")
            waitHere();
    }
    QVERIFY2(ok, qPrintable(task.errorString()));
    QCOMPARE(failures.messages().size(), 1);
    const QString reached = isInTheFirstStep(verb) ? QString("It has reached no pause point so far.") : QString("It has reached \"first\"; the last was \"first\".");
    const QRegularExpression text("^\"asker\" has been running a nested event loop in one step for \\d+ ms. " + reached
                                  + " A verb that waits for the script returns only after that loop has ended. End the loop with a timer started beforehand, or make the script co_await what it waits for.\nTimeline:\n");
    QVERIFY2(text.match(failures.messages().first()).hasMatch(), qPrintable(failures.messages().first()));
    QVERIFY2(warning.text().startsWith("QSeamstressTask: \"asker\" has been running a nested event loop"), qPrintable(warning.text()));
    QVERIFY(task.phase() == QSeamstressExecutor::Finished || task.exit());
}

void TestNestedEventLoops::nestedLoopInAnExplorer_data()
{
    QTest::addColumn<QString>("loop");
    QTest::addColumn<bool>("isQueued");
    QTest::newRow("QEventLoop") << "QEventLoop" << false;
    QTest::newRow("dialog") << "dialog" << false;
    QTest::newRow("dialog-by-a-call-of-a-thread") << "dialog" << true;
}

void TestNestedEventLoops::nestedLoopInAnExplorer()
{
    QFETCH(const QString, loop);
    QFETCH(const bool, isQueued);
    if (isQueued && !QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");

    FailuresThatEndALoop failures;
    OverheardMessage warning("has been in a nested event loop");
    QObject receiver;
    QSeamstressExplorer explorer;
    explorer.addTask("asker", [&]() -> QSeamstressScript {
        if (!isQueued)
            failures.runEventLoop(loop);
        co_return;
    });
    explorer.addThread("caller", [&] {
        if (isQueued)
            QMetaObject::invokeMethod(&receiver, [&] { failures.runEventLoop(loop); }, Qt::BlockingQueuedConnection);
    });
    explorer.setTimeout(100ms);
    static_cast<void>(explorer.run({}));
    QCOMPARE(failures.messages().size(), 1);
    const QString who = isQueued ? "a call that a script queued to an object in the explorer's thread" : "a step of \"asker\"";
    QVERIFY2(failures.messages().first().startsWith("QSeamstressExplorer: " + who + " has been in a nested event loop for longer than the time of setTimeout()."), qPrintable(failures.messages().first()));
    QVERIFY2(warning.text().startsWith("QSeamstressExplorer: " + who), qPrintable(warning.text()));
}

// What was to be reported about a step that is over is not reported about the next one.
void TestNestedEventLoops::isNotToldOfALaterStep()
{
    int failures = 0;
    QSeamstress::setFailureHandler([&failures](const QString &, const char *, int) { ++failures; });
    const auto handleAsBefore = qScopeGuard([] { QSeamstress::setFailureHandler(nullptr); });
    QSeamstressTask task([]() -> QSeamstressScript {
        // The nested event loop runs, and after that none does, while the watchdog checks.
        QCoreApplication::processEvents();
        for (const QDeadlineTimer end(150, Qt::PreciseTimer); !end.hasExpired();) { }
        co_yield "first";
        QCoreApplication::processEvents();
        co_yield "second";
    });
    task.setPauseTimeout(100);
    task.start();
    QTRY_COMPARE(task.pausePoint(), "first");
    task.resume();
    QTRY_COMPARE(task.pausePoint(), "second");
    QCOMPARE(failures, 0);
}

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    TestNestedEventLoops test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_nestedeventloops.moc"
