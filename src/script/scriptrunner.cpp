// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "scriptrunner_p.h"

#include <QtCore/QCoreApplication>

#include <utility>
#include <vector>

#include "errordata_p.h"
#include "passedpoints_p.h"

namespace QSeamstressPrivate {

static thread_local ScriptRunner *currentRunner = nullptr;

void ReadyTeller::tell()
{
    const std::lock_guard lock(m_mutex);
    m_hasTold = true;
    if (m_host)
        m_host->setReady();
}

static QString secondResumeText(const QString &awaited)
{
    return QStringLiteral("awaited %1, which resumed it a second time; the second resume was ignored. Make %1 discard its std::coroutine_handle after resuming it").arg(awaited);
}

void ReadyTeller::tellOfSecondResume(const QString &awaited)
{
    const std::lock_guard lock(m_mutex);
    if (m_host)
        m_resumedTwice.append(awaited);
    else
        qCritical("QSeamstressScript: a script that has ended %s.", qPrintable(secondResumeText(awaited)));
}

QStringList ReadyTeller::forget()
{
    const std::lock_guard lock(m_mutex);
    m_host = nullptr;
    return std::exchange(m_resumedTwice, {});
}

// For scripts that await another library, which may still resume them. They are leaked but stay reachable.
static void leak(QSeamstressScript &&script)
{
    static std::mutex mutex;
    static auto *const scripts = new std::vector<QSeamstressScript>;
    const std::lock_guard lock(mutex);
    scripts->push_back(std::move(script));
}

ScriptRunner::ScriptRunner(const ScriptSource &source, ScriptHost &host, const QString &origin, const QString &name)
    : m_source(source)
    , m_host(host)
    , m_origin(origin)
    , m_name(name)
{
}

ScriptRunner::~ScriptRunner()
{
    if (m_script)
        stop({}); // nothing is left to report an error to
}

QScopedValueRollback<ScriptRunner *> ScriptRunner::enter()
{
    return QScopedValueRollback<ScriptRunner *>(currentRunner, this);
}

ScriptRunner *ScriptRunner::current()
{
    return currentRunner;
}

ScriptRunner::Stop ScriptRunner::resume()
{
    try {
        if (!m_script)
            begin();
        while (m_next) {
            m_stop = Ended;
            std::exchange(m_next, {}).resume();
            if (m_stop == AtPausePoint)
                m_lastPoint = m_pause.point;
            if (m_stop != Ended)
                return m_stop;
        }
        if (const std::exception_ptr exception = m_script->m_coroutine.promise().exception)
            addException(exception);
        m_script->destroy(); // here, so that exceptions of destructors are caught
    } catch (...) {
        addException(std::current_exception());
    }
    m_script.reset();
    forgetAwaited();
    return Ended;
}

void ScriptRunner::forgetAwaited()
{
    if (!m_readyTeller)
        return;
    const QStringList resumedTwice = m_readyTeller->forget();
    for (const QString &awaited : resumedTwice)
        m_errors.append(ErrorData::make(QSeamstressError::InvalidUse, QStringLiteral("%1 %2.").arg(m_name, secondResumeText(awaited)), m_origin));
}

void ScriptRunner::begin()
{
    QSeamstressScript script = m_source.makeScript();
    if (!script.m_coroutine)
        throw ScriptFailure(QSeamstressError::InvalidUse,
                            QStringLiteral("its callable returned a QSeamstressScript that was moved from; return a new one each time"));
    script.m_coroutine.promise().runner = this;
    m_next = script.m_coroutine;
    m_script = std::move(script);
}

void ScriptRunner::stop(const QSeamstressError &error)
{
    const bool leaks = m_stop == Awaiting && m_awaitsForeign && !m_readyTeller->hasTold();
    QString consequence;
    if (leaks)
        consequence = QStringLiteral(" Its coroutine was therefore leaked, with its local variables: %1, which it awaits, might still resume it. Make the awaitable finish before the executor is destroyed.").arg(m_awaited);
    else if (m_stop == Awaiting || m_stop == Retrying)
        consequence = QStringLiteral(" Its coroutine was therefore destroyed where it was suspended, with its local variables.");
    if (error)
        m_errors.append(consequence.isEmpty() ? error : ErrorData::withMessage(error, error.message() + consequence));
    else if (leaks)
        m_errors.append(ErrorData::make(QSeamstressError::InvalidUse, m_name + QStringLiteral(" was cancelled.") + consequence, m_origin));
    try {
        if (leaks)
            leak(std::move(*m_script));
        else if (m_script) // it has started
            m_script->destroy();
    } catch (...) {
        addException(std::current_exception());
    }
    m_script.reset();
    forgetAwaited();
}

void ScriptRunner::suspend(Stop why, std::coroutine_handle<> coroutine)
{
    m_stop = why;
    m_next = coroutine;
}

void ScriptRunner::suspendAwaiting(std::coroutine_handle<> coroutine, const QString &what, bool isForeign)
{
    suspend(Awaiting, coroutine);
    m_awaited = what;
    m_awaitsForeign = isForeign;
    if (isForeign)
        m_readyTeller->expect();
}

std::shared_ptr<ReadyTeller> ScriptRunner::readyTeller()
{
    if (!m_readyTeller)
        m_readyTeller = std::make_shared<ReadyTeller>(&m_host);
    return m_readyTeller;
}

void ScriptRunner::requireEventLoop()
{
    if (!QCoreApplication::instance())
        throw ScriptFailure(QSeamstressError::InvalidUse,
                            QStringLiteral("co_await needs an event loop, but there is no QCoreApplication; create one in main()"));
}

void ScriptRunner::pauseInPlainCode(const QString &point, const QVariant &value)
{
    m_lastPoint = point;
    if (!m_firstPlainPoint)
        m_firstPlainPoint = point;
    m_host.pauseInPlainCode(point, value);
}

void ScriptRunner::refusePlainCode()
{
    if (!m_firstPlainPoint || !m_source.isPlainCode)
        return;
    const QString where = m_firstPlainPoint->isEmpty() ? QStringLiteral("a pause point") : QStringLiteral("its pause point \"%1\"").arg(*m_firstPlainPoint);
    addException(std::make_exception_ptr(ScriptFailure(
        QSeamstressError::InvalidUse,
        QStringLiteral("it reached %1 in plain code, where a task cannot pause; make it a coroutine that returns QSeamstressScript and uses co_yield instead of QSeamstress::pause(), or run it in a QSeamstressThread")
            .arg(where))));
}

void ScriptRunner::addException(const std::exception_ptr &exception)
{
    m_errors.append(ErrorData::fromException(exception, m_origin, m_name, QLatin1Char(' ') + placeText(m_lastPoint)));
}

} // namespace QSeamstressPrivate
