// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Scripts that two programs share, and that report in which of the two they run.

#ifndef OTHERSCRIPTS_H
#define OTHERSCRIPTS_H

#include <QSeamstressConfig>
#include <QSeamstressProcess>

#include <stdexcept>

// Each program has its own definition.
QString nameOfThisProgram();

struct TellsItsProgram
{
    QSeamstressScript operator()(QString greeting) const
    {
        const QString text = greeting + nameOfThisProgram();
        co_yield QSeamstress::Pause("told", text);
    }
};

// Throws to report it, since a config has no pause point of its own.
class ThrowsItsProgram : public QSeamstressConfig
{
    Q_OBJECT
    Q_PROPERTY(QString greeting MEMBER greeting)

public:
    void setUp() override { throw std::runtime_error((greeting + nameOfThisProgram()).toStdString()); }

    QString greeting;
};

#endif // OTHERSCRIPTS_H
