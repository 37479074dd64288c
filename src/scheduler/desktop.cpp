// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "desktop_p.h"

#include <QtCore/QList>

#include <fnmatch.h>
#include <unistd.h>

namespace QSeamstressScheduler {

static bool matches(const QByteArray &name, const char *pattern)
{
    return ::fnmatch(pattern, name.constData(), FNM_PATHNAME) == 0;
}

// "unix:path=/run/user/1000/bus,guid=...;tcp:...", see "Server Addresses" in the specification of D-Bus.
static bool isAddressOfBus(const QByteArray &addresses, const QByteArray &name)
{
    const QList<QByteArray> all = addresses.split(';');
    for (const QByteArray &address : all) {
        const QList<QByteArray> options = address.mid(address.indexOf(':') + 1).split(',');
        for (const QByteArray &option : options) {
            if ((option.startsWith("path=") || option.startsWith("abstract=")) && QByteArray::fromPercentEncoding(option.mid(option.indexOf('=') + 1)) == name)
                return true;
        }
    }
    return false;
}

bool isServerOfDesktop(const QByteArray &name)
{
    if (name.isEmpty())
        return false;
    for (const char *pattern : { "/tmp/.X11-unix/X*", "/tmp/.ICE-unix/*", "/tmp/dbus-*", "/run/dbus/system_bus_socket", "/var/run/dbus/system_bus_socket" }) {
        if (matches(name, pattern))
            return true;
    }
    QByteArray directory = qgetenv("XDG_RUNTIME_DIR");
    if (directory.isEmpty())
        directory = "/run/user/" + QByteArray::number(::getuid());
    if (name.startsWith(directory + '/')) {
        const QByteArray rest = name.mid(directory.size() + 1);
        for (const char *pattern : { "bus", "wayland-*", "at-spi/*", "pipewire-*", "pulse/*" }) {
            if (matches(rest, pattern))
                return true;
        }
    }
    return name.contains("/.cache/ibus/dbus-") || name == qgetenv("WAYLAND_DISPLAY") || isAddressOfBus(qgetenv("DBUS_SESSION_BUS_ADDRESS"), name)
        || isAddressOfBus(qgetenv("DBUS_SYSTEM_BUS_ADDRESS"), name);
}

} // namespace QSeamstressScheduler
