// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef REQUIREMENTS_H
#define REQUIREMENTS_H

#include <QStringList>
#include <QTest>

// Optional software that a test needs: any number of PrivateServer and SqlDriver.
class Requirements
{
public:
    template <class... Requirement>
    explicit Requirements(const Requirement &...requirements)
    {
        (add(requirements.problem(), requirements.isInstalled()), ...);
    }

    bool areMet() const { return m_problems.isEmpty(); }
    QString problems() const { return m_problems.join('\n'); } // one per line, each with its cure

    // Whether the test is skipped instead of failed: users need not install everything, but the project's own runs must test everything.
    // If something is installed but does not work, the test always fails.
    bool canBeSkipped() const { return !areMet() && !m_isBroken && qEnvironmentVariableIntValue("QSEAMSTRESS_TEST_SERVERS_REQUIRED") == 0; }

private:
    void add(const QString &problem, bool isInstalled)
    {
        if (problem.isEmpty())
            return;
        m_problems.append(problem);
        m_isBroken = m_isBroken || isInstalled;
    }

    QStringList m_problems;
    bool m_isBroken = false;
};

// For initTestCase(): skips the test if one of these is not installed, or fails it where they are required.
#define REQUIRE_INSTALLED(...) \
    do { \
        const Requirements requirements{ __VA_ARGS__ }; \
        if (requirements.canBeSkipped()) \
            QSKIP(qPrintable(requirements.problems())); \
        QVERIFY2(requirements.areMet(), qPrintable(requirements.problems())); \
    } while (false)

#endif // REQUIREMENTS_H
