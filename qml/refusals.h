// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What executors that do not run in the engine's thread say to JavaScript.

#ifndef REFUSALS_H
#define REFUSALS_H

#include <QtCore/QString>

class QSeamstressConfig;

bool isInJavaScript(const QSeamstressConfig *config);
QString refusalOfHandlers();
QString refusalOfScript();

#endif // REFUSALS_H
