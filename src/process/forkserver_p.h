// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A copy of this program that waits before main() and forks itself once for each script of a QSeamstressProcess. A fork costs a quarter of
// a program start, most of which is the work of the dynamic linker.

#ifndef FORKSERVER_P_H
#define FORKSERVER_P_H

#include <QtCore/QtGlobal>

#include <array>

namespace QSeamstressPrivate {

// This environment variable makes a program a fork server. Its value is the file descriptor of the server's socket.
inline constexpr char forkServerVariable[] = "QSEAMSTRESS_FORK_SERVER_SOCKET";

// The file descriptors that the server receives for a child.
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

// What the server reports about a child through its Status: that it started, with a pidfd of the process, and how it ended. If Status is
// closed before the first report, the child was not started; before the second, the server was killed.
struct ForkReport
{
    enum What : qint32 { Started, // number: the process ID
                         Exited, // number: the exit code
                         Signalled }; // number: the signal
    qint32 what;
    qint32 number;
};

// Messages with file descriptors, over a SOCK_SEQPACKET socket. Both return false once the peer is gone.
bool sendWithFiles(int socket, const void *data, std::size_t size, const int *files, std::size_t count);
// Descriptors that did not arrive are -1.
bool receiveWithFiles(int socket, void *data, std::size_t size, int *files, std::size_t count);

// Runs the server. In any other program it does nothing and returns -1. In the server, it returns only in each forked child, with the file
// descriptor of the shared memory for errors.
int serveForks();

namespace ForkServer {

// The test's side, for any thread. Starts the server if there is none. Returns the number of the server that was asked, or 0 if there is
// none; QProcess then starts the children.
int ask(const ForkFiles &files);
// The server with this number has started a child; has not, perhaps because it is gone; or does not answer and must be killed.
void hasServed(int server);
void hasNotServed(int server);
void kill(int server);

} // namespace ForkServer

} // namespace QSeamstressPrivate

#endif // FORKSERVER_P_H
