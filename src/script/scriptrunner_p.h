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

// Notifies a host, from any thread, that the result its script awaits is available. Outlives the runner.
class ReadyTeller
{
public:
    explicit ReadyTeller(ScriptHost *host)
        : m_host(host)
    {
    }
    void expect() { m_hasTold = false; }
    void tell();
    bool hasTold() const { return m_hasTold; } // since the last expect()
    // An awaitable has resumed the script a second time. Once the script has ended, this prints the error.
    void tellOfSecondResume(const QString &awaited);
    QStringList forget(); // the script has ended; returns the awaitables that resumed it twice

private:
    std::mutex m_mutex;
    std::atomic<bool> m_hasTold = false;
    ScriptHost *m_host;
    QStringList m_resumedTwice;
};

// Runs one script from one suspension to the next; its host decides what happens in between. The script's coroutines report why they
// suspend.
//
// Coroutines never resume each other directly: a sub-script that starts or ends returns to the loop in resume(), which resumes the
// next coroutine. Without optimisation, g++ does not turn a symmetric transfer into a tail call, and a long loop over sub-scripts
// would overflow the stack.
class ScriptRunner
{
public:
    enum Stop { AtPausePoint, Awaiting, Retrying, Ended };

    ScriptRunner(const ScriptSource &source, ScriptHost &host, const QString &origin, const QString &name);
    ~ScriptRunner();
    Q_DISABLE_COPY_MOVE(ScriptRunner)

    // While the result exists, code in this thread runs inside the script. Restores the previous runner, since scripts can be nested.
    [[nodiscard]] QScopedValueRollback<ScriptRunner *> enter();

    // Starts or resumes the script and runs it until it suspends or ends. Must not be called after Ended.
    Stop resume();
    // Instead of resume(): destroys the script where it is suspended, with its local variables. A script that awaits another library is
    // leaked, since that library may resume it, and the leak is an error of the script. So is error, if there is one.
    void stop(const QSeamstressError &error);
    const QSeamstress::Pause &pause() const { return m_pause; } // after AtPausePoint
    const QString &awaited() const { return m_awaited; } // after Awaiting
    // All errors, in order of occurrence.
    const QList<QSeamstressError> &errors() const { return m_errors; }

    // Called by the coroutines.
    void resumeNext(std::coroutine_handle<> coroutine) { m_next = coroutine; }
    void suspend(Stop why, std::coroutine_handle<> coroutine);
    // what: for messages. isForeign: an awaitable of another library may resume the coroutine later, so it cannot be destroyed.
    void suspendAwaiting(std::coroutine_handle<> coroutine, const QString &what, bool isForeign);
    void setPause(const QSeamstress::Pause &pause) { m_pause = pause; }
    void setReady() { m_host.setReady(); }
    std::shared_ptr<ReadyTeller> readyTeller();
    void addException(const std::exception_ptr &exception);
    static void requireEventLoop();

    // Plain code reached a pause point.
    void pauseInPlainCode(const QString &point, const QVariant &value);
    // Called at the end of a script whose host cannot pause plain code. Fails a script that is plain code, not a coroutine.
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
    std::optional<QString> m_lastPoint; // nullopt before the first one
    std::optional<QString> m_firstPlainPoint; // reached in plain code
    Stop m_stop = Ended; // why the script is suspended; Ended if it is not
    std::coroutine_handle<> m_next;
    QSeamstress::Pause m_pause;
    QString m_awaited;
    bool m_awaitsForeign = false;
    std::shared_ptr<ReadyTeller> m_readyTeller;
    QList<QSeamstressError> m_errors;
};

} // namespace QSeamstressPrivate

#endif // SCRIPTRUNNER_P_H
