// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Two files, each with one script of every form. The scripts in both files have the same names.

#ifndef TRANSLATIONUNITS_H
#define TRANSLATIONUNITS_H

#include <QSeamstressConfig>
#include <QSeamstressProcess>

std::unique_ptr<QSeamstressProcess> processOfFirst(const QString &form);
std::unique_ptr<QSeamstressProcess> processOfSecond(const QString &form);

#endif // TRANSLATIONUNITS_H
