// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef OUTSIDEWAIT_P_H
#define OUTSIDEWAIT_P_H

#include <QtCore/QDeadlineTimer>

#include "../base/patience_p.h"

namespace QSeamstressPrivate {

// A script's wait for what may come from outside, from one look to the next: it counts as blocked if that takes long.
class OutsideWait
{
public:
    explicit OutsideWait(int timeout); // of a step, ms

    // At each look. wasAwake: the script has run since the look before.
    bool isLong(bool wasAwake);

private:
    // Between two moments in which it was awake.
    struct One
    {
        explicit One(int milliseconds);
        bool isLong();

        Patience patience;
        QDeadlineTimer whileBusy;
        int looks = 0;
        int busyLooks = 0;
    };

    int m_patience; // ms
    Patience m_all;
    One m_one;
};

} // namespace QSeamstressPrivate

#endif // OUTSIDEWAIT_P_H
