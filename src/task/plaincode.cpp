// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "plaincode_p.h"

#include "../script/errordata_p.h"

namespace QSeamstressPrivate {

void PlainCode::refuse(const ScriptSource &source, ScriptRunner &runner) const
{
    if (!m_reached || !source.isPlainCode)
        return;
    runner.addException(std::make_exception_ptr(ScriptFailure(
        QSeamstressError::InvalidUse,
        QStringLiteral("it reached %1 in plain code, where a task cannot halt; make it a coroutine that returns QSeamstressScript, with co_yield in place of QSeamstress::pause(), or run it by QSeamstressThread")
            .arg(m_point.isEmpty() ? QStringLiteral("a pause point") : QStringLiteral("its pause point \"%1\"").arg(m_point)))));
}

} // namespace QSeamstressPrivate
