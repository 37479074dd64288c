// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// co_await for awaitables of other libraries.

#include "qseamstresspromise.h"

#include <deque>
#include <utility>

#include "errordata_p.h"
#include "scriptrunner_p.h"

namespace QSeamstressPrivate {

ForeignStateBase::ForeignStateBase(ScriptRunner *runner)
    : m_readyTeller((ScriptRunner::requireEventLoop(), runner->readyTeller()))
{
}

void ForeignStateBase::finish(std::exception_ptr exception)
{
    {
        const std::lock_guard lock(m_mutex);
        m_exception = std::move(exception);
        m_isFinished = true;
        if (!m_isAwaited)
            return;
    }
    m_readyTeller->tell();
}

bool ForeignStateBase::isFinished() const
{
    const std::lock_guard lock(m_mutex);
    return m_isFinished;
}

bool ForeignStateBase::suspend(std::coroutine_handle<QSeamstressScript::promise_type> coroutine, const std::type_info &type)
{
    const std::lock_guard lock(m_mutex);
    if (m_isFinished)
        return false;
    m_isAwaited = true;
    coroutine.promise().runner->suspendAwaiting(coroutine, demangled(type), true);
    return true;
}

void ForeignStateBase::rethrow()
{
    std::unique_lock lock(m_mutex);
    const std::exception_ptr exception = std::exchange(m_exception, {});
    lock.unlock();
    if (exception)
        std::rethrow_exception(exception);
}

// Each costs its coroutine frame: a few hundred bytes plus the size of the awaited result.
static constexpr std::size_t maximumOfKeptBridges = 256;

static void keepBridge(std::coroutine_handle<> bridge)
{
    static std::mutex mutex;
    static auto *const bridges = new std::deque<std::coroutine_handle<>>; // oldest first; never destroyed: it may be used during exit()
    std::unique_lock lock(mutex);
    bridges->push_back(bridge);
    if (bridges->size() <= maximumOfKeptBridges)
        return;
    const std::coroutine_handle<> oldest = bridges->front();
    bridges->pop_front();
    lock.unlock();
    oldest.destroy();
}

EndOfBridge::EndOfBridge(const ForeignStateBase &state, const std::type_info &type)
    : m_readyTeller(state.readyTeller())
    , m_type(type)
{
}

void EndOfBridge::await_suspend(std::coroutine_handle<> bridge) const
{
    if (!m_isTold)
        keepBridge(bridge); // after the second resume it is kept already, so a third one is safe, too
}

void EndOfBridge::await_resume()
{
    if (!std::exchange(m_isTold, true))
        m_readyTeller->tellOfSecondResume(demangled(m_type));
}

} // namespace QSeamstressPrivate
