// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "child_p.h"

#include <QtCore/QProcess>

#include <algorithm>
#include <limits>

#include "../base/patience_p.h"
#include "../platform/processes_p.h"
#include "childprocess_p.h"

namespace QSeamstressPrivate {

namespace {

// A program that QProcess starts.
class SpawnedChild final : public Child
{
public:
    SpawnedChild(const ChildSettings &settings, ChildObserver &observer);
    ~SpawnedChild() override;
    Q_DISABLE_COPY_MOVE(SpawnedChild)

    void write(const QByteArray &bytes) override;
    void wait(QDeadlineTimer deadline) override;
    void kill() override { m_process.kill(); }
    qint64 processId() const override { return m_process.processId(); }
    Ending ending() const override;

private:
    QProcess m_process;
};

// The waiting functions of QProcess neither apply QSEAMSTRESS_TIMEOUT_FACTOR nor wait for a debugger.
template <class Wait>
bool waitFor(Wait wait)
{
    return waitPatiently(Child::patienceWithSystem, [&wait](QDeadlineTimer deadline) { return wait(static_cast<int>(deadline.remainingTime())); });
}

SpawnedChild::SpawnedChild(const ChildSettings &settings, ChildObserver &observer)
{
    m_process.setProgram(settings.program);
    m_process.setArguments(settings.arguments);
    if (!settings.workingDirectory.isEmpty())
        m_process.setWorkingDirectory(settings.workingDirectory);
    QProcessEnvironment environment = settings.environment.value_or(QProcessEnvironment::systemEnvironment());
    environment.insert(QString::fromLatin1(childVariable), settings.segmentKey);
    m_process.setProcessEnvironment(environment);
#ifdef Q_OS_UNIX
    m_process.setChildProcessModifier(closeFilesOnExec);
#endif
    QObject::connect(&m_process, &QProcess::readyReadStandardOutput, &m_process, [this, &observer] { observer.outputCame(m_process.readAllStandardOutput()); });
    QObject::connect(&m_process, &QProcess::readyReadStandardError, &m_process, [this, &observer] { observer.errorOutputCame(m_process.readAllStandardError()); });
    QObject::connect(&m_process, &QProcess::finished, &m_process, [this, &observer] {
        observer.outputCame(m_process.readAllStandardOutput());
        observer.errorOutputCame(m_process.readAllStandardError());
        observer.ended();
    });
    QObject::connect(&m_process, &QProcess::errorOccurred, &m_process, [this, &observer](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            observer.couldNotStart(m_process.errorString());
    });

    m_process.start();
    // Wait until the program runs or has failed to start. Until then nothing is written, and the event loop may not run for a long time.
    if (waitFor([this](int milliseconds) { return m_process.waitForStarted(milliseconds) || m_process.state() != QProcess::Starting; }))
        return;
    m_process.kill();
    observer.couldNotStart(QStringLiteral("the system did not start it within %1 ms").arg(patienceWithSystem));
}

SpawnedChild::~SpawnedChild()
{
    m_process.disconnect();
    if (m_process.state() == QProcess::NotRunning)
        return;
    const qint64 processId = m_process.processId();
    m_process.kill();
    if (!waitFor([this](int milliseconds) { return m_process.waitForFinished(milliseconds) || m_process.state() == QProcess::NotRunning; }))
        warnOfRest(processId);
}

void SpawnedChild::write(const QByteArray &bytes)
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.write(bytes);
    m_process.waitForBytesWritten(0); // write at once, since the event loop may not run for a long time
}

void SpawnedChild::wait(QDeadlineTimer deadline)
{
    const qint64 remaining = deadline.remainingTime(); // ms; -1: forever
    m_process.waitForReadyRead(static_cast<int>(std::min<qint64>(remaining, std::numeric_limits<int>::max())));
}

Child::Ending SpawnedChild::ending() const
{
    return { m_process.exitStatus() == QProcess::CrashExit ? Ending::Signalled : Ending::Exited, m_process.exitCode() };
}

} // namespace

void Child::warnOfRest(qint64 processId)
{
    qWarning("QSeamstressProcess: process %lld was killed, but did not end within %d ms. It may be in an uninterruptible sleep, waiting for a device; check its state.", static_cast<long long>(processId), patienceWithSystem);
}

std::unique_ptr<Child> spawnChild(const ChildSettings &settings, ChildObserver &observer)
{
    return std::make_unique<SpawnedChild>(settings, observer);
}

} // namespace QSeamstressPrivate
