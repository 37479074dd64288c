// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "processrun_p.h"

#include <algorithm>
#include <cstdio>
#include <limits>

#include "../executor/scriptactivity_p.h"
#include "../platform/processes_p.h"
#include "../script/errordata_p.h"
#include "../script/whereabouts_p.h"
#include "errorcodec_p.h"
#include "reportframes_p.h"
#include "startframe_p.h"

namespace QSeamstressPrivate {

// So much of what the process printed is shown when it crashes.
static constexpr qsizetype maximumErrorOutput = 2000; // bytes
static constexpr int maximumErrorLines = 5;

ProcessRun::ProcessRun(const RunSettings &settings, std::unique_ptr<ErrorSegment> segment)
    : m_settings(settings)
    , m_segment(std::move(segment))
    , m_order(settings.order)
{
    QObject::connect(&m_process, &QProcess::readyReadStandardOutput, this, [this] { receive(); });
    QObject::connect(&m_process, &QProcess::readyReadStandardError, this, [this] { receiveErrorOutput(); });
    QObject::connect(&m_process, &QProcess::finished, this, [this] { processEnded(); });
    QObject::connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            failToStart(QStringLiteral("%1: %2").arg(m_process.program(), m_process.errorString()));
    });
#ifdef Q_OS_UNIX
    m_process.setChildProcessModifier(closeFilesOnExec);
#endif
}

ProcessRun::~ProcessRun()
{
    m_process.disconnect();
    if (m_process.state() == QProcess::NotRunning)
        return;
    kill();
    m_process.waitForFinished(-1);
}

void ProcessRun::start(const QByteArray &startFrame)
{
    m_process.start();
    // Until it runs the program, or cannot: before that nothing is written, and nobody may run the event loop for long.
    m_process.waitForStarted(-1);
    send(FrameType::Start, startFrame);
}

void ProcessRun::send(FrameType type, const QByteArray &payload)
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.write(encodeFrame(type, payload));
    m_process.waitForBytesWritten(0); // at once, for the same reason
}

void ProcessRun::sendTarget(FrameType type, const Target &target, quint32 order)
{
    m_isHalted = false;
    m_order = order;
    send(type, TargetFrame{ target, order }.encode());
}

void ProcessRun::wait(QDeadlineTimer deadline)
{
    const qint64 remaining = deadline.remainingTime(); // ms; -1 if for ever
    m_process.waitForReadyRead(static_cast<int>(std::min<qint64>(remaining, std::numeric_limits<int>::max())));
}

void ProcessRun::receive()
{
    m_decoder.append(m_process.readAllStandardOutput());
    while (const std::optional<Frame> frame = m_decoder.next())
        handle(*frame);
    if (!m_decoder.problem().isEmpty() && !m_hasAnswered) {
        failToStart(m_decoder.problem());
        m_process.kill();
    }
}

void ProcessRun::handle(const Frame &frame)
{
    switch (frame.type) {
    case FrameType::Hello:
        m_hasAnswered = true;
        break;
    case FrameType::Reached:
        if (const std::optional<ReachedFrame> reached = ReachedFrame::decode(frame.payload))
            m_settings.mailbox->reached(reached->point, reached->halts);
        break;
    case FrameType::Halted:
        if (const std::optional<HaltedFrame> halted = HaltedFrame::decode(frame.payload)) {
            m_isHalted = halted->order == m_order;
            if (!halted->lostType.isEmpty())
                m_lostValues.append(error(QSeamstressError::InvalidUse,
                                          QStringLiteral("%1: the value at its pause point \"%2\" has the type %3, which this test cannot read; call qRegisterMetaType<%3>() in it, and look at the operators << and >> of the type.")
                                              .arg(m_settings.name, halted->point, halted->lostType)));
            m_settings.mailbox->halted(halted->point, halted->value, halted->order);
        }
        break;
    case FrameType::Ended:
        m_hasEnded = true;
        break;
    default: // nothing that a child says: some programs give back what they are sent
        if (!m_hasAnswered) {
            failToStart(QStringLiteral("%1 gave back what it was sent. Is it a test program that links QSeamstress?").arg(m_process.program()));
            m_process.kill();
        }
    }
}

void ProcessRun::receiveErrorOutput()
{
    const QByteArray output = m_process.readAllStandardError();
    std::fwrite(output.constData(), 1, static_cast<std::size_t>(output.size()), stderr);
    m_errorOutput = (m_errorOutput + output).right(maximumErrorOutput);
}

void ProcessRun::failToStart(const QString &why)
{
    if (std::exchange(m_isTold, true))
        return;
    m_settings.mailbox->ended({ error(QSeamstressError::FailedToStart, QStringLiteral("%1 could not start: %2").arg(m_settings.name, why)) });
}

void ProcessRun::processEnded()
{
    receive();
    receiveErrorOutput();
    m_isHalted = false;
    if (!m_hasAnswered)
        failToStart(QStringLiteral("%1 %2 before it answered. Is it a test program that links QSeamstress, of the same build, and makes a QCoreApplication? If its main() needs arguments, give them by "
                                   "setArguments().%3")
                        .arg(m_process.program(), howItEnded(m_segment->read().signal), lastLines()));
    if (!std::exchange(m_isTold, true))
        m_settings.mailbox->ended(errorsAtTheEnd());
}

QList<QSeamstressError> ProcessRun::errorsAtTheEnd()
{
    const ErrorSegment::Report report = m_segment->read();
    if (!m_hasEnded)
        return { crash(report) };
    QList<QSeamstressError> errors;
    if (report.neededSize > 0)
        errors.append(error(QSeamstressError::ExceptionTooLargeToPropagate,
                            QStringLiteral("%1 failed with more than its shared memory can hold; call setSharedMemorySize(%2) before it starts, to see what.").arg(m_settings.name).arg(report.neededSize)));
    else if (const std::optional<QList<QSeamstressError>> sent = report.blob ? decodeErrors(*report.blob) : std::nullopt)
        errors = *sent;
    else
        errors.append(error(QSeamstressError::Crashed, QStringLiteral("%1 ended, and left what cannot be read in its shared memory.").arg(m_settings.name)));
    errors += m_lostValues;
    // What comes after the script: destructors of static objects, checks for leaks.
    if (m_process.exitStatus() == QProcess::CrashExit || m_process.exitCode() != 0)
        errors.append(crash(report));
    return errors;
}

QSeamstressError ProcessRun::crash(const ErrorSegment::Report &report) const
{
    QString text = QStringLiteral("%1 %2").arg(m_settings.name, howItEnded(report.signal));
    text += m_hasEnded ? QStringLiteral(" after its script had ended.")
        : report.lastPoint.isEmpty() ? QStringLiteral(" before its first pause point.")
                                     : QStringLiteral(" after its pause point \"%1\".").arg(report.lastPoint);
    if (!report.fatalText.isEmpty())
        text += QStringLiteral(" Its last words by qFatal(): %1").arg(report.fatalText);
    return error(QSeamstressError::Crashed, text + lastLines());
}

QString ProcessRun::lastLines() const
{
    const QList<QByteArray> lines = m_errorOutput.trimmed().split('\n');
    if (lines.first().isEmpty())
        return {};
    return QStringLiteral(" It printed last:\n") + QString::fromLocal8Bit(lines.mid(std::max<qsizetype>(0, lines.size() - maximumErrorLines)).join('\n'));
}

QString ProcessRun::howItEnded(int signal) const
{
    if (m_process.exitStatus() == QProcess::CrashExit) // the system's word comes first
        return QStringLiteral("was ended by %1").arg(signalName(m_process.exitCode()));
    if (signal != 0)
        return QStringLiteral("was ended by %1").arg(signalName(signal));
    return QStringLiteral("ended with the exit code %1").arg(m_process.exitCode());
}

ActivityReport ProcessRun::activity() const
{
    if (!m_hasAnswered)
        return { QSeamstressExecutor::Unknown, QStringLiteral("starts its process") };
    const qint64 processId = m_process.processId();
    const SystemThread mainThread{ processId, processId }; // so Linux numbers it
    const Whereabouts &whereabouts = m_segment->whereabouts();
    return activityOfScript(
        mainThread, [&whereabouts] { return whereabouts.isInOurCode != 0; }, [&whereabouts] { return whereabouts.waitsForEvents != 0; },
        { QSeamstressExecutor::Computing, QStringLiteral("is computing") });
}

QSeamstressError ProcessRun::error(QSeamstressError::Code code, const QString &text) const
{
    return ErrorData::make(code, text, m_settings.origin);
}

} // namespace QSeamstressPrivate
