// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "outside_p.h"

#include <QtCore/QByteArray>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "ownfiles_p.h"
#include "sockets_p.h"

namespace QSeamstressScheduler {

namespace {

bool isPipeOutside(int descriptor, const struct stat &pipe)
{
    const auto access = [](int file) { return ::fcntl(file, F_GETFL) & O_ACCMODE; };
    const int own = access(descriptor);
    return !anyOwnFile([&](int file, const struct stat &status) {
        return file != descriptor && status.st_ino == pipe.st_ino && status.st_dev == pipe.st_dev && (access(file) != own || own == O_RDWR);
    });
}

// The end of a pseudo terminal that a terminal has. The other end, which a shell or the like has, is not waited for.
bool isTerminalOutside(int descriptor, const struct stat &device)
{
    const dev_t multiplexer = makedev(5, 2); // /dev/ptmx, see the kernel's list of devices
    static constexpr unsigned int firstSlave = 136;
    unsigned int number = 0;
    if (device.st_rdev != multiplexer || !lookAt(descriptor, TIOCGPTN, number))
        return false;
    return !anyOwnFile([number](int, const struct stat &status) { return S_ISCHR(status.st_mode) && status.st_rdev == makedev(firstSlave + number / 256, number % 256); });
}

Origin originOfSocket(int descriptor, ino_t inode)
{
    if (isListening(descriptor))
        return Origin::Program;
    int family = 0;
    socklen_t size = sizeof family;
    if (::getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &family, &size) != 0)
        return Origin::Program;
    if (family == AF_UNIX)
        return originOfLocalSocket(descriptor, inode);
    return family == AF_INET || family == AF_INET6 ? originOfInternetSocket(descriptor) : Origin::Program;
}

Origin originOfEpoll(int descriptor)
{
    auto origin = Origin::Program;
    // "tfd: 12 events: ...", see proc(5).
    const QByteArray path = "/proc/self/fdinfo/" + QByteArray::number(descriptor);
    std::FILE *const file = std::fopen(path.constData(), "re");
    if (!file)
        return origin;
    std::array<char, 256> line;
    while (std::fgets(line.data(), static_cast<int>(line.size()), file)) {
        int watched = -1;
        if (std::sscanf(line.data(), "tfd: %d", &watched) == 1)
            origin = std::max(origin, originOf(watched));
    }
    std::fclose(file);
    return origin;
}

Origin outsideIf(bool is)
{
    return is ? Origin::Outside : Origin::Program;
}

} // namespace

bool isListening(int socket)
{
    int is = 0;
    socklen_t size = sizeof is;
    return ::getsockopt(socket, SOL_SOCKET, SO_ACCEPTCONN, &is, &size) == 0 && is;
}

Origin originOf(int descriptor)
{
    struct stat status;
    if (descriptor < 0 || !lookAt(descriptor, status) || S_ISDIR(status.st_mode))
        return Origin::Program;
    if (S_ISSOCK(status.st_mode))
        return originOfSocket(descriptor, status.st_ino);
    if (S_ISFIFO(status.st_mode))
        return outsideIf(isPipeOutside(descriptor, status));
    if (S_ISCHR(status.st_mode))
        return outsideIf(isTerminalOutside(descriptor, status));

    std::array<char, 64> path;
    std::array<char, 64> target{};
    std::snprintf(path.data(), path.size(), "/proc/self/fd/%d", descriptor);
    if (::readlink(path.data(), target.data(), target.size() - 1) < 0)
        return Origin::Program;
    if (std::strstr(target.data(), "[eventpoll]"))
        return originOfEpoll(descriptor);
    for (const char *kind : { "[pidfd]", "pidfd:", "[timerfd]", "[io_uring]" }) {
        if (std::strstr(target.data(), kind))
            return Origin::Outside;
    }
    return Origin::Program;
}

} // namespace QSeamstressScheduler
