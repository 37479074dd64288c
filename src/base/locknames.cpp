// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "locknames_p.h"

#include <QtCore/QMap>

#include <mutex>

#include "qseamstressnamespace.h"

namespace QSeamstressPrivate {

// So far from its beginning lies where threads wait for a lock, at most: the largest of the standard library are smaller.
static constexpr quintptr largestLock = 64; // bytes

namespace {

struct Names
{
    std::mutex mutex;
    QMap<quintptr, QString> given; // by where the lock begins
    QMultiMap<quintptr, const LockOfScript *> ofScripts;

    static Names &instance()
    {
        static auto *const names = new Names; // as long as there are executors, perhaps static ones
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
    From now on messages, timelines and reports call the lock that lies at \a lock \a name, in place of its address: "is blocked on
    "accounts"". An empty name takes it back; do that before the lock is destroyed, or something else may lie there then.

    It may be any object inside of which a thread waits, as for QSeamstressThread::waitForBlockedOn(), of 64 bytes at most: of a larger one
    give the address of the lock in it. A lock that is the script of an executor needs no name: it is called after the executor.

    May be called by any thread.
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
        qWarning("QSeamstress::setLockName: there is no lock at a null pointer to be called \"%s\"; pass the address of one.", qPrintable(name));
}
