// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef VERBWAIT_P_H
#define VERBWAIT_P_H

#include "executordata_p.h"

namespace QSeamstressPrivate {

// Waits until the script has done what a verb asks for.
class VerbWait
{
public:
    VerbWait(ExecutorData &executor, const Request &request, Patience &patience);

    bool wait(); // false if the verb failed or the executor was deleted

private:
    std::optional<bool> look();
    std::optional<bool> verdict();
    bool doesThat() const;
    void timedOut(bool isStuck);

    ExecutorData &m_executor;
    const ExecutorData::Guard m_alive;
    const Request &m_request;
    Patience &m_patience;
    const bool m_waitsForActivity;
};

} // namespace QSeamstressPrivate

#endif // VERBWAIT_P_H
