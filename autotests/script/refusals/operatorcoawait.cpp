// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QSeamstressThread>

struct Awaitable
{
    std::suspend_never operator co_await() const { return {}; }
};

int main()
{
    QSeamstressThread([] { return Awaitable(); });
}
