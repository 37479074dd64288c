// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QSeamstressThread>

#include <QTimer>

int main()
{
    QSeamstressThread([]() -> QSeamstressScript {
        QTimer timer;
        co_await timer;
    });
}
