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
    quint64 startTime = 0; // clock ticks since boot
};

// From /proc/PID/stat: "4711 (name) S ...", where the name may contain spaces and parentheses.
std::optional<ProcessStat> statOf(quint64 processId)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(processId));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = file.readAll();
    const QByteArrayList fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    constexpr qsizetype startTimeField = 22 - 3; // fields are numbered from 1, and the list begins with field 3
    if (fields.size() <= startTimeField || fields.first().isEmpty())
        return {};
    return ProcessStat{ fields.first().front(), fields.at(startTimeField).toULongLong() };
}

// The namespaces that determine which process an ID refers to and which shared memory is visible.
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
        return true; // the process exists, but /proc hides it
    // A dead process keeps its ID until its parent waits for it.
    return stat->state != 'Z' && stat->state != 'X' && stat->startTime == process.startTime;
}

void remove(const QByteArray &file, const ProcessIdentity &owner)
{
    // Qt derives the key from the file with ftok(), which uses only parts of the inode number. It may collide with the key of another
    // program's memory, so check which process created the memory.
    const key_t systemKey = ::ftok(file.constData(), 'Q');
    if (systemKey == -1)
        return; // no file
    const int id = ::shmget(systemKey, 0, 0);
    struct shmid_ds memory = {};
    const bool isOwners = id == -1 || (::shmctl(id, IPC_STAT, &memory) == 0 && static_cast<quint64>(memory.shm_cpid) == owner.processId);
    if (isOwners) {
        if (id != -1 && ::shmctl(id, IPC_RMID, nullptr) != 0 && errno != EIDRM && errno != EINVAL)
            return; // another user's memory: without the file it could not be found any more
        // Since Qt 6.6, QSharedMemory has a semaphore with the same key.
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
