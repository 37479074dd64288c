// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PROCESSRUN_P_H
#define PROCESSRUN_P_H

#include <QtCore/QObject>

#include <memory>

#include "../executor/backend_p.h"
#include "child_p.h"
#include "errorsegment_p.h"
#include "frame_p.h"

namespace QSeamstressPrivate {

// One run of a script in another process, as seen by its test. Only the owner's thread may use it, except for kill() and deleteLater(),
// which any thread may call.
class ProcessRun final : public QObject, private ChildObserver
{
public:
    explicit ProcessRun(const RunSettings &settings);
    Q_DISABLE_COPY_MOVE(ProcessRun)

    // False if the shared memory for errors cannot be created; *problem is then a sentence.
    bool start(ChildSettings child, int memorySize, const QByteArray &startFrame, QString *problem);
    void send(FrameType type, const QByteArray &payload);
    void sendTarget(FrameType type, const Target &target, quint32 order);
    void wait(QDeadlineTimer deadline) { m_child->wait(deadline); }
    void kill() { m_child->kill(); }
    void cancel(); // kills the process; that is not reported as an error
    qint64 processId() const { return m_child->processId(); }
    bool isHalted() const { return m_isHalted; }
    ActivityReport activity() const;
    QString lastPointInside() const { return m_segment->read().lastPointInside; }
    qint64 stoppedAt() const;

private:
    void outputCame(const QByteArray &bytes) override;
    void errorOutputCame(const QByteArray &bytes) override;
    void couldNotStart(const QString &why) override;
    void ended() override;

    void handle(const Frame &frame);
    void failToStart(const QString &why);
    QList<QSeamstressError> errorsAtTheEnd();
    bool wasKilledByUs() const;
    QSeamstressError crash(const ErrorSegment::Report &report) const;
    QString howItEnded(int signal) const;
    QString lastLines() const; // of the output, to be appended to a message; empty if none
    QSeamstressError error(QSeamstressError::Code code, const QString &text) const;

    const RunSettings m_settings;
    std::unique_ptr<ErrorSegment> m_segment;
    QString m_program;
    FrameDecoder m_decoder;
    bool m_hasAnswered = false;
    bool m_hasEnded = false; // the script has
    bool m_isHalted = false;
    quint32 m_order; // the last order sent: the script resumes from pauses of earlier orders
    bool m_isCancelled = false;
    bool m_isTold = false; // the end has been reported
    QList<QSeamstressError> m_lostValues;
    QByteArray m_errorOutput; // the last lines
    std::unique_ptr<Child> m_child; // destroyed first, since it calls this object
};

} // namespace QSeamstressPrivate

#endif // PROCESSRUN_P_H
