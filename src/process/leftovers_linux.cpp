// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "leftovers_p.h"

#include <QtCore/QByteArrayList>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <cerrno>

#include <signal.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

namespace QSeamstressPrivate {

namespace {

struct ProcessStat
{
    char state = '\0';
    quint64 startTime = 0; // ticks since the system started
};

// Of /proc/PID/stat: "4711 (name) S ...", where the name may have spaces and brackets.
std::optional<ProcessStat> statOf(quint64 processId)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(processId));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = file.readAll();
    const QByteArrayList fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    constexpr qsizetype startTimeField = 22 - 3; // the fields are counted from 1, the name is the second
    if (fields.size() <= startTimeField || fields.first().isEmpty())
        return {};
    return ProcessStat{ fields.first().front(), fields.at(startTimeField).toULongLong() };
}

// The namespaces that decide what a process id means and which shared memory is there.
quint64 currentPlace()
{
    struct stat processIds = {};
    struct stat memory = {};
    if (::stat("/proc/self/ns/pid", &processIds) != 0 || ::stat("/proc/self/ns/ipc", &memory) != 0)
        return 0;
    return (static_cast<quint64>(processIds.st_ino) << 32) ^ static_cast<quint64>(memory.st_ino);
}

bool isAlive(const ProcessIdentity &process)
{
    if (::kill(static_cast<pid_t>(process.processId), 0) != 0 && errno == ESRCH)
        return false;
    const std::optional<ProcessStat> stat = statOf(process.processId);
    if (!stat)
        return true; // it is there, but /proc hides it
    // A dead process has an id until its parent asks for its exit code.
    return stat->state != 'Z' && stat->state != 'X' && stat->startTime == process.startTime;
}

void remove(const QByteArray &file, const ProcessIdentity &owner)
{
    // As Qt makes it of the file, from parts of its inode: by accident it can be that of another program's memory, so who made the
    // memory is looked at.
    const key_t systemKey = ::ftok(file.constData(), 'Q');
    if (systemKey == -1)
        return; // no file
    const int id = ::shmget(systemKey, 0, 0);
    struct shmid_ds memory = {};
    const bool isOwners = id == -1 || (::shmctl(id, IPC_STAT, &memory) == 0 && static_cast<quint64>(memory.shm_cpid) == owner.processId);
    if (isOwners) {
        if (id != -1 && ::shmctl(id, IPC_RMID, nullptr) != 0 && errno != EIDRM && errno != EINVAL)
            return; // another user's: without the file nobody would find it
        // From Qt 6.6 on QSharedMemory has a semaphore of the same key.
        if (const int semaphore = ::semget(systemKey, 0, 0); semaphore != -1)
            ::semctl(semaphore, 0, IPC_RMID);
    }
    ::unlink(file.constData());
}

} // namespace

ProcessIdentity thisProcess()
{
    const auto processId = static_cast<quint64>(::getpid());
    const std::optional<ProcessStat> stat = statOf(processId);
    return { processId, stat ? stat->startTime : 0, currentPlace() };
}

void removeLeftovers(const QString &key)
{
    const std::optional<ProcessIdentity> owner = ownerOfSegment(QFileInfo(key).fileName());
    if (owner)
        remove(QFile::encodeName(key), *owner);
}

void sweepLeftovers()
{
    const quint64 place = currentPlace();
    const QFileInfoList files = QDir(QDir::tempPath()).entryInfoList({ QStringLiteral("qipc_sharedmemory_QSeamstress*") }, QDir::Files | QDir::NoSymLinks | QDir::System);
    for (const QFileInfo &file : files) {
        const std::optional<ProcessIdentity> owner = ownerOfSegment(file.fileName());
        if (owner && owner->place == place && !isAlive(*owner))
            remove(QFile::encodeName(file.filePath()), *owner);
    }
}

} // namespace QSeamstressPrivate
