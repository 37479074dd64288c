// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef ACTIVITYTEXT_P_H
#define ACTIVITYTEXT_P_H

#include "../platform/activityreport_p.h"

namespace QSeamstressPrivate {

// Completes "it ...": "is blocked on "accounts", in futex", "is computing". Empty if nothing is known.
QString activityText(const ActivityReport &report);
// The same as a sentence for a message.
QString nowText(const ActivityReport &report);
// For a timeline: "blocked on "accounts"", "waiting in co_await". Empty if the script does not wait.
QString waitText(const ActivityReport &report);

} // namespace QSeamstressPrivate

#endif // ACTIVITYTEXT_P_H
