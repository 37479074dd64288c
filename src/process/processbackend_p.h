// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PROCESSBACKEND_P_H
#define PROCESSBACKEND_P_H

#include <QtCore/QProcessEnvironment>
#include <QtCore/QStringList>

#include "../executor/backend_p.h"

namespace QSeamstressPrivate {

class ProcessRun;

// Runs scripts in another process: by default this program, started again.
class ProcessBackend final : public Backend
{
public:
    ProcessBackend();
    ~ProcessBackend() override;

    QSeamstressError launch(const RunSettings &settings) override;
    void letGo(const Target &target, quint32 order) override;
    void retarget(const Target &target, quint32 order) override;
    bool join(QDeadlineTimer deadline) override;
    void requestInterruption() override { } // a process that does not end can be killed, which the destructor does
    bool cancel(PlainCode plainCode) override;
    void giveUp(const QSeamstressError &error) override;
    QString abandon() override;
    ActivityReport activity(bool isPaused) const override;
    void waitForEvent(Mailbox &mailbox, QDeadlineTimer deadline) override;
    QString lastPointInside() const override;

    qint64 processId() const override;
    qint64 stoppedAt() const override;

    // Set between two runs.
    int sharedMemorySize = 65536; // bytes
    QString program; // empty: this program
    QStringList arguments;
    QString workingDirectory;
    std::optional<QProcessEnvironment> environment;

private:
    // A QProcess may only be used in its own thread. Calls from another thread, such as those of a destructor, are posted to the event loop
    // of the QProcess's thread. In that thread, QMetaObject::invokeMethod() calls directly.
    bool isInAnotherThread() const;
    void deleteRun();
    bool isOtherProgram() const;
    QString refusal(const RunSettings &settings) const;

    std::unique_ptr<ProcessRun> m_run;
    QString m_lastPointInside; // of the last run, once it has ended
};

} // namespace QSeamstressPrivate

#endif // PROCESSBACKEND_P_H
