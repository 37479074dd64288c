// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What is outside of the program takes real time; what is inside does not.

#include <QSeamstressClock>

#include <QFile>
#include <QLocalServer>
#include <QLocalSocket>
#include <QProcess>
#include <QScopeGuard>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <initializer_list>
#include <memory>
#include <thread>
#include <utility>

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace std::chrono_literals;

class tst_ClockOutside : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void descriptors_data();
    void descriptors();
    void servers_data();
    void servers();
    void bytesHeldByTheKernel_data();
    void bytesHeldByTheKernel();
    void advanceJumpsAllTheSame();
    void tcpInTheProcess();
    void localSocketInTheProcess();
    void tcpTimesOut();
    void socketpairInAnotherProcess();
    void fileLockOfAnotherProcess();
};

static QList<int> kept; // open until the end of the test function
static QList<pid_t> startedChildren;

void tst_ClockOutside::cleanup()
{
    for (const int descriptor : std::as_const(kept))
        ::close(descriptor);
    kept.clear();
    for (const pid_t child : std::as_const(startedChildren)) {
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
    }
    startedChildren.clear();
}

static int keep(int descriptor)
{
    kept.append(descriptor);
    return descriptor;
}

static void startChild(const std::function<void()> &run)
{
    const pid_t child = ::fork();
    if (child == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        run();
        ::pause();
    }
    startedChildren.append(child);
}

// From here on only another process has it.
static void giveToAChild(std::initializer_list<int> descriptors)
{
    startChild([] { });
    for (const int descriptor : descriptors)
        ::close(descriptor);
}

// A pipe if there is no type.
static std::array<int, 2> pair(int type)
{
    std::array<int, 2> ends{ -1, -1 };
    if (type == 0)
        static_cast<void>(::pipe2(ends.data(), O_CLOEXEC));
    else
        ::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends.data());
    return ends;
}

static sockaddr_in internetAddress(const char *address, in_port_t port)
{
    sockaddr_in result{};
    result.sin_family = AF_INET;
    result.sin_port = port;
    ::inet_pton(AF_INET, address, &result.sin_addr);
    return result;
}

static int internetSocket(int type, const char *address, in_port_t port = 0)
{
    const int socket = ::socket(AF_INET, type | SOCK_CLOEXEC, 0);
    const sockaddr_in own = internetAddress(address, port);
    ::bind(socket, reinterpret_cast<const sockaddr *>(&own), sizeof own);
    if (type == SOCK_STREAM)
        ::listen(socket, 1);
    return socket;
}

static in_port_t portOf(int socket)
{
    sockaddr_in own{};
    socklen_t size = sizeof own;
    ::getsockname(socket, reinterpret_cast<sockaddr *>(&own), &size);
    return own.sin_port;
}

static int connected(int type, const char *address, in_port_t port)
{
    const int socket = ::socket(AF_INET, type | SOCK_CLOEXEC, 0);
    ::setsockopt(socket, SOL_SOCKET, SO_BINDTODEVICE, "lo", 2); // which is there without a network, too
    const sockaddr_in peer = internetAddress(address, port);
    return ::connect(socket, reinterpret_cast<const sockaddr *>(&peer), sizeof peer) == 0 ? socket : -1;
}

// In the abstract namespace, so that nothing is left behind.
static int localSocket(const QByteArray &name, bool isServer)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path + 1, name.constData(), static_cast<std::size_t>(name.size()));
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + static_cast<std::size_t>(name.size()));
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int result = (isServer ? ::bind : ::connect)(socket, reinterpret_cast<const sockaddr *>(&address), size);
    return result == 0 && (!isServer || ::listen(socket, 1) == 0) ? socket : -1;
}

// The end of a pseudo terminal that a terminal has, and the one that a shell has.
static std::array<int, 2> terminal()
{
    const int master = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    ::grantpt(master);
    ::unlockpt(master);
    return { master, ::open(::ptsname(master), O_RDWR | O_NOCTTY | O_CLOEXEC) };
}

// Waits for a descriptor that never becomes readable, and for an event that another process sends after some real time.
static void verifyWait(const std::function<int()> &make, bool isOutside)
{
    const int event = keep(::eventfd(0, EFD_CLOEXEC)); // is inside itself
    startChild([&] {
        ::usleep(isOutside ? 300'000 : 30'000'000);
        ::eventfd_write(event, 1);
    });
    const int descriptor = keep(make());
    QVERIFY(descriptor >= 0);
    QSeamstressClock clock;
    std::array<pollfd, 2> polled{ { { descriptor, POLLIN, 0 }, { event, POLLIN, 0 } } };
    QCOMPARE(::poll(polled.data(), polled.size(), 3'600'000), isOutside ? 1 : 0);
    QCOMPARE(polled[0].revents, 0);
    if (isOutside)
        QVERIFY(clock.elapsed() < 1h);
    else
        QCOMPARE(clock.elapsed(), 1h);
}

using Make = std::function<int()>;
Q_DECLARE_METATYPE(Make)

static void addRow(const char *name, bool isOutside, const Make &make)
{
    QTest::newRow(name) << make << isOutside;
}

void tst_ClockOutside::descriptors_data()
{
    QTest::addColumn<Make>("make");
    QTest::addColumn<bool>("isOutside");

    addRow("eventfd", false, [] { return ::eventfd(0, EFD_CLOEXEC); });
    addRow("inotify", false, [] { return ::inotify_init1(IN_CLOEXEC); });
    addRow("netlink", false, [] { return ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE); });
    addRow("signalfd", false, [] {
        sigset_t none;
        ::sigemptyset(&none);
        return ::signalfd(-1, &none, SFD_CLOEXEC);
    });
    addRow("timerfd", true, [] { return ::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC); });

    for (const int type : { 0, static_cast<int>(SOCK_STREAM), static_cast<int>(SOCK_DGRAM) }) {
        const QByteArray name = type == 0 ? "pipe" : type == SOCK_STREAM ? "socketpair" : "pair of datagram sockets";
        addRow(name, false, [type] {
            const auto [own, other] = pair(type);
            keep(other);
            return own;
        });
        addRow(name + ", other process", true, [type] {
            const auto [own, other] = pair(type);
            giveToAChild({ other });
            return own;
        });
    }

    addRow("pseudo terminal", false, [] {
        const auto [master, slave] = terminal();
        keep(slave);
        return master;
    });
    addRow("pseudo terminal, other process", true, [] {
        const auto [master, slave] = terminal();
        giveToAChild({ slave });
        return master;
    });
    addRow("terminal of the program", false, [] {
        const auto [master, slave] = terminal();
        giveToAChild({ master });
        return slave;
    });

    addRow("local, not accepted", false, [] {
        const QByteArray name = "tst_clockoutside-" + QByteArray::number(::getpid());
        keep(localSocket(name, true));
        return localSocket(name, false);
    });
    addRow("tcp, listening", false, [] { return internetSocket(SOCK_STREAM, "127.0.0.1"); });
    addRow("udp", false, [] { return internetSocket(SOCK_DGRAM, "127.0.0.1"); });
    for (const int type : { static_cast<int>(SOCK_STREAM), static_cast<int>(SOCK_DGRAM) }) {
        const QByteArray name = type == SOCK_STREAM ? "tcp" : "udp";
        for (const char *address : { "127.0.0.1", "0.0.0.0" })
            addRow(name + ", connected to " + address, false, [=] { return connected(type, "127.0.0.1", portOf(keep(internetSocket(type, address)))); });
        addRow(name + ", other process", true, [=] {
            const int server = internetSocket(type, "127.0.0.1");
            const int client = connected(type, "127.0.0.1", portOf(server));
            giveToAChild({ server });
            return client;
        });
    }
    addRow("udp, other machine with a port of this program", true, [] { return connected(SOCK_DGRAM, "198.51.100.1", portOf(keep(internetSocket(SOCK_DGRAM, "0.0.0.0")))); });
    addRow("tcp, other process with a udp port of this program", true, [] {
        int server = -1;
        int own = -1;
        do {
            ::close(server);
            ::close(own);
            server = internetSocket(SOCK_STREAM, "127.0.0.1");
            own = internetSocket(SOCK_DGRAM, "0.0.0.0", portOf(server));
        } while (portOf(own) == 0); // another program has it
        keep(own);
        const int client = connected(SOCK_STREAM, "127.0.0.1", portOf(server));
        giveToAChild({ server });
        return client;
    });
}

void tst_ClockOutside::descriptors()
{
    QFETCH(const Make, make);
    QFETCH(const bool, isOutside);
    verifyWait(make, isOutside);
}

void tst_ClockOutside::servers_data()
{
    QTest::addColumn<QByteArray>("name"); // %1 is a number that no other test has
    QTest::addColumn<bool>("isOutside");
    for (const char *name : { "/tmp/.X11-unix/X%1", "/tmp/.ICE-unix/%1", "/tmp/dbus-abc%1", "/run/test%1/bus", "/run/test%1/wayland-0", "/run/test%1/at-spi/bus_0",
                              "/run/test%1/pipewire-0", "/run/test%1/pulse/native", "/home/test%1/.cache/ibus/dbus-1234abcd", "/opt/my bus %1 here" })
        QTest::newRow(name) << QByteArray(name) << false;
    for (const char *name : { "/tmp/bus%1/bus-7/socket", "/tmp/dbusiness%1", "/tmp/dbus-%1/socket", "/tmp/test%1/bus", "/tmp/wayland-%1", "/run/test%1/wayland-0/socket",
                              "/tmp/test%1/pipewire-0/bus", "/tmp/%1/.X11-unix/socket", "/run/test%1/at-spitz", "/opt/my bus %1", "/opt/my bus %1 here too" })
        QTest::newRow(name) << QByteArray(name) << true;
}

// The desktop is not waited for, other servers are.
void tst_ClockOutside::servers()
{
    QFETCH(QByteArray, name);
    QFETCH(const bool, isOutside);
    const auto number = QByteArray::number(1'000'000 + ::getpid() % 1'000'000);
    const auto setBack = qScopeGuard([bus = qgetenv("DBUS_SESSION_BUS_ADDRESS"), directory = qgetenv("XDG_RUNTIME_DIR")] {
        qputenv("DBUS_SESSION_BUS_ADDRESS", bus);
        qputenv("XDG_RUNTIME_DIR", directory);
    });
    qputenv("DBUS_SESSION_BUS_ADDRESS", "tcp:host=localhost,port=1;unix:guid=12,abstract=/opt/my%20bus%20" + number + "%20here");
    qputenv("XDG_RUNTIME_DIR", "/run/test" + number);
    name.replace("%1", number);
    verifyWait([&name] {
        const int server = localSocket(name, true);
        const int client = localSocket(name, false);
        giveToAChild({ server });
        return client;
    },
               isOutside);
}

void tst_ClockOutside::bytesHeldByTheKernel_data()
{
    QTest::addColumn<bool>("isCorked");
    QTest::newRow("until more is written, for 0.2 s") << true;
    QTest::newRow("until the last ones are acknowledged, for 0.04 s") << false;
}

// Both ends are inside, but what has been sent is still on its way.
void tst_ClockOutside::bytesHeldByTheKernel()
{
    QFETCH(const bool, isCorked);
    const int server = keep(internetSocket(SOCK_STREAM, "127.0.0.1"));
    const int sender = keep(connected(SOCK_STREAM, "127.0.0.1", portOf(server)));
    const int receiver = keep(::accept4(server, nullptr, nullptr, SOCK_CLOEXEC));
    const int on = 1;
    const int off = 0;
    QSeamstressClock clock;
    char byte = 'x';
    if (isCorked) {
        ::setsockopt(sender, IPPROTO_TCP, TCP_CORK, &on, sizeof on);
    } else {
        ::setsockopt(receiver, IPPROTO_TCP, TCP_QUICKACK, &off, sizeof off);
        QCOMPARE(::send(sender, &byte, 1, 0), 1);
    }
    QCOMPARE(::send(sender, &byte, 1, 0), 1);
    if (!isCorked)
        QCOMPARE(::recv(receiver, &byte, 1, 0), 1);
    pollfd polled{ receiver, POLLIN, 0 };
    QCOMPARE(::poll(&polled, 1, 3'600'000), 1);
    QCOMPARE(clock.elapsed(), 0s);
}

void tst_ClockOutside::advanceJumpsAllTheSame()
{
    QSeamstressClock clock;
    QProcess child;
    child.start("sleep", { "1000" });
    QVERIFY(child.waitForStarted());
    const auto before = clock.elapsed();
    QSEAMSTRESS_ADVANCE_TIME(clock, 1h);
    QVERIFY(clock.elapsed() - before >= 1h);
    QCOMPARE(child.state(), QProcess::Running);
    child.kill();
    QVERIFY(child.waitForFinished());
}

// The end of a connection in another thread, which sends back what comes.
static void echo(QIODevice &client)
{
    while (client.waitForReadyRead(1000)) {
        client.write(client.readAll());
        client.waitForBytesWritten(1000);
    }
}

static void verifyEchoes(QIODevice &peer)
{
    for (int time = 0; time < 1000; ++time) {
        peer.write("x");
        QVERIFY(peer.waitForReadyRead(1000));
        QCOMPARE(peer.readAll(), "x");
    }
}

// No byte is late, although the kernel delivers it after the sender waits already.
void tst_ClockOutside::tcpInTheProcess()
{
    QSeamstressClock clock;
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const std::unique_ptr<QThread> thread(QThread::create([port = server.serverPort()] {
        QTcpSocket client;
        client.connectToHost(QHostAddress::LocalHost, port);
        if (!client.waitForConnected(1000))
            return;
        echo(client);
    }));
    thread->start();
    QVERIFY(server.waitForNewConnection(1000));
    const std::unique_ptr<QTcpSocket> peer(server.nextPendingConnection());
    QVERIFY(peer);
    verifyEchoes(*peer);
    QCOMPARE(clock.elapsed(), 0s);
    peer->disconnectFromHost();
    QVERIFY(thread->wait());
}

void tst_ClockOutside::localSocketInTheProcess()
{
    QSeamstressClock clock;
    QTemporaryDir directory;
    QLocalServer server;
    QVERIFY(server.listen(directory.filePath("socket")));
    const std::unique_ptr<QThread> thread(QThread::create([name = server.fullServerName()] {
        QLocalSocket client;
        client.connectToServer(name);
        echo(client);
    }));
    thread->start();
    QVERIFY(server.waitForNewConnection(1000));
    const std::unique_ptr<QLocalSocket> peer(server.nextPendingConnection());
    QVERIFY(peer);
    verifyEchoes(*peer);
    QCOMPARE(clock.elapsed(), 0s);
    peer->disconnectFromServer();
    QVERIFY(thread->wait());
}

void tst_ClockOutside::tcpTimesOut()
{
    QSeamstressClock clock;
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QTcpSocket client;
    client.connectToHost(QHostAddress::LocalHost, server.serverPort());
    QVERIFY(client.waitForConnected(1000));
    QVERIFY(!client.waitForReadyRead(30'000));
    QCOMPARE(clock.elapsed(), 30s);
}

// The kernel says that this process created both ends.
void tst_ClockOutside::socketpairInAnotherProcess()
{
    const auto [end, other] = pair(SOCK_STREAM);
    startChild([end = end] {
        ::close(end);
        ::usleep(300'000);
        ::_exit(0);
    });
    ::close(other);
    {
        QSeamstressClock clock;
        char byte = 0;
        std::thread reader([end = end, &byte] { static_cast<void>(::read(end, &byte, 1)); }); // until the child ends
        std::atomic<bool> isOver = false;
        std::thread sleeper([&isOver] {
            std::this_thread::sleep_for(50ms);
            isOver = true;
        });
        reader.join();
        sleeper.join();
        QVERIFY(isOver);
        QVERIFY(clock.elapsed() >= 50ms);
    }
    ::close(end);
}

void tst_ClockOutside::fileLockOfAnotherProcess()
{
    QTemporaryDir directory;
    QFile file(directory.filePath("locked"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const pid_t child = ::fork();
    if (child == 0) {
        const int own = ::open(qPrintable(file.fileName()), O_RDWR);
        ::flock(own, LOCK_EX);
        ::usleep(500'000);
        ::_exit(0);
    }
    while (::flock(file.handle(), LOCK_EX | LOCK_NB) == 0) {
        ::flock(file.handle(), LOCK_UN);
        QThread::msleep(1);
    }
    {
        QSeamstressClock clock;
        std::thread blocked([&] { ::flock(file.handle(), LOCK_EX); });
        std::thread sleeper([] { QThread::sleep(3600); });
        blocked.join(); // an hour would not have passed
        QVERIFY(clock.elapsed() < 3600s);
        sleeper.join();
        QVERIFY(clock.elapsed() >= 3600s);
    }
    QCOMPARE(::waitpid(child, nullptr, 0), child);
}

QTEST_GUILESS_MAIN(tst_ClockOutside)

#include "tst_clockoutside.moc"
