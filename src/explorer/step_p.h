// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef STEP_P_H
#define STEP_P_H

#include <QtCore/QString>

namespace QSeamstressPrivate {

// What became of a step of a script.
struct Step
{
    enum End : quint8 { AtPoint,
                        Done,
                        Blocked };
    quint8 script;
    End end;
    bool wasAsked; // false: it was blocked, and has gone on by itself
    QString point;
    QString blockedText = {}; // for the timeline, if it ended blocked
};

} // namespace QSeamstressPrivate

#endif // STEP_P_H
