// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What executors that do not run in the engine's thread say to JavaScript.

#ifndef REFUSALS_H
#define REFUSALS_H

#include <QSeamstressExecutor>

bool isInJavaScript(const QSeamstressConfig *config);
// Instead of what an executor was given: the script that it says it cannot run.
QSeamstressPrivate::ScriptSource refusalOf(const QString &what);

#endif // REFUSALS_H
