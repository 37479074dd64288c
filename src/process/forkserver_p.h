// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A copy of this program that stands before main(), and forks itself once for each script of another process: it costs a quarter of a
// program's start, most of which is the work of the dynamic linker.

#ifndef FORKSERVER_P_H
#define FORKSERVER_P_H

#include <QtCore/QtGlobal>

#include <array>

namespace QSeamstressPrivate {

// By this variable a program is told to be a fork server. Its value is the number of its socket.
inline constexpr char forkServerVariable[] = "QSEAMSTRESS_FORK_SERVER_SOCKET";

// What the server is sent for a child.
struct ForkFiles
{
    enum { Inheritance,
           Directory,
           Control,
           Errors,
           Memory,
           Status,
           Count };
    std::array<int, Count> descriptors;
};

// What the server says of a child, on its Status: how it started, with a descriptor of the process, and how it ended. Closed before the
// first, it was not started; before the second, the server was killed.
struct ForkReport
{
    enum What : qint32 { Started, // number: the process id
                         Exited, // number: the exit code
                         Signalled }; // number: the signal
    qint32 what;
    qint32 number;
};

// Messages with descriptors, over a socket of datagrams. Both are false once the other side is gone.
bool sendWithFiles(int socket, const void *data, std::size_t size, const int *files, std::size_t count);
// Files that did not come are -1.
bool receiveWithFiles(int socket, void *data, std::size_t size, int *files, std::size_t count);

// The server. In any other program it does nothing, and returns -1. In the server it returns once for each child, in there, with the
// descriptor of the memory for its errors.
int serveForks();

namespace ForkServer {

// The test's side: any thread. Starts the server if there is none. Returns the number of the server that was asked, or 0 if there is
// none: then children are started by QProcess.
int ask(const ForkFiles &files);
// That server has started a child, has not, perhaps since it has gone, or does not answer and is to be killed.
void hasServed(int server);
void hasNotServed(int server);
void kill(int server);

} // namespace ForkServer

} // namespace QSeamstressPrivate

#endif // FORKSERVER_P_H
