// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A display server and a session bus may always send something, but nobody waits for them: they do not slow virtual time down.

#include <QProcess>
#include <QScopeGuard>
#include <QTest>

class tst_ClockDesktop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void xvfb();
    void dbus();
};

static QString outputOfProgram(const QStringList &environment)
{
    QProcess process;
    process.setEnvironment(QProcess::systemEnvironment() + environment);
    process.start(DESKTOPPROGRAM_PATH, QStringList());
    if (!process.waitForFinished(60'000))
        process.kill();
    process.waitForFinished();
    return QString::fromLocal8Bit(process.readAllStandardOutput()).trimmed();
}

// Starts a server, which prints a line when it is ready.
static QString startServer(QProcess &server, const QString &program, const QStringList &arguments)
{
    server.start(program, arguments);
    if (!server.waitForStarted() || !server.waitForReadyRead(60'000))
        return {};
    return QString::fromLocal8Bit(server.readLine()).trimmed();
}

void tst_ClockDesktop::xvfb()
{
    QProcess server;
    const auto end = qScopeGuard([&server] {
        server.terminate();
        server.waitForFinished();
    });
    const QString display = startServer(server, "Xvfb", { "-displayfd", "1", "-screen", "0", "640x480x24", "-nolisten", "tcp" });
    QVERIFY2(!display.isEmpty(), "Xvfb did not start; install xvfb");
    QCOMPARE(outputOfProgram({ "QT_QPA_PLATFORM=xcb", "DISPLAY=:" + display, "DBUS_SESSION_BUS_ADDRESS=" }), "3600000 ms, xcb, no bus,");
}

void tst_ClockDesktop::dbus()
{
    QProcess server;
    const auto end = qScopeGuard([&server] {
        server.terminate();
        server.waitForFinished();
    });
    const QString address = startServer(server, "dbus-daemon", { "--session", "--nofork", "--print-address" });
    QVERIFY2(!address.isEmpty(), "dbus-daemon did not start; install dbus-daemon");
    QCOMPARE(outputOfProgram({ "QT_QPA_PLATFORM=offscreen", "DBUS_SESSION_BUS_ADDRESS=" + address }), "3600000 ms, offscreen, bus,");
}

QTEST_GUILESS_MAIN(tst_ClockDesktop)

#include "tst_clockdesktop.moc"
