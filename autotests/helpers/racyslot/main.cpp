// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A data race in a slot that is called in a script's thread, in the way that the argument names. ThreadSanitizer has to report it,
// whatever autotests/tsan.supp suppresses.

#include <QSeamstressConfig>
#include <QSeamstressThread>

#include <QCoreApplication>

#include <atomic>
#include <functional>
#include <map>
#include <thread>

static int unprotected = 0;
static std::atomic<bool> wasCalled = false;

static void raceInASlot()
{
    ++unprotected;
    wasCalled.store(true, std::memory_order_relaxed);
}

// Runs after the slot, but is not synchronised with it.
static void raceHere()
{
    while (!wasCalled.load(std::memory_order_relaxed))
        std::this_thread::yield();
    ++unprotected;
}

// Has a slot for its own signals.
class Config : public QSeamstressConfig
{
    Q_OBJECT

public Q_SLOTS:
    void work() { raceInASlot(); }
};

static bool raceWhileSettingUp(const std::function<void(Config *)> &connectTo)
{
    Config config;
    connectTo(&config);
    QSeamstressThread thread(&config);
    thread.start();
    raceHere();
    return thread.exit();
}

// call queues a call of the slot. The thread is paused and runs its event loop.
static bool raceWhilePaused(const std::function<void(Config *)> &call)
{
    Config *overThere = nullptr;
    QSeamstressThread thread([&overThere] {
        Config made;
        overThere = &made;
        QSeamstress::pause();
    });
    thread.setPauseMode(QSeamstressThread::RunEventLoop);
    if (!thread.enter())
        return false;
    call(overThere);
    raceHere();
    return thread.exit();
}

static const std::map<QByteArray, std::function<bool()>> races = {
    { "functionobject",
      [] { return raceWhileSettingUp([](Config *config) { QObject::connect(config, &QSeamstressConfig::settingUp, config, [] { raceInASlot(); }); }); } },
    { "memberfunction", [] { return raceWhileSettingUp([](Config *config) { QObject::connect(config, &QSeamstressConfig::settingUp, config, &Config::work); }); } },
    { "queuedfunctionobject", [] { return raceWhilePaused([](Config *config) { QMetaObject::invokeMethod(config, [] { raceInASlot(); }, Qt::QueuedConnection); }); } },
    { "queuedmemberfunction", [] { return raceWhilePaused([](Config *config) { QMetaObject::invokeMethod(config, &Config::work, Qt::QueuedConnection); }); } },
};

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const auto race = races.find(argc > 1 ? argv[1] : "");
    if (race == races.end())
        qFatal("usage: racyslot functionobject|memberfunction|queuedfunctionobject|queuedmemberfunction");
    return race->second() ? 0 : 1;
}

#include "main.moc"
