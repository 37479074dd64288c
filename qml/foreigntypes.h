// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Registers the classes of the library with QML, without names of their own.

#ifndef FOREIGNTYPES_H
#define FOREIGNTYPES_H

#include <QSeamstressConfig>
#include <QSeamstressExplorer>
#include <QSeamstressProcess>
#include <QSeamstressTask>
#include <QSeamstressThread>

#include <QtQml/qqml.h>

struct ForeignConfig
{
    Q_GADGET
    QML_FOREIGN(QSeamstressConfig)
    QML_ANONYMOUS
};

struct ForeignExecutor
{
    Q_GADGET
    QML_FOREIGN(QSeamstressExecutor)
    QML_ANONYMOUS
};

struct ForeignExplorer
{
    Q_GADGET
    QML_FOREIGN(QSeamstressExplorer)
    QML_ANONYMOUS
};

struct ForeignProcess
{
    Q_GADGET
    QML_FOREIGN(QSeamstressProcess)
    QML_ANONYMOUS
};

struct ForeignTask
{
    Q_GADGET
    QML_FOREIGN(QSeamstressTask)
    QML_ANONYMOUS
};

struct ForeignThread
{
    Q_GADGET
    QML_FOREIGN(QSeamstressThread)
    QML_ANONYMOUS
};

#endif // FOREIGNTYPES_H
