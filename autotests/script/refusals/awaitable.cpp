// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QSeamstressThread>

struct Awaitable
{
    bool await_ready() const { return true; }
    void await_suspend(std::coroutine_handle<>) { }
    void await_resume() { }
};

int main()
{
    QSeamstressThread([] { return Awaitable(); });
}
