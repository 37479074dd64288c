// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "obstacles.h"

#include <QTemporaryFile>

#include <cerrno>
#include <semaphore>

#include <fcntl.h>
#include <mqueue.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/msg.h>
#include <sys/select.h>
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
        qFatal("cannot create a pipe");
    return { std::make_shared<Descriptor>(ends[0]), std::make_shared<Descriptor>(ends[1]) };
}

Pipe makeSocketPair()
{
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        qFatal("cannot create a socket pair");
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

// Each of these returns when there is something to read.
void pollOne(int descriptor)
{
    pollfd entry{ descriptor, POLLIN, 0 };
    while (::poll(&entry, 1, -1) < 0 && errno == EINTR) { }
}

void ppollOne(int descriptor)
{
    pollfd entry{ descriptor, POLLIN, 0 };
    while (::ppoll(&entry, 1, nullptr, nullptr) < 0 && errno == EINTR) { }
}

void selectOne(int descriptor)
{
    fd_set set;
    do {
        FD_ZERO(&set);
        FD_SET(descriptor, &set);
    } while (::select(descriptor + 1, &set, nullptr, nullptr, nullptr) < 0 && errno == EINTR);
}

void epollOne(int descriptor)
{
    const Descriptor epoll(::epoll_create1(EPOLL_CLOEXEC));
    epoll_event event{};
    event.events = EPOLLIN;
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
    while (::epoll_wait(epoll, &event, 1, -1) < 0 && errno == EINTR) { }
}

Obstacle readingFromAPipe()
{
    const Pipe pipe = makePipe();
    return { [pipe] { readOne(*pipe.readEnd); }, [pipe] { writeOne(*pipe.writeEnd); }, {}, {} };
}

template <void (*poll)(int)>
Obstacle pollingAPipe()
{
    const Pipe pipe = makePipe();
    return { [pipe] { poll(*pipe.readEnd); }, [pipe] { writeOne(*pipe.writeEnd); }, {}, {} };
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

// A file that is opened twice: the locks of the two open file descriptions exclude each other.
struct TwiceOpened
{
    std::shared_ptr<QTemporaryFile> file = std::make_shared<QTemporaryFile>(QStringLiteral("locked"));
    std::shared_ptr<Descriptor> ours;
    std::shared_ptr<Descriptor> theirs;

    TwiceOpened()
    {
        if (!file->open())
            qFatal("cannot create a temporary file");
        const QByteArray name = file->fileName().toLocal8Bit();
        ours = std::make_shared<Descriptor>(::open(name.constData(), O_RDWR | O_CLOEXEC));
        theirs = std::make_shared<Descriptor>(::open(name.constData(), O_RDWR | O_CLOEXEC));
    }
};

void lockByFcntl(int descriptor, short type)
{
    struct flock lock = {};
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

int acquireOne(int semaphore)
{
    sembuf acquire{ 0, -1, 0 };
    return ::semop(semaphore, &acquire, 1);
}

int acquireOneWithinAnHour(int semaphore)
{
    sembuf acquire{ 0, -1, 0 };
    const timespec hour{ 3600, 0 };
    return ::semtimedop(semaphore, &acquire, 1, &hour);
}

template <int (*acquire)(int)>
Obstacle systemVSemaphore()
{
    const int semaphore = ::semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
    if (semaphore < 0)
        qFatal("cannot create a semaphore");
    // Removing it wakes up the thread that waits.
    return { [semaphore] {
                while (acquire(semaphore) != 0 && errno == EINTR) { }
            },
             [semaphore] { ::semctl(semaphore, 0, IPC_RMID); }, {}, {} };
}

Obstacle systemVQueue()
{
    const int queue = ::msgget(IPC_PRIVATE, IPC_CREAT | 0600);
    if (queue < 0)
        qFatal("cannot create a message queue");
    return { [queue] {
                struct
                {
                    long type;
                    char text[1];
                } message{};
                while (::msgrcv(queue, &message, sizeof(message.text), 0, 0) < 0 && errno == EINTR) { }
            },
             [queue] { ::msgctl(queue, IPC_RMID, nullptr); }, {}, {} };
}

Obstacle posixQueue()
{
    const QByteArray name = "/qseamstress-" + QByteArray::number(::getpid()).rightJustified(7, '0');
    mq_attr attributes{};
    attributes.mq_maxmsg = 1;
    attributes.mq_msgsize = 1;
    const mqd_t queue = ::mq_open(name.constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600, &attributes);
    if (queue < 0)
        qFatal("cannot create a message queue");
    ::mq_unlink(name.constData()); // the queue exists as long as it is open
    return { [queue] {
                char character;
                while (::mq_receive(queue, &character, 1, nullptr) < 0 && errno == EINTR) { }
                ::mq_close(queue);
            },
             [queue] { ::mq_send(queue, "x", 1, 0); }, {}, {} };
}

Obstacle signalOfTheThread()
{
    struct Waiter
    {
        pthread_t thread;
        std::binary_semaphore isReady{ 0 };
    };
    const auto waiter = std::make_shared<Waiter>();
    return { [waiter] {
                sigset_t set;
                ::sigemptyset(&set);
                ::sigaddset(&set, SIGUSR1);
                ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
                waiter->thread = ::pthread_self();
                waiter->isReady.release();
                int number = 0;
                ::sigwait(&set, &number);
            },
             [waiter] {
                 waiter->isReady.acquire();
                 ::pthread_kill(waiter->thread, SIGUSR1);
             },
             {}, {} };
}

void waitByPid(pid_t child)
{
    while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) { }
}

void waitById(pid_t child)
{
    siginfo_t information;
    while (::waitid(P_PID, static_cast<id_t>(child), &information, WEXITED) < 0 && errno == EINTR) { }
}

// The child ends when its standard input does, and so also if the test is killed.
template <void (*wait)(pid_t)>
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
    return { [child] { wait(child); }, [pipe] { pipe.writeEnd->close(); }, {}, {} };
}

} // namespace

QList<NamedObstacle> systemObstacles()
{
    static constexpr char poll[] = "in poll|in ppoll";
    static constexpr char semaphore[] = "a System V semaphore, in semop|a System V semaphore, in semtimedop";
    static constexpr char child[] = "the end of a child process, in wait4|the end of a child process, in waitid";
    return {
        { "read", readingFromAPipe, "pipe:[#], in read" },
        { "recv", receivingFromASocket, "socket:[#], in recvfrom" },
        { "poll-on-a-pipe", pollingAPipe<pollOne>, poll },
        { "poll-on-a-socket", pollingASocket, poll },
        { "ppoll", pollingAPipe<ppollOne>, "in ppoll" },
        { "select", pollingAPipe<selectOne>, "in select|in pselect6" },
        { "epoll_wait", pollingAPipe<epollOne>, "in epoll_wait|in epoll_pwait" },
        { "fcntl", fcntlLock, "the lock of /#, in fcntl" },
        { "flock", flockLock, "the lock of /#, in flock" },
        { "semop", systemVSemaphore<acquireOne>, semaphore },
        { "semtimedop", systemVSemaphore<acquireOneWithinAnHour>, "a System V semaphore, in semtimedop" },
        { "msgrcv", systemVQueue, "a message queue, in msgrcv" },
        { "mq_receive", posixQueue, "/qseamstress-# (deleted), in mq_timedreceive" },
        { "sigwait", signalOfTheThread, "a signal, in rt_sigtimedwait" },
        { "waitpid", childProcess<waitByPid>, child },
        { "waitid", childProcess<waitById>, "the end of a child process, in waitid" },
    };
}
