// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What two programs have in common: scripts that tell in which of them they run.

#ifndef OTHERSCRIPTS_H
#define OTHERSCRIPTS_H

#include <QSeamstressConfig>
#include <QSeamstressProcess>

#include <stdexcept>

// Each program has one of its own.
QString nameOfThisProgram();

struct TellsItsProgram
{
    QSeamstressScript operator()(QString greeting) const
    {
        const QString text = greeting + nameOfThisProgram();
        co_yield QSeamstress::Pause("told", text);
    }
};

// Throws, since a config has no pause point that could tell.
class ThrowsItsProgram : public QSeamstressConfig
{
    Q_OBJECT
    Q_PROPERTY(QString greeting MEMBER greeting)

public:
    void setUp() override { throw std::runtime_error((greeting + nameOfThisProgram()).toStdString()); }

    QString greeting;
};

#endif // OTHERSCRIPTS_H
