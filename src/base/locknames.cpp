// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "locknames_p.h"

#include <QtCore/QMap>

#include <mutex>

#include "qseamstressnamespace.h"

namespace QSeamstressPrivate {

// Maximum offset, from the beginning of a lock, of the address at which threads wait. The locks of the standard library are smaller.
static constexpr quintptr largestLock = 64; // bytes

namespace {

struct Names
{
    std::mutex mutex;
    QMap<quintptr, QString> given; // by the address of the lock
    QMultiMap<quintptr, const LockOfScript *> ofScripts;

    static Names &instance()
    {
        static auto *const names = new Names; // never destroyed: executors may be static
        return *names;
    }
};

} // namespace

QString givenNameAt(quintptr address)
{
    Names &names = Names::instance();
    const std::lock_guard lock(names.mutex);
    auto given = names.given.upperBound(address);
    if (given == names.given.begin() || address - (--given).key() >= largestLock)
        return {};
    return QLatin1Char('"') + *given + QLatin1Char('"');
}

QString lockNameAt(quintptr address)
{
    if (const QString name = givenNameAt(address); !name.isEmpty())
        return name;
    Names &names = Names::instance();
    const std::lock_guard lock(names.mutex);
    if (auto ofScript = names.ofScripts.upperBound(address); ofScript != names.ofScripts.begin() && address < (*--ofScript)->end)
        return QStringLiteral("the lock of \"%1\"").arg((*ofScript)->script);
    return {};
}

LockOfScript::LockOfScript(const KnownLock &lock, const QString &script)
    : begin(lock.type && !script.isEmpty() ? reinterpret_cast<quintptr>(lock.address) : 0)
    , end(begin + lock.size)
    , script(script)
{
    if (begin == 0)
        return;
    Names &names = Names::instance();
    const std::lock_guard guard(names.mutex);
    names.ofScripts.insert(begin, this);
}

LockOfScript::~LockOfScript()
{
    Names &names = Names::instance();
    const std::lock_guard guard(names.mutex);
    names.ofScripts.remove(begin, this);
}

} // namespace QSeamstressPrivate

/*!
    Sets \a name as the name that messages, timelines and reports use for \a lock instead of its address: "is blocked on "accounts"". An
    empty name removes it. Remove the name before the lock is destroyed, since the address may be reused.

    \a lock may be any object of at most 64 bytes inside which a thread waits, as for QSeamstressThread::waitForBlockedOn(). For a larger
    object, pass the address of the lock in it. A lock that is the script of an executor needs no name: it is named after the executor.

    Any thread may call this function.
*/
void QSeamstress::setLockName(const void *lock, const QString &name)
{
    using namespace QSeamstressPrivate;
    Names &names = Names::instance();
    const std::lock_guard guard(names.mutex);
    if (name.isEmpty())
        names.given.remove(reinterpret_cast<quintptr>(lock));
    else if (lock)
        names.given.insert(reinterpret_cast<quintptr>(lock), name);
    else
        qWarning("QSeamstress::setLockName: a null pointer cannot be named \"%s\"; pass the address of a lock.", qPrintable(name));
}
