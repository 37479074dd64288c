// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PROCESSBACKEND_P_H
#define PROCESSBACKEND_P_H

#include <QtCore/QProcessEnvironment>
#include <QtCore/QStringList>

#include "../executor/backend_p.h"

namespace QSeamstressPrivate {

class ProcessRun;

// Runs scripts in another process: this very program, started again.
class ProcessBackend final : public Backend
{
public:
    ProcessBackend();
    ~ProcessBackend() override;

    QSeamstressError launch(const RunSettings &settings) override;
    void letGo(const Target &target, quint32 order) override;
    void retarget(const Target &target, quint32 order) override;
    bool join(QDeadlineTimer deadline) override;
    void requestInterruption() override { } // a process that will not end can be killed, which is the destructor's
    bool cancel(PlainCode plainCode) override;
    void giveUp(const QSeamstressError &error) override;
    QString abandon() override;
    ActivityReport activity(bool isPaused) const override;
    void waitForEvent(Mailbox &mailbox, QDeadlineTimer deadline) override;
    QString lastPointInside() const override;

    qint64 processId() const override;
    qint64 stoppedAt() const override;

    // Between two runs.
    int sharedMemorySize = 65536; // bytes
    QString program; // this one if empty
    QStringList arguments;
    QString workingDirectory;
    std::optional<QProcessEnvironment> environment;

private:
    // What touches a QProcess of another thread, as a destructor there does, is left to the event loop of that thread: QMetaObject::invokeMethod()
    // calls at once in this one.
    bool isInAnotherThread() const;
    void deleteRun();
    bool isOtherProgram() const;
    QString refusal(const RunSettings &settings) const;

    std::unique_ptr<ProcessRun> m_run;
    QString m_lastPointInside; // of the run before, once that has ended
};

} // namespace QSeamstressPrivate

#endif // PROCESSBACKEND_P_H
