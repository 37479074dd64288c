// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef FAILUREHANDLER_P_H
#define FAILUREHANDLER_P_H

#include <QtCore/QString>

namespace QSeamstressPrivate {

// Fails the running test with message and the timeline. file is null where no line of the test is to blame.
void reportFailure(const QString &message, const char *file = nullptr, int line = 0);
// As far as is known: QTest tells, with other frameworks only an exception that is on its way does.
bool hasTheTestFailed();
// Whether the running test has failed, with this message as far as is known: QTest tells that it has, other frameworks do not.
bool hasFailedTheTest(const QString &message);

} // namespace QSeamstressPrivate

#endif // FAILUREHANDLER_P_H
