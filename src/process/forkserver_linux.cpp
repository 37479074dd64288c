// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The fork server's side.

#include "forkserver_p.h"

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "inheritance_p.h"
#include "processdescriptor_p.h"

namespace QSeamstressPrivate {

// Room for the descriptors of one message, with the alignment of cmsghdr.
union ControlBuffer {
    cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int) * ForkFiles::Count)];
};

bool sendWithFiles(int socket, const void *data, std::size_t size, const int *files, std::size_t count)
{
    iovec part{ const_cast<void *>(data), size };
    ControlBuffer control = {};
    msghdr message = {};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (count > 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(sizeof(int) * count);
        cmsghdr *const header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int) * count);
        std::memcpy(CMSG_DATA(header), files, sizeof(int) * count);
    }
    ssize_t sent = -1;
    do {
        sent = ::sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    } while (sent < 0 && errno == EINTR);
    return sent == static_cast<ssize_t>(size);
}

bool receiveWithFiles(int socket, void *data, std::size_t size, int *files, std::size_t count)
{
    std::fill_n(files, count, -1);
    iovec part{ data, size };
    ControlBuffer control = {};
    msghdr message = {};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control;
    ssize_t received = -1;
    do {
        received = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    } while (received < 0 && errno == EINTR);
    if (received <= 0)
        return false;
    const cmsghdr *const header = CMSG_FIRSTHDR(&message);
    if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS)
        std::memcpy(files, CMSG_DATA(header), std::min(header->cmsg_len - CMSG_LEN(0), sizeof(int) * count));
    return true;
}

namespace {

// Destroyed in each child, which closes the server's descriptors there.
class Server
{
public:
    Server(int socket, const Inheritance &own);
    int serve(); // returns only in a child, with the descriptor of its memory

private:
    struct Forked
    {
        pid_t process;
        Descriptor descriptor;
        Descriptor status;
        // Open until the end is reported, so that closing them does not wake up the test.
        Descriptor control;
        Descriptor errors;
    };

    int handleRequest(); // in the child the descriptor of its memory, otherwise -1
    void becomeChild(const ForkFiles &files) const;
    void tellOfEnd(const Forked &child) const;
    [[noreturn]] void end() const;

    const pid_t m_self = ::getpid();
    const Descriptor m_socket;
    const Inheritance m_own;
    pid_t m_testId = 0;
    Descriptor m_test;
    std::vector<Forked> m_children;
};

Server::Server(int socket, const Inheritance &own)
    : m_socket(socket)
    , m_own(own)
{
    ucred test = {};
    socklen_t size = sizeof test;
    if (::getsockopt(m_socket.number(), SOL_SOCKET, SO_PEERCRED, &test, &size) == 0) {
        m_testId = test.pid;
        m_test = openProcess(m_testId);
    }
    // Load the locale that QCoreApplication sets in each child. glibc never unloads a locale, so the children find it loaded.
    std::setlocale(LC_ALL, "");
    std::setlocale(LC_ALL, "C");
}

int Server::serve()
{
    std::vector<pollfd> polled;
    for (;;) {
        // A process that the test forked may keep the socket open longer than the test lives, so watch the test itself, too.
        polled = { { m_socket.number(), POLLIN, 0 }, { m_test.number(), POLLIN, 0 } };
        for (const Forked &child : m_children)
            polled.push_back({ child.descriptor.number(), POLLIN, 0 });
        if (::poll(polled.data(), polled.size(), -1) < 0)
            continue;
        if (polled[1].revents != 0)
            end();
        for (std::size_t i = m_children.size(); i-- > 0;) {
            if (polled[i + 2].revents == 0)
                continue;
            tellOfEnd(m_children[i]);
            m_children.erase(m_children.begin() + static_cast<std::ptrdiff_t>(i));
        }
        if (polled[0].revents == 0)
            continue;
        if (const int memory = handleRequest(); memory >= 0)
            return memory;
    }
}

int Server::handleRequest()
{
    char request = 0;
    ForkFiles files = {};
    if (!receiveWithFiles(m_socket.number(), &request, sizeof request, files.descriptors.data(), files.descriptors.size()))
        end();
    // Descriptors are missing if this process has reached its limit of open files.
    const bool haveAllCome = std::ranges::find(files.descriptors, -1) == files.descriptors.end();
    const pid_t process = haveAllCome ? ::fork() : -1;
    if (process == 0) {
        becomeChild(files);
        return files.descriptors[ForkFiles::Memory];
    }
    const auto take = [&files](int which) { return Descriptor(std::exchange(files.descriptors[static_cast<std::size_t>(which)], -1)); };
    Descriptor descriptor = process < 0 ? Descriptor() : openProcess(process);
    if (descriptor.isOpen()) {
        const ForkReport report{ ForkReport::Started, process };
        const int file = descriptor.number();
        Descriptor status = take(ForkFiles::Status);
        sendWithFiles(status.number(), &report, sizeof report, &file, 1);
        m_children.push_back({ process, std::move(descriptor), std::move(status), take(ForkFiles::Control), take(ForkFiles::Errors) });
    } else if (process > 0) {
        ::kill(process, SIGKILL);
        ::waitpid(process, nullptr, 0);
    }
    for (const int file : files.descriptors)
        ::close(file); // if the status is closed without a report, the test knows that the start failed
    return -1;
}

void Server::becomeChild(const ForkFiles &files) const
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != m_self)
        std::_Exit(EXIT_FAILURE);
    ::prctl(PR_SET_PTRACER, m_testId); // with Yama's ptrace scope 1, only ancestors and this process may inspect the child
    ::dup2(files.descriptors[ForkFiles::Control], STDIN_FILENO);
    ::dup2(files.descriptors[ForkFiles::Control], STDOUT_FILENO);
    ::dup2(files.descriptors[ForkFiles::Errors], STDERR_FILENO);
    const bool succeeded = ::fchdir(files.descriptors[ForkFiles::Directory]) == 0 && m_own.changeTo(files.descriptors[ForkFiles::Inheritance]);
    for (std::size_t i = 0; i < files.descriptors.size(); ++i) {
        if (i != ForkFiles::Memory)
            ::close(files.descriptors[i]);
    }
    if (!succeeded)
        std::_Exit(EXIT_FAILURE);
}

void Server::tellOfEnd(const Forked &child) const
{
    int status = 0;
    while (::waitpid(child.process, &status, 0) < 0 && errno == EINTR) { }
    const ForkReport report = WIFSIGNALED(status) ? ForkReport{ ForkReport::Signalled, WTERMSIG(status) } : ForkReport{ ForkReport::Exited, WEXITSTATUS(status) };
    sendWithFiles(child.status.number(), &report, sizeof report, nullptr, 0);
}

// The test is gone.
void Server::end() const
{
    for (const Forked &child : m_children)
        ::kill(child.process, SIGKILL);
    std::_Exit(EXIT_SUCCESS);
}

// After fork(), only the forking thread exists in the child.
bool hasOneThread()
{
    std::error_code error;
    const std::filesystem::directory_iterator threads("/proc/self/task", error);
    return !error && std::distance(begin(threads), end(threads)) == 1;
}

} // namespace

int serveForks()
{
    const char *const variable = std::getenv(forkServerVariable);
    if (!variable)
        return -1;
    const int socket = std::atoi(variable);
    ::fcntl(socket, F_SETFD, FD_CLOEXEC);
    ::signal(SIGCHLD, SIG_DFL); // if it is ignored, waitpid() cannot report how a child ended
    const std::optional<Inheritance> own = Inheritance::current();
    if (!hasOneThread() || !own)
        std::_Exit(EXIT_FAILURE); // the test notices that the socket is closed
    return Server(socket, *own).serve();
}

} // namespace QSeamstressPrivate
