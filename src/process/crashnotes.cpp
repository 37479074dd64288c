// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "errorsegment_p.h"

#include <QtCore/QtGlobal>

#include <signal.h>

namespace QSeamstressPrivate {

static ErrorSegment *notes = nullptr;
static QtMessageHandler messageHandler = nullptr;

static void noteMessage(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    if (type == QtFatalMsg)
        notes->noteFatalText(text);
    messageHandler(type, context, text);
}

// Installed with SA_RESETHAND, so that raising the signal again ends the process.
static void noteSignal(int number)
{
    notes->noteSignal(number);
    ::raise(number);
}

void noteCrashesIn(ErrorSegment *segment)
{
    notes = segment;
    messageHandler = qInstallMessageHandler(noteMessage);
    for (const int number : { SIGABRT, SIGFPE, SIGILL, SIGSEGV }) {
        // Keep the handler of a sanitizer or of the program, which reports more, and keep ignored signals ignored.
        struct sigaction action = {};
        if (::sigaction(number, nullptr, &action) != 0 || (action.sa_flags & SA_SIGINFO) || action.sa_handler != SIG_DFL)
            continue;
        action.sa_handler = noteSignal;
        action.sa_flags = static_cast<int>(SA_RESETHAND | SA_ONSTACK); // after a stack overflow there is no room for the handler
        ::sigaction(number, &action, nullptr);
    }
}

} // namespace QSeamstressPrivate
