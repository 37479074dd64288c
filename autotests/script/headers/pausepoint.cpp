// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Production code, which may use an older standard and needs neither Qt nor QSeamstress.

#include <qseamstresspausepoint.h>

int sum(int first, int second);
int sum(int first, int second)
{
    QSEAMSTRESS_PAUSE_POINT("in a statement");
    return QSEAMSTRESS_PAUSE_POINT("in an expression"), first + second;
}

struct Job
{
    const char *name;
    unsigned long id;
    short priority;
    bool isUrgent;
    float progress;
};
void start(const Job *job);
void start(const Job *job)
{
    QSEAMSTRESS_PAUSE_POINT("a pointer", job);
    QSEAMSTRESS_PAUSE_POINT("a text", job->name);
    QSEAMSTRESS_PAUSE_POINT("integers", job->id);
    QSEAMSTRESS_PAUSE_POINT("integers", job->priority);
    QSEAMSTRESS_PAUSE_POINT("a flag", job->isUrgent);
    QSEAMSTRESS_PAUSE_POINT("a number", job->progress);
    if (job->isUrgent)
        QSEAMSTRESS_PAUSE_POINT("without braces", sum(1, 2));
    else
        QSEAMSTRESS_PAUSE_POINT("without braces");
}
