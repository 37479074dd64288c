// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "obstacles.h"

#include <QTemporaryFile>

#include <cerrno>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/file.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

class Descriptor
{
public:
    explicit Descriptor(int number)
        : m_number(number)
    {
        Q_ASSERT(number >= 0);
    }
    ~Descriptor() { close(); }
    Q_DISABLE_COPY_MOVE(Descriptor)
    operator int() const { return m_number; }
    void close()
    {
        if (m_number >= 0)
            ::close(std::exchange(m_number, -1));
    }

private:
    int m_number;
};

struct Pipe
{
    std::shared_ptr<Descriptor> readEnd;
    std::shared_ptr<Descriptor> writeEnd;
};

Pipe makePipe()
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        qFatal("no pipe");
    return { std::make_shared<Descriptor>(ends[0]), std::make_shared<Descriptor>(ends[1]) };
}

Pipe makeSocketPair()
{
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        qFatal("no socket pair");
    return { std::make_shared<Descriptor>(ends[0]), std::make_shared<Descriptor>(ends[1]) };
}

void readOne(int descriptor)
{
    char character;
    while (::read(descriptor, &character, 1) < 0 && errno == EINTR) { }
}

void writeOne(int descriptor)
{
    while (::write(descriptor, "x", 1) < 0 && errno == EINTR) { }
}

void pollOne(int descriptor)
{
    pollfd entry{ descriptor, POLLIN, 0 };
    while (::poll(&entry, 1, -1) < 0 && errno == EINTR) { }
}

Obstacle readingFromAPipe()
{
    const Pipe pipe = makePipe();
    return { [pipe] { readOne(*pipe.readEnd); }, [pipe] { writeOne(*pipe.writeEnd); }, {}, {} };
}

Obstacle pollingAPipe()
{
    const Pipe pipe = makePipe();
    return { [pipe] { pollOne(*pipe.readEnd); }, [pipe] { writeOne(*pipe.writeEnd); }, {}, {} };
}

Obstacle pollingASocket()
{
    const Pipe sockets = makeSocketPair();
    return { [sockets] { pollOne(*sockets.readEnd); }, [sockets] { writeOne(*sockets.writeEnd); }, {}, {} };
}

Obstacle receivingFromASocket()
{
    const Pipe sockets = makeSocketPair();
    return { [sockets] {
                char character;
                while (::recv(*sockets.readEnd, &character, 1, 0) < 0 && errno == EINTR) { }
            },
             [sockets] { writeOne(*sockets.writeEnd); }, {}, {} };
}

// A file that is opened twice: the locks of the two openings exclude each other.
struct TwiceOpened
{
    std::shared_ptr<QTemporaryFile> file = std::make_shared<QTemporaryFile>(QStringLiteral("locked"));
    std::shared_ptr<Descriptor> ours;
    std::shared_ptr<Descriptor> theirs;

    TwiceOpened()
    {
        if (!file->open())
            qFatal("no temporary file");
        const QByteArray name = file->fileName().toLocal8Bit();
        ours = std::make_shared<Descriptor>(::open(name.constData(), O_RDWR | O_CLOEXEC));
        theirs = std::make_shared<Descriptor>(::open(name.constData(), O_RDWR | O_CLOEXEC));
    }
};

void lockByFcntl(int descriptor, short type)
{
    struct flock lock{};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    while (::fcntl(descriptor, F_OFD_SETLKW, &lock) != 0 && errno == EINTR) { }
}

Obstacle fcntlLock()
{
    const TwiceOpened opened;
    lockByFcntl(*opened.ours, F_WRLCK);
    return { [opened] { lockByFcntl(*opened.theirs, F_WRLCK); }, [opened] { lockByFcntl(*opened.ours, F_UNLCK); }, {}, {} };
}

Obstacle flockLock()
{
    const TwiceOpened opened;
    ::flock(*opened.ours, LOCK_EX);
    return { [opened] {
                while (::flock(*opened.theirs, LOCK_EX) != 0 && errno == EINTR) { }
            },
             [opened] { ::flock(*opened.ours, LOCK_UN); }, {}, {} };
}

Obstacle systemVSemaphore()
{
    const int semaphore = ::semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
    if (semaphore < 0)
        qFatal("no semaphore");
    // Removing it wakes up who waits.
    return { [semaphore] {
                sembuf acquire{ 0, -1, 0 };
                while (::semop(semaphore, &acquire, 1) != 0 && errno == EINTR) { }
            },
             [semaphore] { ::semctl(semaphore, 0, IPC_RMID); }, {}, {} };
}

// The child ends when its standard input does, so also when the test is killed.
Obstacle childProcess()
{
    const Pipe pipe = makePipe();
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, *pipe.readEnd, STDIN_FILENO);
    char name[] = "cat";
    char *const arguments[] = { name, nullptr };
    pid_t child = -1;
    if (::posix_spawnp(&child, name, &actions, nullptr, arguments, environ) != 0)
        qFatal("cannot start cat");
    ::posix_spawn_file_actions_destroy(&actions);
    return { [child] {
                while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) { }
            },
             [pipe] { pipe.writeEnd->close(); }, {}, {} };
}

} // namespace

QList<NamedObstacle> systemObstacles()
{
    return {
        { "read", readingFromAPipe, "pipe:[#], in read" },
        { "recv", receivingFromASocket, "socket:[#], in recvfrom" },
        { "poll-on-a-pipe", pollingAPipe, "in poll" },
        { "poll-on-a-socket", pollingASocket, "in poll" },
        { "fcntl", fcntlLock, "the lock of /#, in fcntl" },
        { "flock", flockLock, "the lock of /#, in flock" },
        { "semop", systemVSemaphore, "a System V semaphore, in semop" },
        { "waitpid", childProcess, "the end of a child process, in wait4" },
    };
}
