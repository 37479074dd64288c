// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QSeamstressProcess>

#include <cstdio>
#include <cstdlib>

#include <poll.h>
#include <unistd.h>

#include "chaos.h"

static QSeamstressScript script()
{
    co_yield QSeamstress::Pause("a", qint64(::getppid()));
    co_yield "b";
}

int beVictim()
{
    pollfd input{ STDIN_FILENO, POLLIN, 0 };
    while (::poll(&input, 1, 0) == 0) {
        QSeamstressProcess process(&script);
        process.setObjectName("victim");
        qint64 server = 0;
        qint64 number = 0;
        bool succeeded = process.enter();
        if (succeeded) {
            server = process.pauseValue().toLongLong();
            number = process.processId();
            std::printf("%lld %lld\n", number, server);
            std::fflush(stdout);
            ::usleep(1000); // so that most of the time, there is a process to kill
            succeeded = process.advance() && process.exit();
        }
        if (succeeded)
            std::puts("ended");
        else
            std::printf("%s\n", qPrintable(process.errorString().section('\n', 0, 0)));
        std::fflush(stdout);
    }
    return EXIT_SUCCESS;
}
