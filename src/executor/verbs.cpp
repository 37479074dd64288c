// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "verbs_p.h"

namespace QSeamstressPrivate {

QString misuseText(Verb verb, QSeamstressExecutor::Phase phase)
{
    switch (phase) {
    case QSeamstressExecutor::Idle:
        return QStringLiteral("has not been started; call enter() or start() first");
    case QSeamstressExecutor::SettingUp:
    case QSeamstressExecutor::Running:
        return QStringLiteral("is on its way to a pause point; call waitForPaused() first");
    case QSeamstressExecutor::Paused:
        if (verb == Verb::WaitForFinished)
            return QStringLiteral("is halted and would never finish; call exit(), or finish() first");
        if (verb == Verb::WaitForActivity)
            return QStringLiteral("is halted and would never block; let it go by resume() or finish() first");
        return QStringLiteral("has been entered and is halted; call advance() or runTo() to go on, or exit() first");
    case QSeamstressExecutor::TearingDown:
        return QStringLiteral("runs to its end and does not halt any more; call exit() or waitForFinished() first");
    case QSeamstressExecutor::Finished:
    case QSeamstressExecutor::Failed:
        return QStringLiteral("is over; call enter() or start() to run it again");
    }
    Q_UNREACHABLE();
}

} // namespace QSeamstressPrivate
