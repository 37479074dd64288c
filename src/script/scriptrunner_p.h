// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SCRIPTRUNNER_P_H
#define SCRIPTRUNNER_P_H

#include <QtCore/QList>
#include <QtCore/QScopedValueRollback>
#include <QtCore/QStringList>

#include <atomic>
#include <coroutine>
#include <memory>
#include <mutex>
#include <optional>

#include "../base/pausepointlistener_p.h"
#include "qseamstresserror.h"
#include "qseamstressscriptsource.h"
#include "scripthost_p.h"

namespace QSeamstressPrivate {

// Tells a host, from any thread, that what its script awaits is there. Outlives the runner.
class ReadyTeller
{
public:
    explicit ReadyTeller(ScriptHost *host)
        : m_host(host)
    {
    }
    void expect() { m_hasTold = false; }
    void tell();
    bool hasTold() const { return m_hasTold; } // since it was expected
    // What was awaited has resumed the script, and does so again. Once the script is over, this prints that.
    void tellOfSecondResume(const QString &awaited);
    QStringList forget(); // the script is over; what has resumed it twice

private:
    std::mutex m_mutex;
    std::atomic<bool> m_hasTold = false;
    ScriptHost *m_host;
    QStringList m_resumedTwice;
};

// Runs one script from where it stops to where it stops next; its host decides what happens in between. The script's coroutines
// tell it why they suspend.
//
// Coroutines are never resumed from within each other: a sub-script that begins or ends returns to the loop in resume(), which
// resumes the next. Without optimisation g++ makes no tail call of a symmetric transfer, and a long loop over sub-scripts would
// overflow the stack.
class ScriptRunner
{
public:
    enum Stop { AtPausePoint, Awaiting, Retrying, Ended };

    ScriptRunner(const ScriptSource &source, ScriptHost &host, const QString &origin, const QString &name);
    ~ScriptRunner();
    Q_DISABLE_COPY_MOVE(ScriptRunner)

    // As long as the result exists, code in this thread runs inside the script. Restores what was before: a script may run another one.
    [[nodiscard]] QScopedValueRollback<ScriptRunner *> enter();

    // Runs the script, at first from its beginning, until it stops. Not after Ended.
    Stop resume();
    // In place of resume(): destroys the script where it stopped, with its local variables. One that awaits what is not ours is
    // leaked, since that may resume it. The error, if it is one, becomes one of the script's; that it is leaked is one anyway.
    void stop(const QSeamstressError &error);
    const QSeamstress::Pause &pause() const { return m_pause; } // at a pause point
    const QString &awaited() const { return m_awaited; } // while it awaits something
    // Everything that went wrong, in order; empty if nothing did.
    const QList<QSeamstressError> &errors() const { return m_errors; }

    // Called by the coroutines.
    void resumeNext(std::coroutine_handle<> coroutine) { m_next = coroutine; }
    void suspend(Stop why, std::coroutine_handle<> coroutine);
    // what: for messages. An awaitable of another library may resume the coroutine later: then it cannot be destroyed.
    void suspendAwaiting(std::coroutine_handle<> coroutine, const QString &what, bool isForeign);
    void setPause(const QSeamstress::Pause &pause) { m_pause = pause; }
    void setReady() { m_host.setReady(); }
    std::shared_ptr<ReadyTeller> readyTeller();
    void addException(const std::exception_ptr &exception);
    static void requireEventLoop();

    // Plain code reached a pause point.
    void pauseInPlainCode(const QString &point, const QVariant &value);
    // At the end of a script whose host cannot halt it there. A coroutine went on; plain code that is the script is told now.
    void refusePlainCode();
    static ScriptRunner *current();

private:
    void begin();
    void forgetAwaited();

    const PausePointListener m_listener;
    const ScriptSource &m_source;
    ScriptHost &m_host;
    const QString m_origin;
    const QString m_name;
    std::optional<QSeamstressScript> m_script; // while it runs
    std::optional<QString> m_lastPoint; // none before the first
    std::optional<QString> m_firstPlainPoint; // reached in plain code
    Stop m_stop = Ended; // why it has suspended, Ended if it has not
    std::coroutine_handle<> m_next;
    QSeamstress::Pause m_pause;
    QString m_awaited;
    bool m_awaitsForeign = false;
    std::shared_ptr<ReadyTeller> m_readyTeller;
    QList<QSeamstressError> m_errors;
};

} // namespace QSeamstressPrivate

#endif // SCRIPTRUNNER_P_H
