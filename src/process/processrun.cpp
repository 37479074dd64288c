// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "processrun_p.h"

#include <algorithm>
#include <csignal>
#include <cstdio>

#include "../base/scriptactivity_p.h"
#include "../base/whereabouts_p.h"
#include "../platform/processes_p.h"
#include "../script/errordata_p.h"
#include "errorcodec_p.h"
#include "reportframes_p.h"
#include "startframe_p.h"

namespace QSeamstressPrivate {

// How much of its output is shown when the process crashes.
static constexpr qsizetype maximumErrorOutput = 2000; // bytes
static constexpr int maximumErrorLines = 5;

ProcessRun::ProcessRun(const RunSettings &settings)
    : m_settings(settings)
    , m_order(settings.order)
{
}

bool ProcessRun::start(ChildSettings child, int memorySize, const QByteArray &startFrame, QString *problem)
{
    m_program = child.program;
    child.memoryBytes = ErrorSegment::bytesFor(memorySize);
    m_child = forkChild(child, *this);
    if (m_child) {
        m_segment = ErrorSegment::create(m_child->memory(), memorySize);
    } else {
        m_segment = ErrorSegment::create(memorySize, problem);
        if (!m_segment)
            return false;
        child.segmentKey = m_segment->key();
        m_child = spawnChild(child, *this);
    }
    send(FrameType::Start, startFrame);
    return true;
}

void ProcessRun::send(FrameType type, const QByteArray &payload)
{
    m_child->write(encodeFrame(type, payload));
}

void ProcessRun::sendTarget(FrameType type, const Target &target, quint32 order)
{
    m_isHalted = false;
    m_order = order;
    send(type, TargetFrame{ target, order }.encode());
}

void ProcessRun::cancel()
{
    wait(QDeadlineTimer()); // it may have ended already
    m_settings.mailbox->cancelled();
    m_isCancelled = true;
    m_child->kill();
}

void ProcessRun::outputCame(const QByteArray &bytes)
{
    m_decoder.append(bytes);
    while (const std::optional<Frame> frame = m_decoder.next())
        handle(*frame);
    if (!m_decoder.problem().isEmpty() && !m_hasAnswered) {
        failToStart(m_decoder.problem());
        m_child->kill();
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
                                          QStringLiteral("%1: the value at its pause point \"%2\" has the type %3, which this test cannot read; call qRegisterMetaType<%3>() in the test, and check that the operators << and >> of the type match.")
                                              .arg(m_settings.name, halted->point, halted->lostType)));
            m_settings.mailbox->halted(halted->point, halted->value, halted->order);
        }
        break;
    case FrameType::Ended:
        m_hasEnded = true;
        break;
    default: // a child never sends these: some programs echo their input
        if (!m_hasAnswered) {
            failToStart(QStringLiteral("%1 echoed what it was sent. Is it a test program that links QSeamstress?").arg(m_program));
            m_child->kill();
        }
    }
}

void ProcessRun::errorOutputCame(const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stderr);
    m_errorOutput = (m_errorOutput + bytes).right(maximumErrorOutput);
}

void ProcessRun::couldNotStart(const QString &why)
{
    failToStart(QStringLiteral("%1: %2").arg(m_program, why));
}

void ProcessRun::failToStart(const QString &why)
{
    if (std::exchange(m_isTold, true))
        return;
    m_settings.mailbox->ended({ error(QSeamstressError::FailedToStart, QStringLiteral("%1 could not start: %2").arg(m_settings.name, why)) });
}

void ProcessRun::ended()
{
    m_isHalted = false;
    if (!m_hasAnswered && !m_isCancelled)
        failToStart(QStringLiteral("%1 %2 before it answered. Is it a test program that links the same build of QSeamstress and creates a QCoreApplication? If its main() needs arguments, pass them "
                                   "with setArguments().%3")
                        .arg(m_program, howItEnded(m_segment->read().signal), lastLines()));
    if (!std::exchange(m_isTold, true))
        m_settings.mailbox->ended(errorsAtTheEnd());
}

QList<QSeamstressError> ProcessRun::errorsAtTheEnd()
{
    const ErrorSegment::Report report = m_segment->read();
    if (!m_hasEnded)
        return wasKilledByUs() ? QList<QSeamstressError>() : QList<QSeamstressError>{ crash(report) };
    QList<QSeamstressError> errors;
    if (report.neededSize > 0)
        errors.append(error(QSeamstressError::ExceptionTooLargeToPropagate,
                            QStringLiteral("%1 failed, but its errors do not fit into its shared memory; call setSharedMemorySize(%2) before it starts to see them.").arg(m_settings.name).arg(report.neededSize)));
    else if (const std::optional<QList<QSeamstressError>> sent = report.blob ? decodeErrors(*report.blob) : std::nullopt)
        errors = *sent;
    else
        errors.append(error(QSeamstressError::Crashed, QStringLiteral("%1 ended, but the errors in its shared memory cannot be read.").arg(m_settings.name)));
    errors += m_lostValues;
    // Failures after the script: destructors of static objects, leak checks.
    if (m_child->ending().number != 0 && !wasKilledByUs())
        errors.append(crash(report));
    return errors;
}

bool ProcessRun::wasKilledByUs() const
{
    const Child::Ending ending = m_child->ending();
    return m_isCancelled && (ending.how == Child::Ending::Unknown || (ending.how == Child::Ending::Signalled && ending.number == SIGKILL));
}

QSeamstressError ProcessRun::crash(const ErrorSegment::Report &report) const
{
    QString text = QStringLiteral("%1 %2").arg(m_settings.name, howItEnded(report.signal));
    text += m_hasEnded               ? QStringLiteral(" after its script had ended.")
        : report.lastPoint.isEmpty() ? QStringLiteral(" before its first pause point.")
                                     : QStringLiteral(" after its pause point \"%1\".").arg(report.lastPoint);
    if (!report.lastPointInside.isNull() && !m_hasEnded)
        text += QStringLiteral(" The last pause point of another of its threads was \"%1\".").arg(report.lastPointInside);
    if (!report.fatalText.isEmpty())
        text += QStringLiteral(" Its qFatal() message: %1").arg(report.fatalText);
    return error(QSeamstressError::Crashed, text + lastLines());
}

QString ProcessRun::lastLines() const
{
    const QList<QByteArray> lines = m_errorOutput.trimmed().split('\n');
    if (lines.first().isEmpty())
        return {};
    return QStringLiteral(" Its last output:\n") + QString::fromLocal8Bit(lines.mid(std::max<qsizetype>(0, lines.size() - maximumErrorLines)).join('\n'));
}

QString ProcessRun::howItEnded(int signal) const
{
    const Child::Ending ending = m_child->ending();
    if (ending.how == Child::Ending::Signalled) // what the system reports takes precedence
        return QStringLiteral("was terminated by %1").arg(signalName(ending.number));
    if (signal != 0)
        return QStringLiteral("was terminated by %1").arg(signalName(signal));
    if (ending.how == Child::Ending::Exited)
        return QStringLiteral("exited with code %1").arg(ending.number);
    return QStringLiteral("was terminated because the fork server that started it was killed");
}

ActivityReport ProcessRun::activity() const
{
    if (!m_hasAnswered)
        return { ActivityReport::Unknown, ActivityReport::StartsProcess };
    const qint64 processId = m_child->processId();
    const SystemThread mainThread{ processId, processId }; // on Linux, the main thread has the ID of its process
    const Whereabouts &whereabouts = m_segment->whereabouts();
    const ActivityReport report = activityOfScript(
        mainThread, [&whereabouts] { return whereabouts.isInOurCode != 0; }, [&whereabouts] { return whereabouts.waitsForEvents != 0; },
        { ActivityReport::Computing });
    const bool mayAwait = report.activity == ActivityReport::InEventLoop || report.activity == ActivityReport::Unknown;
    if (mayAwait && whereabouts.isAwaiting)
        return ActivityReport::awaiting({});
    return report;
}

qint64 ProcessRun::stoppedAt() const
{
    return m_segment->whereabouts().stoppedAt;
}

QSeamstressError ProcessRun::error(QSeamstressError::Code code, const QString &text) const
{
    return ErrorData::make(code, text, m_settings.origin);
}

} // namespace QSeamstressPrivate
