// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SQLDRIVER_H
#define SQLDRIVER_H

#include <QString>

// Checks whether Qt has a database driver, such as QPSQL, and can load it.
class SqlDriver
{
public:
    explicit SqlDriver(const QString &name);

    bool isInstalled() const { return m_problem.isEmpty(); }
    QString problem() const { return m_problem; }

private:
    QString m_problem;
};

#endif // SQLDRIVER_H
