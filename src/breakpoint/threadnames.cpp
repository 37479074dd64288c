// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "threadnames_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QThread>

#include "../platform/platform_p.h"

namespace QSeamstressPrivate {

QString nameOfCurrentThread()
{
    const QString objectName = QThread::currentThread()->objectName();
    return objectName.isEmpty() ? threadName({ currentThreadId() }) : objectName;
}

// On Linux, a thread without a name of its own has that of the thread that created it.
static QString ownName()
{
    static const QString nameOfTheProgram = threadName({ QCoreApplication::applicationPid() });
    const QString name = nameOfCurrentThread();
    return name == nameOfTheProgram ? QString() : name;
}

QString textOfCurrentThread()
{
    if (QCoreApplication::instance() && QCoreApplication::instance()->thread() == QThread::currentThread())
        return QStringLiteral("the main thread");
    const QString name = ownName();
    return name.isEmpty() ? QStringLiteral("an unnamed thread") : QStringLiteral("\"%1\"").arg(name);
}

QString columnOfCurrentThread()
{
    const QString name = ownName();
    return name.isEmpty() ? QStringLiteral("thread") : name;
}

} // namespace QSeamstressPrivate
