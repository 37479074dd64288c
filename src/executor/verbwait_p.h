// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef VERBWAIT_P_H
#define VERBWAIT_P_H

#include "executordata_p.h"

namespace QSeamstressPrivate {

// How a verb waits until its script has done what the verb asks for.
class VerbWait
{
public:
    VerbWait(ExecutorData &executor, const Request &request, Patience &patience);

    bool wait(); // false if it has failed, or if the executor has been deleted

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
