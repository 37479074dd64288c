// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "sockets_p.h"

#include <array>
#include <cstddef>
#include <cstring>
#include <optional>

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "desktop_p.h"
#include "ownfiles_p.h"

namespace QSeamstressScheduler {

namespace {

// The other end of a local socket.
struct Peer
{
    bool isThere = false;
    ino_t inode = 0; // 0 while that end is being closed, of which this one is told a moment later, or has not been accepted yet
};

// Empty if the kernel does not tell.
std::optional<Peer> peerOf(ino_t inode)
{
    // See sock_diag(7).
    const int netlink = ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
    if (netlink < 0)
        return {};
    struct
    {
        nlmsghdr header;
        unix_diag_req request;
    } question{};
    question.header.nlmsg_len = sizeof question;
    question.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    question.header.nlmsg_flags = NLM_F_REQUEST;
    question.request.sdiag_family = AF_UNIX;
    question.request.udiag_states = ~0U;
    question.request.udiag_ino = static_cast<quint32>(inode);
    question.request.udiag_show = UDIAG_SHOW_PEER;
    question.request.udiag_cookie[0] = question.request.udiag_cookie[1] = ~0U;

    Peer peer;
    alignas(nlmsghdr) std::array<char, 4096> answer;
    ssize_t size = ::send(netlink, &question, sizeof question, 0);
    if (size > 0)
        size = ::recv(netlink, answer.data(), answer.size(), 0);
    ::close(netlink);
    const auto *const header = reinterpret_cast<const nlmsghdr *>(answer.data());
    if (size < static_cast<ssize_t>(sizeof(nlmsghdr)) || header->nlmsg_type != SOCK_DIAG_BY_FAMILY)
        return {};
    const auto *attribute = reinterpret_cast<const rtattr *>(static_cast<const char *>(NLMSG_DATA(header)) + sizeof(unix_diag_msg));
    auto rest = static_cast<int>(header->nlmsg_len - NLMSG_LENGTH(sizeof(unix_diag_msg)));
    for (; RTA_OK(attribute, rest); attribute = RTA_NEXT(attribute, rest)) {
        if (attribute->rta_type == UNIX_DIAG_PEER) {
            quint32 number = 0;
            std::memcpy(&number, RTA_DATA(attribute), sizeof number);
            peer = { true, number };
        }
    }
    return peer;
}

using NameFunction = int(int, sockaddr *, socklen_t *);

// Without the zero that begins a name in the abstract namespace. Empty if the socket has none.
QByteArray nameOf(NameFunction function, int descriptor)
{
    sockaddr_un address{};
    socklen_t size = sizeof address;
    constexpr std::size_t offset = offsetof(sockaddr_un, sun_path);
    if (function(descriptor, reinterpret_cast<sockaddr *>(&address), &size) != 0 || size <= offset + 1)
        return {};
    const std::size_t begin = address.sun_path[0] == '\0' ? 1 : 0;
    return QByteArray(address.sun_path + begin, static_cast<qsizetype>(::strnlen(address.sun_path + begin, size - offset - begin)));
}

bool isListeningHere(const QByteArray &name)
{
    return !name.isEmpty() && anyOwnFile([&](int file, const struct stat &status) { return S_ISSOCK(status.st_mode) && isListening(file) && nameOf(::getsockname, file) == name; });
}

} // namespace

static bool isOutside(int descriptor, ino_t inode, const QByteArray &name)
{
    const std::optional<Peer> peer = peerOf(inode);
    if (!peer) { // The kernel may have been built without sock_diag. Of a pair, this is the process that created it.
        ucred credentials{};
        socklen_t length = sizeof credentials;
        return ::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0 && credentials.pid != ::getpid();
    }
    if (peer->isThere && peer->inode == 0)
        return !isListeningHere(name);
    return peer->isThere && !anyOwnFile([&](int, const struct stat &status) { return S_ISSOCK(status.st_mode) && status.st_ino == peer->inode; });
}

Origin originOfLocalSocket(int descriptor, ino_t inode)
{
    const QByteArray name = nameOf(::getpeername, descriptor);
    return !isServerOfDesktop(name) && isOutside(descriptor, inode, name) ? Origin::Outside : Origin::Program;
}

} // namespace QSeamstressScheduler
