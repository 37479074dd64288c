// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Uses each template and each macro of the public headers. A compiler checks a template fully only where it is used.

#include <QSeamstressConfig>
#include <QSeamstressError>
#include <QSeamstressException>
#include <QSeamstressExecutor>
#include <QSeamstressExplorer>
#include <QSeamstressNamespace>
#include <QSeamstressPausePoint>
#include <QSeamstressProcess>
#include <QSeamstressScript>
#include <QSeamstressTask>
#include <QSeamstressTest>
#include <QSeamstressThread>

#include <QtCore/QDataStream>
#include <QtCore/QFuture>
#include <QtCore/QLockFile>
#include <QtCore/QMutex>
#include <QtCore/QReadWriteLock>
#include <QtCore/QScopeGuard>
#include <QtCore/QSystemSemaphore>
#include <QtCore/QWaitCondition>

#include <atomic>
#include <barrier>
#include <chrono>
#include <condition_variable>
#include <coroutine>
#include <functional>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <stdexcept>
#include <string>

using namespace std::chrono_literals;

// The kinds of exceptions that can be sent between processes.
class TextError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

class QtTextError : public std::exception
{
public:
    explicit QtTextError(const QString &text)
        : m_text(text.toUtf8())
    {
    }
    const char *what() const noexcept override { return m_text.constData(); }

private:
    QByteArray m_text;
};

struct CodeError
{
    int code = 0;
};
static QDataStream &operator<<(QDataStream &stream, const CodeError &error)
{
    return stream << error.code;
}
static QDataStream &operator>>(QDataStream &stream, CodeError &error)
{
    return stream >> error.code;
}

// Awaitables as other libraries have them: an awaiter, one with a member operator, and one with a free operator.
template <class Result>
struct Awaiter
{
    Result result;
    bool await_ready() const noexcept { return true; }
    void await_suspend(std::coroutine_handle<>) const noexcept { }
    Result await_resume() const { return result; }
};
template <>
struct Awaiter<void>
{
    bool await_ready() const noexcept { return true; }
    void await_suspend(std::coroutine_handle<>) const noexcept { }
    void await_resume() const noexcept { }
};
struct WithMemberOperator
{
    Awaiter<void> operator co_await() const noexcept { return {}; }
};
struct WithFreeOperator
{
};
static Awaiter<int> operator co_await(WithFreeOperator)
{
    return { 1 };
}

class Config : public QSeamstressConfig
{
public:
    void setUp() override { }
    void tearDown() override { }
    QSeamstressScript script() override { co_yield "in the config"; }
};

static QSeamstressScript subScript(int &sum)
{
    co_yield QStringLiteral("in the sub-script");
    sum += 1;
}

static QSeamstressScript everyAwait(QFuture<int> number, QFuture<void> nothing, QFuture<std::unique_ptr<int>> moveOnly)
{
    int sum = 0;
    co_yield "a literal";
    co_yield QStringLiteral("a string");
    co_yield { "with a value", 5 };
    co_yield { QStringLiteral("with a value"), QStringLiteral("text") };
    co_yield {};
    co_await subScript(sum);
    sum += co_await number;
    co_await nothing;
    sum += *co_await moveOnly;
    co_await Awaiter<void>{};
    sum += co_await Awaiter<int &>{ sum };
    Awaiter<int> awaiter{ 2 };
    sum += co_await awaiter;
    co_await WithMemberOperator{};
    sum += co_await WithFreeOperator{};
}

static void plainFunction()
{
    QSeamstress::pause();
    QSeamstress::pause("named");
    QSeamstress::pause("with a value", 5);
    QSEAMSTRESS_PAUSE_POINT("of production code");
}

static QSeamstressScript scriptWithArguments(QString path, int count)
{
    for (int i = 0; i < count; ++i)
        co_yield path;
}

static bool refuse()
{
    return QSeamstress::isInScript();
}

template <class Executor>
static void everyVerb(Executor &executor)
{
    executor.setTimeout(1000);
    executor.setTimeout(1s);
    executor.setPauseTimeout(1s);
    executor.setConfig(std::make_shared<Config>());
    const QDeadlineTimer deadline(1s);
    static_cast<void>(executor.enter() && executor.advance(deadline) && executor.runTo(QStringLiteral("point")) && executor.exit());
    static_cast<void>(executor.waitForPaused() && executor.waitForFinished(deadline));
    static_cast<void>(executor.during([] { }));
    static_cast<void>(executor.during(plainFunction));
    if (executor.error())
        executor.error().raise();
}

template <class Executor>
static void everyScript()
{
    QMutex mutex;
    const QReadWriteLock readWriteLock;
    Executor withoutScript;
    Executor coroutine([] { return everyAwait({}, {}, {}); });
    Executor lambdaCoroutine([]() -> QSeamstressScript { co_yield "in a lambda"; });
    Executor guard([&] { return QMutexLocker(&mutex); });
    Executor scopeGuard([&] {
        mutex.lock();
        return qScopeGuard([&] { mutex.unlock(); });
    });
    Executor moveOnly([pointer = std::make_unique<int>(1)]() mutable { return std::move(pointer); });
    Executor checked(refuse);
    Executor function(std::function<void()>{ plainFunction });
    Executor lock(&mutex);
    Config config;
    Executor withConfig(&config);
    withoutScript.setScript([] { return 1; });
    everyVerb(withoutScript);
}

static void everyLock()
{
    std::mutex mutex;
    std::recursive_timed_mutex recursiveMutex;
    std::shared_mutex sharedMutex;
    QRecursiveMutex qtMutex;
    QLockFile lockFile(QStringLiteral("file"));
    QSeamstressThread threads[] = { QSeamstressThread(&mutex), QSeamstressThread(&recursiveMutex), QSeamstressThread(&sharedMutex),
                                    QSeamstressThread(&qtMutex), QSeamstressThread(&lockFile) };
    QSeamstressTask tasks[] = { QSeamstressTask(&mutex), QSeamstressTask(&recursiveMutex), QSeamstressTask(&sharedMutex),
                                QSeamstressTask(&qtMutex) };
    everyVerb(tasks[0]);

    QSeamstressThread &thread = threads[0];
    const QReadWriteLock readWriteLock;
    const QWaitCondition waitCondition;
    const QSystemSemaphore systemSemaphore(QStringLiteral("key"));
    const std::condition_variable condition;
    const std::atomic<int> number(0);
    const std::atomic<char> letter('\0');
    std::barrier barrier(1);
    static_cast<void>(thread.waitForBlocked() && thread.waitForBlockedOn(&mutex) && thread.waitForBlockedOn(&readWriteLock, QDeadlineTimer(1s)));
    static_cast<void>(thread.waitForBlockedOn(&waitCondition) && thread.waitForBlockedOn(&systemSemaphore) && thread.waitForBlockedOn(&condition));
    static_cast<void>(thread.waitForBlockedOn(&number) && thread.waitForBlockedOn(&letter) && thread.waitForBlockedOn(&barrier));
}

static void everyProcess()
{
    QSeamstressProcess plain(plainFunction);
    QSeamstressProcess coroutine(scriptWithArguments, QStringLiteral("file"), 2);
    QSeamstressProcess lambda([](QString path, double) { return std::make_unique<QLockFile>(path); }, QStringLiteral("file"), 1.5);
    Config config;
    QSeamstressProcess withConfig(&config);
    QSeamstressProcess::registerConfig<Config>();
    plain.setScript([] { });
    everyVerb(plain);

    QSeamstressError::registerExceptionType<TextError>();
    QSeamstressError::registerExceptionType<QtTextError>();
    QSeamstressError::registerExceptionType<CodeError>();
    QSeamstressError::registerExceptionType<int>();
}

static void everyExplorer()
{
    QSeamstressExplorer explorer;
    QMutex mutex;
    explorer.addThread(QStringLiteral("A"), [&] { return QMutexLocker(&mutex); });
    explorer.addThread(QStringLiteral("B"), [] { return everyAwait({}, {}, {}); });
    explorer.addTask(QStringLiteral("C"), []() -> QSeamstressScript { co_yield "point"; });
    explorer.addProcess(QStringLiteral("D"), plainFunction);
    explorer.addProcess(QStringLiteral("E"), scriptWithArguments, QStringLiteral("file"), 2);
    explorer.setReset([] { });
    explorer.setCheck([] { return true; });
    explorer.setTimeout(1s);
    static_cast<void>(explorer.explore());
}

static void everyMacro()
{
    QMutex mutex;
    int number = 1;
    QSEAMSTRESS_THREAD(locked, &mutex);
    QSEAMSTRESS_THREAD(thread, [&mutex, &number] { return QMutexLocker(number == 1 ? &mutex : nullptr); });
    QSEAMSTRESS_PROCESS(process, scriptWithArguments, QStringLiteral("file"), 2);
    QSEAMSTRESS_TASK(task, []() -> QSeamstressScript { co_yield "point"; });
    QSEAMSTRESS_ENTER(thread);
    QSEAMSTRESS_ADVANCE(thread);
    QSEAMSTRESS_RUN_TO(process, QStringLiteral("point"));
    QSEAMSTRESS_EXIT(task);
    if (number == 1)
        QSEAMSTRESS_EXIT(thread);
    else
        QSEAMSTRESS_EXIT(process);
}

int main(int argc, char **argv)
{
    QSeamstress::runIfChild(argc, argv);
    QSeamstress::setFailureHandler([](const QString &, const char *, int) { });
    everyScript<QSeamstressThread>();
    everyScript<QSeamstressTask>();
    everyLock();
    everyProcess();
    everyExplorer();
    everyMacro();
    try {
        QSeamstressError().raise();
    } catch (const QSeamstressException &e) {
        return e.error().code();
    }
}
