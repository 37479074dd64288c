// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef THREADNAMES_P_H
#define THREADNAMES_P_H

#include <QtCore/QString>

namespace QSeamstressPrivate {

// The name of the current thread's QThread, else that of the system, else empty.
QString nameOfCurrentThread();
// As messages call it.
QString textOfCurrentThread();
// As the timeline does.
QString columnOfCurrentThread();

} // namespace QSeamstressPrivate

#endif // THREADNAMES_P_H
