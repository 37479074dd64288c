// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef FAILUREHANDLER_P_H
#define FAILUREHANDLER_P_H

#include <QtCore/QString>

namespace QSeamstressPrivate {

// Fails the running test with message and the timeline. file is null if the failure does not belong to a line of the test.
void reportFailure(const QString &message, const char *file = nullptr, int line = 0);
// As far as is known: QTest reports it; with other frameworks, only an exception in flight shows it.
bool hasTheTestFailed();
// Whether the running test has failed, which only QTest reports. With other frameworks, whether message was the last failure.
bool hasFailedTheTest(const QString &message);

} // namespace QSeamstressPrivate

#endif // FAILUREHANDLER_P_H
