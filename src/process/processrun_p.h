// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PROCESSRUN_P_H
#define PROCESSRUN_P_H

#include <QtCore/QProcess>

#include <deque>
#include <memory>

#include "../executor/backend_p.h"
#include "errorsegment_p.h"
#include "frame_p.h"

namespace QSeamstressPrivate {

// One run of a script in another process, as its test sees it. Used in the owner's thread only, since a QProcess is; only kill() and
// deleteLater() may be called in any.
class ProcessRun final : public QObject
{
public:
    ProcessRun(const RunSettings &settings, std::unique_ptr<ErrorSegment> segment);
    ~ProcessRun() override;
    Q_DISABLE_COPY_MOVE(ProcessRun)

    QProcess &process() { return m_process; }
    void start(const QByteArray &startFrame);
    void send(FrameType type, const QByteArray &payload);
    void sendTarget(FrameType type, const Target &target, quint32 order);
    void wait(QDeadlineTimer deadline);
    void kill() { m_process.kill(); }
    bool isHalted() const { return m_isHalted; }
    ActivityReport activity() const;

private:
    void receive();
    void handle(const Frame &frame);
    void receiveErrorOutput();
    void failToStart(const QString &why);
    void processEnded();
    QList<QSeamstressError> errorsAtTheEnd();
    QSeamstressError crash(const ErrorSegment::Report &report) const;
    QString howItEnded(int signal) const;
    QString lastLines() const; // that it printed, as an end of a message; empty if none
    QSeamstressError error(QSeamstressError::Code code, const QString &text) const;

    const RunSettings m_settings;
    const std::unique_ptr<ErrorSegment> m_segment;
    QProcess m_process;
    FrameDecoder m_decoder;
    bool m_hasAnswered = false;
    bool m_hasEnded = false; // the script has
    bool m_isHalted = false;
    quint32 m_order; // the last one that was sent: the script goes on from halts of those before
    bool m_isTold = false; // the end is
    QList<QSeamstressError> m_lostValues;
    QByteArray m_errorOutput; // the last lines
};

} // namespace QSeamstressPrivate

#endif // PROCESSRUN_P_H
