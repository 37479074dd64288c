// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QSeamstressThread>

#include <QFuture>

int main()
{
    QSeamstressThread([] { return QFuture<int>(); });
}
