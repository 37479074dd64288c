// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef MESSAGES_P_H
#define MESSAGES_P_H

#include <QtCore/QString>

#include "../base/patience_p.h"
#include "backend_p.h"
#include "qseamstressexecutor.h"

// The texts of errors that are no exceptions: what happened, to which script, where it is now, and what to change.
namespace QSeamstressPrivate {

QString pauseTimedOutText(const QString &name, const Target &target, const Patience &patience, const PassedPoints &passed, const ActivityReport &activity);
QString stillAliveText(const QString &name, const Patience &patience, const PassedPoints &passed, const ActivityReport &activity);
// Why it is not waited for any longer, to be added in place of the next one.
QString stuckText();
QString eventLoopText(); // if it may wait for the event loop of the owner
// Of a task whose step keeps the owner's thread from waiting at all.
QString blockedEventLoopText(const QString &name, const Patience &patience, const PassedPoints &passed, const ActivityReport &activity);
QString nestedEventLoopText(const QString &name, qint64 milliseconds, const PassedPoints &passed);
QString doesNotHaltText(const QString &name, const PassedPoints &passed);
QString neverPausedText(const QString &name, const Target &target, const PassedPoints &passed);
QString activityTimedOutText(const QString &name, QSeamstressExecutor::Activity goal, const KnownLock &lock, const Patience &patience, const PassedPoints &passed, const ActivityReport &activity);
// Why waitForActivity() need not wait: it is over, or it is halted, or the system does not tell.
QString doesNotDoThatText(const QString &name, QSeamstressExecutor::Activity activity, const KnownLock &lock, QSeamstressExecutor::Phase phase, const PassedPoints &passed);

} // namespace QSeamstressPrivate

#endif // MESSAGES_P_H
