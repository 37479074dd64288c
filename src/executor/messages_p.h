// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef MESSAGES_P_H
#define MESSAGES_P_H

#include <QtCore/QString>

#include "../base/patience_p.h"
#include "backend_p.h"
#include "verbs_p.h"

// The texts of errors other than exceptions: what happened to which script, what it is doing now, and what to change.
namespace QSeamstressPrivate {

QString timedOutText(const QString &name, const Request &request, const Target &target, const Patience &patience, const PassedPoints &passed, const ActivityReport &activity);
// Why the wait ended early, instead of how to wait longer.
QString stuckText();
QString eventLoopText(); // if the script may be waiting for the owner's event loop
// For a task whose step keeps even the owner's thread from waiting.
QString blockedEventLoopText(const QString &name, const Patience &patience, const PassedPoints &passed, const ActivityReport &activity);
QString nestedEventLoopText(const QString &name, qint64 milliseconds, const PassedPoints &passed);
QString neverPausedText(const QString &name, bool isRunning, const Target &target, const PassedPoints &passed);
// Why waitForActivity() need not wait: the script has ended or is paused, or the system does not report activities.
QString doesNotDoThatText(const QString &name, const Request &request, QSeamstressExecutor::Phase phase, const PassedPoints &passed);
// Why it cannot be determined whether a script does what a request waits for. Empty if it can.
QString refusalOf(const Request &request);
// For a caller of verb in a phase where that is misuse: what happened and what to do.
QString misuseText(Verb verb, QSeamstressExecutor::Phase phase);

} // namespace QSeamstressPrivate

#endif // MESSAGES_P_H
