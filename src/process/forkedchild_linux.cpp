// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A child of the fork server, as seen by its test.

#include "child_p.h"

#include <QtCore/QAbstractEventDispatcher>
#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QSocketNotifier>

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

#include "../base/patience_p.h"
#include "forkserver_p.h"
#include "inheritance_p.h"
#include "processdescriptor_p.h"

namespace QSeamstressPrivate {

namespace {

class ForkedChild final : public Child
{
public:
    explicit ForkedChild(ChildObserver &observer)
        : m_observer(observer)
    {
    }
    ~ForkedChild() override;
    Q_DISABLE_COPY_MOVE(ForkedChild)

    bool start(qint64 memoryBytes);
    void write(const QByteArray &bytes) override;
    void wait(QDeadlineTimer deadline) override;
    void kill() override { killProcess(m_process.descriptor); }
    qint64 processId() const override { return m_hasEnded ? 0 : m_processId; }
    Ending ending() const override { return m_ending; }
    std::shared_ptr<void> memory() const override { return m_memory; }

private:
    // A descriptor to watch. When one becomes readable, all of them are read.
    struct Source
    {
        Descriptor descriptor;
        std::unique_ptr<QSocketNotifier> notifier;
    };

    bool waitForServer();
    void watch(Source &source);
    void stopWatching(Source &source);
    QByteArray read(Source &source);
    void flush();
    bool hearEnd(); // true once the process has ended
    void look();

    ChildObserver &m_observer;
    int m_server = 0;
    std::shared_ptr<void> m_memory;
    Source m_control;
    Source m_errors;
    Source m_status; // reports from the server; closed once the server is gone
    Source m_process; // watched from then on
    qint64 m_processId = 0;
    QByteArray m_unwritten;
    std::unique_ptr<QSocketNotifier> m_writeNotifier;
    bool m_hasEnded = false;
    Ending m_ending;
};

bool becomesReadable(const Descriptor &descriptor)
{
    return waitPatiently(Child::patienceWithSystem, [&descriptor](QDeadlineTimer deadline) { return isReadable(descriptor, static_cast<int>(deadline.remainingTime())); });
}

ForkedChild::~ForkedChild()
{
    if (!m_process.descriptor.isOpen() || m_hasEnded)
        return;
    kill();
    if (!becomesReadable(m_process.descriptor)) {
        warnOfRest(m_processId);
        return;
    }
    // The server reports the end after it has reaped the process.
    while (!hearEnd()) {
        if (!becomesReadable(m_status.descriptor)) {
            ForkServer::kill(m_server);
            return;
        }
    }
}

bool ForkedChild::start(qint64 memoryBytes)
{
    const Descriptor memory = makeMemory(memoryBytes);
    const auto file = std::make_shared<QFile>();
    if (memory.isOpen() && file->open(memory.number(), QIODevice::ReadWrite))
        m_memory = { file, file->map(0, memoryBytes) };
    const std::optional<Inheritance> inheritance = Inheritance::current();
    const Descriptor inherited = inheritance ? inheritance->toFile() : Descriptor();
    const Descriptor directory(::open(".", O_PATH | O_DIRECTORY | O_CLOEXEC));
    std::array<int, 2> control{ -1, -1 };
    std::array<int, 2> status{ -1, -1 };
    std::array<int, 2> errors{ -1, -1 };
    const bool areConnected = ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, control.data()) == 0
        && ::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, status.data()) == 0 && ::pipe2(errors.data(), O_CLOEXEC) == 0;
    m_control.descriptor = Descriptor(control[0]);
    m_status.descriptor = Descriptor(status[0]);
    m_errors.descriptor = Descriptor(errors[0]);
    Descriptor theirControl(control[1]);
    Descriptor theirStatus(status[1]);
    Descriptor theirErrors(errors[1]);
    if (!m_memory || !inherited.isOpen() || !directory.isOpen() || !areConnected)
        return false;
    ::fcntl(m_control.descriptor.number(), F_SETFL, O_NONBLOCK);
    ::fcntl(m_errors.descriptor.number(), F_SETFL, O_NONBLOCK);

    m_server = ForkServer::ask({ { inherited.number(), directory.number(), theirControl.number(), theirErrors.number(), memory.number(), theirStatus.number() } });
    theirControl.close();
    theirStatus.close();
    theirErrors.close();
    if (m_server == 0 || !waitForServer())
        return false;
    for (Source *source : { &m_control, &m_errors, &m_status })
        watch(*source);
    return true;
}

bool ForkedChild::waitForServer()
{
    if (!becomesReadable(m_status.descriptor)) {
        ForkServer::kill(m_server); // and any child that it may be starting
        return false;
    }
    ForkReport report = {};
    int process = -1;
    if (!receiveWithFiles(m_status.descriptor.number(), &report, sizeof report, &process, 1)) {
        ForkServer::hasNotServed(m_server);
        return false;
    }
    m_process.descriptor = Descriptor(process);
    m_processId = report.number;
    ForkServer::hasServed(m_server);
    return m_process.descriptor.isOpen();
}

void ForkedChild::watch(Source &source)
{
    // Without an event loop in this thread, the owner has to call wait().
    if (!QAbstractEventDispatcher::instance())
        return;
    source.notifier = std::make_unique<QSocketNotifier>(source.descriptor.number(), QSocketNotifier::Read);
    QObject::connect(source.notifier.get(), &QSocketNotifier::activated, source.notifier.get(), [this] { look(); });
}

void ForkedChild::stopWatching(Source &source)
{
    if (source.notifier)
        source.notifier->setEnabled(false); // it may be the caller
    source.descriptor.close();
}

void ForkedChild::write(const QByteArray &bytes)
{
    m_unwritten += bytes;
    flush();
}

void ForkedChild::flush()
{
    while (m_control.descriptor.isOpen() && !m_unwritten.isEmpty()) {
        const ssize_t count = ::send(m_control.descriptor.number(), m_unwritten.constData(), static_cast<std::size_t>(m_unwritten.size()), MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            break;
        m_unwritten.remove(0, count);
    }
    if (!m_writeNotifier && !m_unwritten.isEmpty() && m_control.descriptor.isOpen() && m_control.notifier) {
        m_writeNotifier = std::make_unique<QSocketNotifier>(m_control.descriptor.number(), QSocketNotifier::Write);
        QObject::connect(m_writeNotifier.get(), &QSocketNotifier::activated, m_writeNotifier.get(), [this] { flush(); });
    }
    if (m_writeNotifier)
        m_writeNotifier->setEnabled(m_control.descriptor.isOpen() && !m_unwritten.isEmpty());
}

void ForkedChild::wait(QDeadlineTimer deadline)
{
    const Source &end = m_status.descriptor.isOpen() ? m_status : m_process;
    std::array<pollfd, 3> polled{ pollfd{ m_control.descriptor.number(), POLLIN, 0 }, pollfd{ m_errors.descriptor.number(), POLLIN, 0 }, pollfd{ end.descriptor.number(), POLLIN, 0 } };
    if (!m_unwritten.isEmpty())
        polled[0].events |= POLLOUT;
    const qint64 remaining = deadline.remainingTimeNSecs(); // -1: forever
    const timespec time{ static_cast<time_t>(remaining / 1'000'000'000), static_cast<long>(remaining % 1'000'000'000) };
    if (::ppoll(polled.data(), polled.size(), remaining < 0 ? nullptr : &time, nullptr) <= 0)
        return;
    flush();
    look();
}

void ForkedChild::look()
{
    if (m_hasEnded)
        return;
    const bool hasEnded = hearEnd(); // before reading: if it has ended, all of its output is there
    if (const QByteArray output = read(m_control); !output.isEmpty())
        m_observer.outputCame(output);
    if (const QByteArray output = read(m_errors); !output.isEmpty())
        m_observer.errorOutputCame(output);
    if (!hasEnded)
        return;
    for (Source *source : { &m_control, &m_errors, &m_status, &m_process })
        stopWatching(*source);
    flush();
    m_observer.ended();
}

QByteArray ForkedChild::read(Source &source)
{
    // More than a pipe or socket can hold, so that this reads everything that an ended process wrote. There is a limit, since a process may
    // never stop writing.
    static constexpr qsizetype most = 1024 * 1024;
    std::array<char, 65536> bytes;
    QByteArray output;
    while (source.descriptor.isOpen() && output.size() < most) {
        const ssize_t count = ::read(source.descriptor.number(), bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno == EAGAIN)
            break;
        if (count <= 0)
            stopWatching(source);
        else
            output.append(bytes.data(), count);
    }
    return output;
}

bool ForkedChild::hearEnd()
{
    if (m_status.descriptor.isOpen()) {
        ForkReport report = {};
        const ssize_t size = ::recv(m_status.descriptor.number(), &report, sizeof report, MSG_DONTWAIT);
        if (size == sizeof report) {
            m_ending = { report.what == ForkReport::Signalled ? Ending::Signalled : Ending::Exited, report.number };
            return m_hasEnded = true;
        }
        if (size < 0 && (errno == EAGAIN || errno == EINTR))
            return false;
        stopWatching(m_status);
        watch(m_process);
    }
    return m_hasEnded = isReadable(m_process.descriptor, 0);
}

// QProcess starts other programs, and this program if it has arguments, a working directory or an environment of its own.
bool canFork(const ChildSettings &settings)
{
    return settings.program == QCoreApplication::applicationFilePath() && settings.arguments.isEmpty() && settings.workingDirectory.isEmpty() && !settings.environment
        && qgetenv("QSEAMSTRESS_FORK_SERVER") != "0";
}

} // namespace

std::unique_ptr<Child> forkChild(const ChildSettings &settings, ChildObserver &observer)
{
    if (!canFork(settings))
        return {};
    auto child = std::make_unique<ForkedChild>(observer);
    if (!child->start(settings.memoryBytes))
        return {};
    return child;
}

} // namespace QSeamstressPrivate
