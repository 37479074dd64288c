// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The child's side: the program runs a script instead of its tests as soon as it has created its QCoreApplication, and then exits.

#include "childprocess_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QSocketNotifier>
#include <QtCore/QStandardPaths>
#include <QtTest/QTest>

#include <atomic>
#include <cstdlib>
#include <thread>
#include <utility>

#include "../base/eventloopwatch_p.h"
#include "../base/patience_p.h"
#include "../platform/platform_p.h"
#include "../platform/scheduler_p.h"
#include "../script/configdata_p.h"
#include "../script/errordata_p.h"
#include "../script/gate_p.h"
#include "../script/passedpoints_p.h"
#include "../script/scriptrunner_p.h"
#include "../timeline/trace_p.h"
#include "childchannel_p.h"
#include "errorcodec_p.h"
#include "errorsegment_p.h"
#include "forkserver_p.h"
#include "leftovers_p.h"
#include "payload_p.h"
#include "qseamstressnamespace.h"
#include "reportframes_p.h"
#include "scriptregistry_p.h"
#include "startframe_p.h"

namespace QSeamstressPrivate {

namespace {

bool applicationCameBefore = false;
bool applicationCameInATest = false;
ChildChannel *channel = nullptr; // in a child only
QString *segmentKey = nullptr; // of the shared memory for errors
int sharedMemory = -1; // or its file descriptor, in a process that the fork server forked

bool isForked()
{
    return sharedMemory >= 0;
}

// Reports to the test what the script does.
class Reporter final : public ScriptObserver
{
public:
    Reporter(ErrorSegment &segment, const StartFrame &start)
        : m_segment(segment)
        , m_start(start)
    {
    }
    void reached(const QString &point, bool halts) override
    {
        m_segment.notePoint(point);
        const QByteArray bytes = ReachedFrame{ point, halts }.encode();
        halts ? channel->sendLater(FrameType::Reached, bytes) : channel->send(FrameType::Reached, bytes);
    }
    bool halted(const QString &point, const QVariant &value, quint32 order) override
    {
        const QString type = unstreamable(value);
        if (!type.isEmpty())
            reject(point, QStringLiteral("has the type %1, which cannot be sent between processes; implement operator<< and operator>> for QDataStream, or pass a value of another type").arg(type));
        QByteArray bytes = HaltedFrame{ point, type.isEmpty() ? value : QVariant(), order }.encode();
        if (bytes.size() > maximumPayload) {
            reject(point, QStringLiteral("has %1 bytes, but at most %2 bytes can be sent between processes; write the value to a file and pass its path").arg(bytes.size()).arg(maximumPayload));
            bytes = HaltedFrame{ point, QVariant(), order }.encode();
        }
        channel->send(FrameType::Halted, bytes);
        return false; // the owner is in another process
    }
    const QList<QSeamstressError> &errors() const { return m_errors; }

private:
    void reject(const QString &point, const QString &why)
    {
        const QString text = QStringLiteral("%1: the value at its pause point \"%2\" %3.").arg(m_start.name, point, why);
        m_errors.append(ErrorData::make(QSeamstressError::InvalidUse, text, m_start.origin));
    }

    ErrorSegment &m_segment;
    const StartFrame &m_start;
    QList<QSeamstressError> m_errors;
};

// The test is gone, so nothing can resume the script any more.
[[noreturn]] void endWithoutTest()
{
    removeLeftovers(*segmentKey);
    std::_Exit(EXIT_FAILURE);
}

// The test, as seen by the script's gate.
class OwningTest final : public DistantOwner
{
public:
    explicit OwningTest(const StartFrame &start)
        : m_start(start)
    {
    }
    void hear(Gate &gate) override
    {
        while (const std::optional<Frame> frame = channel->receive(ChildChannel::Wait::No))
            obey(*frame, gate);
        if (channel->isOver())
            endWithoutTest();
    }
    void waitAndHear(Gate &gate) override
    {
        const std::optional<Frame> frame = channel->receive(ChildChannel::Wait::Yes);
        if (!frame)
            endWithoutTest();
        obey(*frame, gate);
    }
    std::unique_ptr<QObject> hearInEventLoop(Gate &gate) override
    {
        auto notifier = std::make_unique<QSocketNotifier>(channel->input(), QSocketNotifier::Read);
        QObject::connect(notifier.get(), &QSocketNotifier::activated, notifier.get(), [this, &gate] { hear(gate); });
        return notifier;
    }

private:
    void obey(const Frame &frame, Gate &gate) const
    {
        if (frame.type == FrameType::Cancel) {
            if (const std::optional<CancelFrame> cancel = CancelFrame::decode(frame.payload))
                gate.giveUpAwaiting(ErrorData::make(QSeamstressError::ProcessStillAlive, cancel->message, m_start.origin));
        } else if (const std::optional<TargetFrame> target = TargetFrame::decode(frame.payload)) {
            frame.type == FrameType::LetGo ? gate.letGo(target->target, target->order) : gate.retarget(target->target, target->order);
        }
    }

    const StartFrame &m_start;
};

// Without a fork server: ends this process when the test is gone, whatever the script is doing. This thread is never joined.
void watchTest(const std::atomic<bool> &isOver)
{
    while (channel->isConnected(-1)) { }
    if (!isOver)
        endWithoutTest();
    removeLeftovers(*segmentKey);
}

void takeOver(const StartFrame &start)
{
    QCoreApplication::setApplicationName(start.applicationName);
    QCoreApplication::setApplicationVersion(start.applicationVersion);
    QCoreApplication::setOrganizationName(start.organizationName);
    QCoreApplication::setOrganizationDomain(start.organizationDomain);
    QStandardPaths::setTestModeEnabled(start.testModeEnabled);
}

struct Work
{
    ScriptSource source;
    std::unique_ptr<QSeamstressConfig> config;
};

// Returns why the config cannot run, empty if it can.
QString makeConfig(const StartFrame &start, Work &work)
{
    const Found<ConfigFactory> found = findConfig(start.configClass);
    if (const auto *reason = std::get_if<QString>(&found))
        return *reason;
    work.config.reset(std::get<ConfigFactory>(found)());
    const std::optional<QVariantMap> properties = unpackProperties(start.configProperties);
    if (!properties)
        return QStringLiteral("its properties could not be deserialised; check that the operators << and >> of their types match");
    for (auto it = properties->cbegin(); it != properties->cend(); ++it)
        work.config->setProperty(it.key().toUtf8().constData(), it.value());
    work.source = ConfigData::source(ConfigData::of(work.config.get()));
    return {};
}

QString makeScript(const StartFrame &start, Work &work)
{
    const Found<ScriptFactory> found = findScript(start.scriptKey);
    if (const auto *reason = std::get_if<QString>(&found))
        return *reason;
    QDataStream stream(start.arguments);
    stream.setVersion(streamVersion);
    work.source = std::get<ScriptFactory>(found)(stream);
    if (work.source.refusal.isEmpty() && (stream.status() != QDataStream::Ok || !stream.atEnd()))
        return QStringLiteral("its arguments could not be deserialised; check that the operators << and >> of their types match");
    return work.source.refusal;
}

QList<QSeamstressError> runScript(const StartFrame &start, ErrorSegment &segment)
{
    Work work;
    const bool isConfig = !start.configClass.isEmpty();
    const QString reason = isConfig ? makeConfig(start, work) : makeScript(start, work);
    if (!reason.isEmpty()) {
        const QString what = isConfig ? QStringLiteral("config") : QStringLiteral("script");
        const QString text = QStringLiteral("%1 cannot run its %2 in another process: %3.").arg(start.name, what, reason);
        return { ErrorData::make(QSeamstressError::UnknownScript, text, start.origin) };
    }
    Reporter reporter(segment, start);
    Whereabouts &whereabouts = segment.whereabouts();
    OwningTest test(start);
    Gate gate(reporter, start.target, start.order, Gate::WhileHalted::HearDistantOwner, whereabouts, &test);
    EventLoopWatch::tellOfCurrentThread(whereabouts);
    ScriptRunner runner(work.source, gate, start.origin, start.name);
    whereabouts.isInOurCode = 0;
    gate.run(runner);
    whereabouts.isInOurCode = 1;
    return reporter.errors() + runner.errors(); // what the script throws ends it, so it comes last
}

// Lets a developer set breakpoints in the script.
void waitForDebugger(const StartFrame &start)
{
    std::fprintf(stderr, "QSeamstressProcess: %s, process %lld, is waiting for a debugger\n", qPrintable(start.name), QCoreApplication::applicationPid());
    static constexpr int lookInterval = 50; // ms
    while (!isDebuggerAttached()) {
        if (!channel->isConnected(lookInterval))
            endWithoutTest();
    }
}

std::unique_ptr<ErrorSegment> attachSegment(int size, QString *problem)
{
    if (!isForked())
        return ErrorSegment::attach(*segmentKey, size, problem);
    static auto *const file = new QFile; // never destroyed, since that would unmap the memory
    const bool isOpen = file->open(sharedMemory, QIODevice::ReadWrite, QFileDevice::AutoCloseHandle);
    const qint64 bytes = file->size();
    void *const memory = isOpen ? file->map(0, bytes) : nullptr;
    file->close();
    return ErrorSegment::attach(memory, bytes, size, problem);
}

[[noreturn]] void runAsChild()
{
    const std::optional<Frame> frame = channel->receive(ChildChannel::Wait::Yes);
    if (!frame) // the test is gone, or has another protocol version
        endWithoutTest();
    static std::optional<StartFrame> start;
    start = frame->type == FrameType::Start ? StartFrame::decode(frame->payload) : std::nullopt;
    if (!start)
        std::_Exit(EXIT_FAILURE);
    takeOver(*start);
    if (qEnvironmentVariableIsSet(holdVariable))
        waitForDebugger(*start);
    QString problem;
    // Lives until the process ends, since any crash until then is recorded in it.
    static ErrorSegment *const segment = attachSegment(start->segmentSize, &problem).release();
    if (!segment) {
        std::fprintf(stderr, "QSeamstressProcess: %s\n", qPrintable(problem));
        std::_Exit(EXIT_FAILURE);
    }
    noteCrashesIn(segment);
    setHearsOfPointsInside([](const QString &point) { segment->notePointInside(point); });
    segment->whereabouts().isInOurCode = 1;
    channel->send(FrameType::Hello);

    static std::atomic<bool> isOver = false;
    if (!isForked())
        std::thread([] {
            becomeOwnThread();
            watchTest(isOver);
        }).detach();
    const QList<QSeamstressError> errors = runScript(*start, *segment);
    isOver = true;
    segment->writeErrors(encodeErrors(errors));
    channel->send(FrameType::Ended);
    // Not _Exit(): coverage tools and leak checkers run at exit.
    std::exit(EXIT_SUCCESS);
}

void applicationMade()
{
    if (isChildProcess())
        runAsChild();
    static bool isFirst = true;
    if (std::exchange(isFirst, false))
        applicationCameInATest = QTest::currentTestFunction();
}

// Runs when the library is loaded, before main(), since the program may print or start other processes before it creates its
// QCoreApplication. In a static library it must also run before the static objects of the program are constructed.
#ifdef Q_CC_GNU
[[gnu::constructor(101)]] // the first priority that is not reserved
#endif
void
libraryLoaded()
{
    sharedMemory = serveForks();
    if (isForked() || qEnvironmentVariableIsSet(childVariable)) {
        segmentKey = new QString(qEnvironmentVariable(childVariable));
        qunsetenv(childVariable);
        Trace::turnOff();
        channel = new ChildChannel;
    }
    applicationCameBefore = QCoreApplication::instance();
}
#ifndef Q_CC_GNU
Q_CONSTRUCTOR_FUNCTION(libraryLoaded)
#endif
Q_COREAPP_STARTUP_FUNCTION(applicationMade)

} // namespace

bool isChildProcess()
{
    return channel;
}

bool runsAsChild()
{
    return QCoreApplication::instance() && !applicationCameBefore && !applicationCameInATest;
}

} // namespace QSeamstressPrivate

/*!
    \fn void QSeamstress::runIfChild(int &argc, char **argv)

    In a child process of a QSeamstressProcess, runs the script and exits: the function does not return. In any other process it does
    nothing.

    Call it in the first line of main(), with the arguments \a argc and \a argv of main(), if the program creates its QCoreApplication late or
    not at all, as with GoogleTest and Catch2. A program that creates a QCoreApplication at the beginning, as QTEST_MAIN does, need not call it.
*/
void QSeamstress::runIfChild(int &argc, char **argv)
{
    if (QSeamstressPrivate::isChildProcess())
        const QCoreApplication application(argc, argv);
}
