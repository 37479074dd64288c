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

// What one run of a script needs to know.
struct RunSettings
{
    ScriptSource source;
    std::shared_ptr<ConfigData> config; // null if the script is none
    std::shared_ptr<QSeamstressConfig> sharedConfig; // keeps it alive for a run that is abandoned
    std::shared_ptr<Mailbox> mailbox;
    Target target;
    quint32 order = 0;
    QString origin; // objectName of the executor
    QString name; // how messages call it
    QObject *owner = nullptr; // the executor
};

// Where scripts run: another thread, another process, the event loop. Called by the executor, in the owner's thread; answers
// through the mailbox, with any number of halts and one end.
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
    const bool runsOnOwnersEventLoop; // the script gets on only while that runs

    // An error means that nothing was started, and nothing will be told.
    virtual QSeamstressError launch(const RunSettings &settings) = 0;
    virtual void letGo(const Target &target, quint32 order) = 0;
    virtual void retarget(const Target &target, quint32 order) = 0;
    // After the end: until nothing of the run is left. False if something is at the deadline.
    virtual bool join(QDeadlineTimer deadline) = 0;
    // The script ends where it stands or will stop next, and tells no error of that; the mailbox is told before it does. Plain code cannot be ended: there it goes on to its end, or stays for
    // ever. False if it is halted in plain code and may not stay.
    enum class PlainCode { GoesOn, Stays };
    virtual bool cancel(PlainCode plainCode) = 0;

    // The script waits for nobody else to let it go on.
    virtual void letGoFromBreakpoints() { }
    // exit() timed out.
    virtual void requestInterruption() = 0;
    // The destructor's last means, before it abandons the run: what the script awaits will not come.
    virtual void giveUp(const QSeamstressError &error) = 0;
    // From now on the run goes on without us. Returns what to say of that, in sentences.
    virtual QString abandon() = 0;

    // isPaused: the owner has heard that the script halts, which its thread may still be about to do.
    virtual ActivityReport activity(bool isPaused) const = 0;
    virtual bool runsWhilePaused() const { return false; }
    virtual qint64 threadId() const { return -1; } // in which it runs, in this process; of currentThreadId()
    virtual qint64 processId() const { return 0; } // 0: this one
    virtual qint64 stoppedAt() const { return 0; } // before join(): when the script halted or ended last, as Whereabouts::now() says

    // Until the mailbox may have something, or the deadline, or earlier for no reason.
    virtual void waitForEvent(Mailbox &mailbox, QDeadlineTimer deadline) { mailbox.waitForEvent(deadline, Sleeper::Looks::None); }
    // In another process: the last pause point of another thread than that of the script, or of a script inside of it. Null if there was none.
    virtual QString lastPointInside() const { return {}; }
    // The caller is called by the script, which cannot get on before it returns.
    virtual bool isOnTheStack() const { return false; }

    int pauseTimeout = -1; // ms; the owner's, for a step that keeps even the owner from waiting
};

} // namespace QSeamstressPrivate

#endif // BACKEND_P_H
