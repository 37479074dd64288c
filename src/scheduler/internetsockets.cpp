// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "sockets_p.h"

#include <cstring>
#include <optional>

#include <linux/sockios.h>
#include <linux/tcp.h> // knows more than netinet/tcp.h
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "ownfiles_p.h"

namespace QSeamstressScheduler {

namespace {

constexpr unsigned char synSent = 2; // TCP_SYN_SENT, which only the kernel and netinet/tcp.h have

struct Endpoint
{
    in6_addr address = {};
    in_port_t port = 0;
    bool operator==(const Endpoint &other) const { return port == other.port && std::memcmp(&address, &other.address, sizeof address) == 0; }
};

using NameFunction = int(int, sockaddr *, socklen_t *);
std::optional<Endpoint> endpoint(NameFunction name, int descriptor)
{
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    if (name(descriptor, reinterpret_cast<sockaddr *>(&storage), &size) != 0)
        return {};
    Endpoint result;
    if (storage.ss_family == AF_INET6) {
        const auto &internet = reinterpret_cast<const sockaddr_in6 &>(storage);
        result = { internet.sin6_addr, internet.sin6_port };
    } else if (storage.ss_family == AF_INET) {
        const auto &internet = reinterpret_cast<const sockaddr_in &>(storage);
        result.port = internet.sin_port;
        if (internet.sin_addr.s_addr != INADDR_ANY) { // as IPv6 writes it
            result.address.s6_addr[10] = result.address.s6_addr[11] = 0xff;
            std::memcpy(&result.address.s6_addr[12], &internet.sin_addr, sizeof internet.sin_addr);
        }
    } else {
        return {};
    }
    return result;
}

bool isLoopback(const in6_addr &address)
{
    return IN6_IS_ADDR_LOOPBACK(&address) || (IN6_IS_ADDR_V4MAPPED(&address) && address.s6_addr[12] == 127);
}

int protocolOf(int descriptor)
{
    int protocol = -1;
    socklen_t size = sizeof protocol;
    ::getsockopt(descriptor, SOL_SOCKET, SO_PROTOCOL, &protocol, &size);
    return protocol;
}

tcp_info infoOf(int descriptor)
{
    tcp_info info{};
    socklen_t size = sizeof info;
    ::getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size);
    return info;
}

// Whether bytes have been sent that cannot be received yet: the kernel collects them, or waits until others are acknowledged.
bool areBytesOnTheirWay(int sender, int receiver)
{
    int readable = 0;
    if (protocolOf(sender) != IPPROTO_TCP || !lookAt(receiver, SIOCINQ, readable) || readable > 0)
        return false;
    const tcp_info there = infoOf(sender);
    return there.tcpi_bytes_sent - there.tcpi_bytes_retrans + there.tcpi_notsent_bytes > infoOf(receiver).tcpi_bytes_received;
}

} // namespace

Origin originOfInternetSocket(int descriptor)
{
    const std::optional<Endpoint> peer = endpoint(::getpeername, descriptor);
    if (!peer) // Connecting takes no time to a server on this machine.
        return protocolOf(descriptor) == IPPROTO_TCP && infoOf(descriptor).tcpi_state == synSent ? Origin::Outside : Origin::Program;
    const std::optional<Endpoint> itself = endpoint(::getsockname, descriptor);
    // A connection within this machine has the same address at both ends, or those of the loopback device.
    const bool isPeerLocal = isLoopback(peer->address) || (itself && std::memcmp(&peer->address, &itself->address, sizeof peer->address) == 0);
    const int protocol = protocolOf(descriptor);
    Origin origin = Origin::Program;
    const bool isPeerHere = anyOwnFile([&](int file, const struct stat &status) {
        if (file == descriptor || !S_ISSOCK(status.st_mode) || protocolOf(file) != protocol)
            return false;
        const std::optional<Endpoint> own = endpoint(::getsockname, file);
        if (!own || own->port != peer->port)
            return false;
        if (itself && *own == *peer && endpoint(::getpeername, file) == itself) {
            if (areBytesOnTheirWay(file, descriptor))
                origin = Origin::Kernel;
            return true;
        }
        // A listening socket, on all addresses perhaps, whose server has not accepted the connection yet, or one without connections.
        return (*own == *peer || (isPeerLocal && IN6_IS_ADDR_UNSPECIFIED(&own->address))) && !endpoint(::getpeername, file);
    });
    return isPeerHere ? origin : Origin::Outside;
}

} // namespace QSeamstressScheduler
