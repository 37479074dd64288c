// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef NOTIFICATIONS_P_H
#define NOTIFICATIONS_P_H

#include <QtCore/QPointer>

#include <functional>
#include <utility>

#include "../base/realtime_p.h"
#include "qseamstressexecutor.h"

namespace QSeamstressPrivate {

// Signals of an executor, queued until its state is consistent. A slot may call verbs, or delete the executor and with it this object: a
// function that calls emitAll(), directly or indirectly, returns at once if the executor is gone.
class Notifications
{
public:
    explicit Notifications(QSeamstressExecutor *executor)
        : m_executor(executor)
    {
    }

    void add(std::function<void(QSeamstressExecutor *)> emission)
    {
        if (!m_isSilent)
            m_waiting.push_back(std::move(emission));
    }
    void emitAll()
    {
        const QPointer<QSeamstressExecutor> alive(m_executor);
        const ProgramTime slotsRun;
        while (alive && !m_waiting.isEmpty()) {
            const auto emission = m_waiting.takeFirst();
            emission(m_executor);
        }
    }
    void silence() // permanently
    {
        m_isSilent = true;
        m_waiting.clear();
    }

private:
    QSeamstressExecutor *const m_executor;
    bool m_isSilent = false;
    QList<std::function<void(QSeamstressExecutor *)>> m_waiting;
};

} // namespace QSeamstressPrivate

#endif // NOTIFICATIONS_P_H
