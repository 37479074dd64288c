// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Shows a window, connects to the session bus, and lets an hour pass. Prints how much virtual time that took, and what it is connected to.

#include <QSeamstressClock>

#include <QApplication>
#include <QDBusConnection>
#include <QEventLoop>
#include <QLineEdit>
#include <QTimer>

#include <cstdio>

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    const bool hasBus = QDBusConnection::sessionBus().isConnected();
    QLineEdit window;
    QSeamstressClock clock;
    window.show();
    QEventLoop loop;
    QTimer::singleShot(std::chrono::hours(1), &loop, &QEventLoop::quit);
    loop.exec();
    const auto elapsed = clock.elapsed();
    std::printf("%lld ms, %s, %s, %s\n", static_cast<long long>(elapsed / std::chrono::milliseconds(1)), qPrintable(QGuiApplication::platformName()), hasBus ? "bus" : "no bus", qPrintable(clock.errorString()));
    std::fflush(stdout);
}
