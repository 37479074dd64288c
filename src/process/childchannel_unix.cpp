// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "childchannel_p.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace QSeamstressPrivate {

namespace {

// Keeps a write to a pipe without a reader from killing this process, without changing the disposition of SIGPIPE for the script and the
// programs that it starts.
class SigpipeBlocker
{
public:
    SigpipeBlocker()
    {
        m_wasPending = isPending();
        ::sigemptyset(&m_sigpipe);
        ::sigaddset(&m_sigpipe, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &m_sigpipe, &m_before);
    }
    ~SigpipeBlocker()
    {
        // write() raises SIGPIPE in the calling thread.
        int number = 0;
        if (!m_wasPending && isPending())
            ::sigwait(&m_sigpipe, &number);
        ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    }
    Q_DISABLE_COPY_MOVE(SigpipeBlocker)

private:
    static bool isPending()
    {
        sigset_t pending;
        ::sigpending(&pending);
        return ::sigismember(&pending, SIGPIPE) == 1;
    }

    sigset_t m_sigpipe;
    sigset_t m_before;
    bool m_wasPending = false;
};

} // namespace

ChildChannel::ChildChannel()
    : m_input(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3))
    , m_output(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3))
{
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    ::dup2(nothing, STDIN_FILENO);
    ::close(nothing);
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
}

void ChildChannel::send(FrameType type, const QByteArray &payload)
{
    const QByteArray bytes = std::exchange(m_unsent, {}) + encodeFrame(type, payload);
    for (qsizetype sent = 0; sent < bytes.size();) {
        const qint64 count = write(bytes.constData() + sent, bytes.size() - sent);
        if (count < 0 && errno != EINTR)
            return; // the test is gone; receive() reports that
        sent += count < 0 ? 0 : count;
    }
}

void ChildChannel::sendLater(FrameType type, const QByteArray &payload)
{
    m_unsent += encodeFrame(type, payload);
}

qint64 ChildChannel::write(const char *bytes, qsizetype size)
{
    const auto count = static_cast<std::size_t>(size);
    if (const ssize_t sent = ::send(m_output, bytes, count, MSG_NOSIGNAL); sent >= 0 || errno != ENOTSOCK)
        return sent;
    const SigpipeBlocker blocker;
    return ::write(m_output, bytes, count);
}

bool ChildChannel::isConnected(int milliseconds) const
{
    pollfd input{ m_input, 0, 0 };
    return ::poll(&input, 1, milliseconds) <= 0;
}

std::optional<Frame> ChildChannel::receive(Wait wait)
{
    for (;;) {
        std::optional<Frame> frame = m_decoder.next();
        m_isOver = m_isOver || !m_decoder.problem().isEmpty();
        if (frame || m_isOver || (wait == Wait::No && !hasInput()))
            return frame;
        read();
    }
}

bool ChildChannel::hasInput() const
{
    pollfd input{ m_input, POLLIN, 0 };
    return ::poll(&input, 1, 0) == 1;
}

void ChildChannel::read()
{
    std::array<char, 4096> bytes;
    const ssize_t count = ::read(m_input, bytes.data(), bytes.size());
    if (count > 0)
        m_decoder.append(QByteArray(bytes.data(), count));
    else
        m_isOver = count == 0 || errno != EINTR;
}

} // namespace QSeamstressPrivate
