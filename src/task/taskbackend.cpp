// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "taskbackend_p.h"

#include <QtCore/QAbstractEventDispatcher>
#include <QtCore/QCoreApplication>

#include "../script/errordata_p.h"
#include "taskrun_p.h"

namespace QSeamstressPrivate {

TaskBackend::TaskBackend()
    : Backend(QSeamstressError::TaskStillExecuting, true)
{
}

TaskBackend::~TaskBackend() = default;

QSeamstressError TaskBackend::launch(const RunSettings &settings)
{
    if (!QCoreApplication::instance() || !QAbstractEventDispatcher::instance())
        return ErrorData::make(QSeamstressError::NoRunningEventLoop,
                               QStringLiteral("%1 cannot run: a task runs on the event loop of its thread, and this thread has none. Create a QCoreApplication in "
                                              "main(), and create the task in that thread or in a QThread; or run the script in a QSeamstressThread.")
                                   .arg(settings.name),
                               settings.origin);
    const std::shared_ptr<TaskRun> run = TaskRun::make(settings, pauseTimeout);
    if (settings.config) {
        if (const QString refusal = settings.config->claim(run, settings.origin, settings.name, ConfigData::Moves::No); !refusal.isEmpty())
            return ErrorData::make(QSeamstressError::InvalidUse, refusal, settings.origin);
    }
    m_run = run;
    m_run->postStep();
    return {};
}

void TaskBackend::letGo(const Target &target, quint32 order)
{
    m_run->letGo(target, order, pauseTimeout);
}

void TaskBackend::retarget(const Target &target, quint32 order)
{
    m_run->retarget(target, order, pauseTimeout);
}

bool TaskBackend::join(QDeadlineTimer)
{
    m_run.reset();
    return true;
}

bool TaskBackend::cancel(PlainCode)
{
    m_run->cancel({});
    return true; // plain code does not pause in a task
}

void TaskBackend::giveUp(const QSeamstressError &error)
{
    m_run->cancel(error);
}

QString TaskBackend::abandon()
{
    m_run->keepAlive();
    m_run.reset();
    return QStringLiteral("Its executor was destroyed by a step of the script itself, or in another thread while the event loop was not running. The script "
                          "runs to its end, without pausing, as soon as that loop runs. Destroy the executor in its own thread, from outside the script.");
}

ActivityReport TaskBackend::activity(bool isPaused) const
{
    return isPaused ? ActivityReport{ ActivityReport::Halted } : m_run->activity();
}

bool TaskBackend::isOnTheStack() const
{
    return m_run && m_run->isOnTheStack();
}

} // namespace QSeamstressPrivate
