// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef BACKEND_P_H
#define BACKEND_P_H

#include <QtCore/QDeadlineTimer>

#include <memory>

#include "../platform/platform_p.h"
#include "../script/configdata_p.h"
#include "mailbox_p.h"

namespace QSeamstressPrivate {

// The settings of one run of a script.
struct RunSettings
{
    ScriptSource source;
    std::shared_ptr<ConfigData> config; // null if the script is not a config
    std::shared_ptr<QSeamstressConfig> sharedConfig; // keeps it alive for an abandoned run
    std::shared_ptr<Mailbox> mailbox;
    Target target;
    quint32 order = 0;
    QString origin; // objectName of the executor
    QString name; // for messages
    QObject *owner = nullptr; // the executor
};

// Where scripts run: another thread, another process, the event loop. Called by the executor in the owner's thread. Reports through the
// mailbox: any number of pauses and one end.
class Backend
{
public:
    explicit Backend(QSeamstressError::Code stillAliveCode, bool runsOnOwnersEventLoop = false)
        : stillAliveCode(stillAliveCode)
        , runsOnOwnersEventLoop(runsOnOwnersEventLoop)
    {
    }
    virtual ~Backend() = default;
    Q_DISABLE_COPY_MOVE(Backend)

    const QSeamstressError::Code stillAliveCode; // of a script that does not end
    const bool runsOnOwnersEventLoop; // the script makes progress only while that runs

    // An error means that nothing was started and nothing will be reported.
    virtual QSeamstressError launch(const RunSettings &settings) = 0;
    virtual void letGo(const Target &target, quint32 order) = 0;
    virtual void retarget(const Target &target, quint32 order) = 0;
    // After the end: waits until nothing is left of the run. Returns false if something is left at the deadline.
    virtual bool join(QDeadlineTimer deadline) = 0;
    // Ends the script where it is paused or pauses next, which is not an error; the mailbox is notified first. Plain code cannot be ended:
    // there, the script continues to its end or stays paused forever. Returns false if it is paused in plain code and must not stay.
    enum class PlainCode { GoesOn, Stays };
    virtual bool cancel(PlainCode plainCode) = 0;

    // Lets the script continue if it is paused at a breakpoint.
    virtual void letGoFromBreakpoints() { }
    // exit() timed out.
    virtual void requestInterruption() = 0;
    // The destructor's last resort before it abandons the run: what the script awaits will not become ready.
    virtual void giveUp(const QSeamstressError &error) = 0;
    // From now on the run continues without the executor. Returns the consequences, in sentences for a message.
    virtual QString abandon() = 0;

    // isPaused: the owner knows of the pause, although the script's thread may still be about to pause.
    virtual ActivityReport activity(bool isPaused) const = 0;
    virtual bool runsWhilePaused() const { return false; }
    virtual qint64 threadId() const { return -1; } // of the script in this process, as returned by currentThreadId()
    virtual qint64 processId() const { return 0; } // 0 is this process
    virtual qint64 stoppedAt() const { return 0; } // before join(): when the script last paused or ended, see Whereabouts::now()

    // Waits until the mailbox may have an event or the deadline expires. May return early.
    virtual void waitForEvent(Mailbox &mailbox, QDeadlineTimer deadline) { mailbox.waitForEvent(deadline, Sleeper::Looks::None); }
    // In another process: the last pause point reached by a thread other than the script's, or by a script inside it. Null if none.
    virtual QString lastPointInside() const { return {}; }
    // Whether the script is calling the executor, so that it cannot continue before this call returns.
    virtual bool isOnTheStack() const { return false; }

    int pauseTimeout = -1; // ms; of the owner, for a step that keeps even the owner from waiting
};

} // namespace QSeamstressPrivate

#endif // BACKEND_P_H
