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

// With SA_RESETHAND, so that it ends the process then.
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
        // A sanitizer, or the program, may have a handler of its own, which tells more, or ignore it.
        struct sigaction action = {};
        if (::sigaction(number, nullptr, &action) != 0 || (action.sa_flags & SA_SIGINFO) || action.sa_handler != SIG_DFL)
            continue;
        action.sa_handler = noteSignal;
        action.sa_flags = static_cast<int>(SA_RESETHAND | SA_ONSTACK); // a stack that is full has no place for it
        ::sigaction(number, &action, nullptr);
    }
}

} // namespace QSeamstressPrivate
