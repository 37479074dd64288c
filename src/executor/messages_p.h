// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef MESSAGES_P_H
#define MESSAGES_P_H

#include <QtCore/QString>

#include "../base/patience_p.h"
#include "backend_p.h"
#include "verbs_p.h"

// The texts of errors that are no exceptions: what happened, to which script, where it is now, and what to change.
namespace QSeamstressPrivate {

QString timedOutText(const QString &name, const Request &request, const Target &target, const Patience &patience, const PassedPoints &passed, const ActivityReport &activity);
// Why it is not waited for any longer, to be added in place of the next one.
QString stuckText();
QString eventLoopText(); // if it may wait for the event loop of the owner
// Of a task whose step keeps the owner's thread from waiting at all.
QString blockedEventLoopText(const QString &name, const Patience &patience, const PassedPoints &passed, const ActivityReport &activity);
QString nestedEventLoopText(const QString &name, qint64 milliseconds, const PassedPoints &passed);
QString neverPausedText(const QString &name, bool isRunning, const Target &target, const PassedPoints &passed);
// Why waitForActivity() need not wait: it is over, or it is halted, or the system does not tell.
QString doesNotDoThatText(const QString &name, const Request &request, QSeamstressExecutor::Phase phase, const PassedPoints &passed);
// Why it can never be known whether a script does what a request waits for; empty if it can.
QString refusalOf(const Request &request);
// What to say to somebody who called verb in a phase where it is misuse: what is so, and what to do.
QString misuseText(Verb verb, QSeamstressExecutor::Phase phase);

} // namespace QSeamstressPrivate

#endif // MESSAGES_P_H
