// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The test's side of its fork server.

#include "forkserver_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>

#include <cerrno>
#include <cstdlib>
#include <mutex>
#include <vector>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../platform/processes_p.h"
#include "inheritance_p.h"
#include "processdescriptor_p.h"

namespace QSeamstressPrivate {

namespace {

struct Client
{
    std::mutex mutex;
    int number = 0; // identifies the server
    bool isUseless = false; // servers do not work on this system
    bool hasServed = false; // the current server has
    Descriptor socket;
    Descriptor process;
    QByteArray origin;
};

Client &client()
{
    static auto *const client = new Client; // never destroyed, since static executors may use it
    return *client;
}

// Starts this program again as a server, detached from the test: no thread of the test owns it, and a test that waits for all of its child
// processes does not wait for the server. (QProcess::startDetached() would put the server and the processes of the scripts into a session
// of their own, where Ctrl+C in the terminal does not reach them.) Returns the process ID, or -1 if the server does not start.
pid_t startServer(int socket)
{
    // Everything that allocates must come before fork().
    const QByteArray program = QFile::encodeName(QCoreApplication::applicationFilePath());
    const QByteArray variable = QByteArray(forkServerVariable) + '=' + QByteArray::number(socket);
    const std::array<const char *, 2> arguments{ program.constData(), nullptr };
    std::vector<const char *> environment;
    for (char **entry = environ; entry && *entry; ++entry)
        environment.push_back(*entry);
    environment.push_back(variable.constData());
    environment.push_back(nullptr);
    std::array<int, 2> ends;
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return -1;
    Descriptor input(ends[0]);
    Descriptor output(ends[1]);

    const pid_t between = ::fork();
    if (between == 0) {
        const pid_t server = ::fork();
        if (server == 0) {
            const int nothing = ::open("/dev/null", O_RDWR);
            for (const int standard : { STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO })
                ::dup2(nothing, standard);
            closeFilesOnExec();
            ::fcntl(socket, F_SETFD, 0);
            ::execve(program.constData(), const_cast<char **>(arguments.data()), const_cast<char **>(environment.data()));
        } else {
            static_cast<void>(!::write(output.number(), &server, sizeof server));
        }
        std::_Exit(EXIT_FAILURE);
    }
    output.close();
    pid_t server = -1;
    if (between < 0 || ::read(input.number(), &server, sizeof server) != sizeof server)
        server = -1;
    while (between > 0 && ::waitpid(between, nullptr, 0) < 0 && errno == EINTR) { }
    return server;
}

bool start(Client &client)
{
    if (!openProcess(::getpid()).isOpen())
        return false; // Linux before 5.3, valgrind
    std::array<int, 2> sockets;
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets.data()) != 0)
        return false;
    client.socket = Descriptor(sockets[0]);
    const Descriptor theirs(sockets[1]);
    const pid_t server = startServer(theirs.number());
    client.process = server < 0 ? Descriptor() : openProcess(server);
    if (!client.process.isOpen())
        return false;
    ++client.number;
    client.hasServed = false;
    client.origin = currentOrigin();
    return true;
}

bool isCurrent(const Client &client, int server)
{
    return client.number == server && client.socket.isOpen();
}

// The server is gone. If it never started a child, the next server would not do so either.
void letGo(Client &client)
{
    client.isUseless = !client.hasServed;
    client.socket.close();
    client.process.close();
}

} // namespace

int ForkServer::ask(const ForkFiles &files)
{
    Client &c = client();
    const std::lock_guard lock(c.mutex);
    static constexpr int attempts = 2; // the server may have been killed
    for (int i = 0; i < attempts && !c.isUseless; ++i) {
        if (!c.socket.isOpen() && !start(c)) {
            letGo(c);
            return 0;
        }
        if (c.origin != currentOrigin())
            return 0;
        static constexpr char request = 'f'; // a message must not be empty
        if (sendWithFiles(c.socket.number(), &request, sizeof request, files.descriptors.data(), files.descriptors.size()))
            return c.number;
        if (errno != EPIPE && errno != ECONNRESET)
            return 0; // the server is too busy, or this process has no file descriptors left
        letGo(c);
    }
    return 0;
}

void ForkServer::hasServed(int server)
{
    Client &c = client();
    const std::lock_guard lock(c.mutex);
    if (c.number == server)
        c.hasServed = true;
}

void ForkServer::hasNotServed(int server)
{
    Client &c = client();
    const std::lock_guard lock(c.mutex);
    if (isCurrent(c, server) && isReadable(c.process, 0))
        letGo(c);
}

void ForkServer::kill(int server)
{
    Client &c = client();
    const std::lock_guard lock(c.mutex);
    if (!isCurrent(c, server))
        return;
    killProcess(c.process);
    letGo(c);
}

} // namespace QSeamstressPrivate
