// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef QSEAMSTRESSSCRIPT_H
#define QSEAMSTRESSSCRIPT_H

#ifndef Q_MOC_RUN // the moc of Qt 6.4 cannot read it
#include <coroutine>
#endif

#include "qseamstress_export.h"
#include "qseamstressnamespace.h"

namespace QSeamstressPrivate {
class ScriptRunner;
class SubScriptAwaiter;
}

class QSEAMSTRESS_EXPORT QSeamstressScript
{
public:
    struct promise_type;

    QSeamstressScript(QSeamstressScript &&other) noexcept;
    QSeamstressScript &operator=(QSeamstressScript &&other) noexcept;
    ~QSeamstressScript();

private:
    friend class QSeamstressPrivate::ScriptRunner;
    friend class QSeamstressPrivate::SubScriptAwaiter;
    explicit QSeamstressScript(std::coroutine_handle<promise_type> coroutine) noexcept;
    void destroy();

    std::coroutine_handle<promise_type> m_coroutine;
};

#include "qseamstresspromise.h" // promise_type must be complete wherever a script is defined

#endif // QSEAMSTRESSSCRIPT_H
