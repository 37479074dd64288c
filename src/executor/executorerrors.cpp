// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "executorerrors_p.h"

#include <QtCore/QMetaMethod>

#include "../script/errordata_p.h"
#include "../timeline/failurehandler_p.h"

namespace QSeamstressPrivate {

void ExecutorErrors::begin()
{
    m_saysThatItNeverEnds = false;
    m_ofScript.clear();
    m_isScripts = false;
    if (std::exchange(m_last, {}))
        m_notifications.add(&QSeamstressExecutor::errorChanged);
}

void ExecutorErrors::scriptHas(const QList<QSeamstressError> &errors)
{
    m_ofScript = errors;
    m_unseen = errors;
    for (const QSeamstressError &each : errors) {
        m_notifications.add([this, each](QSeamstressExecutor *executor) {
            static const QMetaMethod signal = QMetaMethod::fromSignal(&QSeamstressExecutor::errorOccurred);
            if (executor->isSignalConnected(signal) && !executor->signalsBlocked())
                m_unseen.removeAll(each);
            Q_EMIT executor->errorOccurred(each);
        });
    }
    tellScripts();
}

void ExecutorErrors::tellScripts()
{
    if (m_ofScript.isEmpty() || std::exchange(m_isScripts, true))
        return;
    m_last = ErrorData::withMessage(m_ofScript.first(), ErrorData::messagesOf(m_ofScript));
    m_notifications.add(&QSeamstressExecutor::errorChanged);
}

void ExecutorErrors::verbFailed(const QSeamstressError &error)
{
    m_last = error;
    m_isScripts = false;
    m_notifications.add([error](QSeamstressExecutor *executor) { Q_EMIT executor->errorOccurred(error); });
    m_notifications.add(&QSeamstressExecutor::errorChanged);
}

void ExecutorErrors::verbTimedOut(const QSeamstressError &error, bool neverEnds)
{
    verbFailed(error);
    m_saysThatItNeverEnds = neverEnds;
    m_wasRead = false;
}

void ExecutorErrors::seeLast()
{
    if (m_isScripts)
        seeAll();
}

bool ExecutorErrors::isToldAlive() const
{
    return m_saysThatItNeverEnds && m_wasRead && hasFailedTheTest(m_last.message());
}

void ExecutorErrors::reportUnseen()
{
    if (const QList<QSeamstressError> unseen = std::exchange(m_unseen, {}); !unseen.isEmpty())
        reportFailure(ErrorData::messagesOf(unseen));
}

} // namespace QSeamstressPrivate
