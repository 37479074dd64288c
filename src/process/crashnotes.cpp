// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "crashnotes_p.h"

#include <QtCore/QtGlobal>

#include <csignal>

#include "errorsegment_p.h"

namespace QSeamstressPrivate {

static ErrorSegment *notes = nullptr;
static QtMessageHandler messageHandler = nullptr;

static void noteMessage(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    if (type == QtFatalMsg)
        notes->noteFatalText(text);
    messageHandler(type, context, text);
}

static void noteSignal(int number)
{
    notes->noteSignal(number);
    std::signal(number, SIG_DFL);
    std::raise(number);
}

void noteCrashesIn(ErrorSegment *segment)
{
    notes = segment;
    messageHandler = qInstallMessageHandler(noteMessage);
    for (const int number : { SIGABRT, SIGFPE, SIGILL, SIGSEGV }) {
        // A sanitizer, or the program, may have a handler of its own, which tells more.
        if (const auto before = std::signal(number, noteSignal); before != SIG_DFL)
            std::signal(number, before);
    }
}

} // namespace QSeamstressPrivate
