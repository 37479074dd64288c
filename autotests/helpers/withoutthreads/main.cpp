// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Enters a QSeamstressThread where the system cannot create more threads, and prints the result.

#include <QSeamstressThread>

#include <QMetaEnum>
#include <QTextStream>
#include <QThread>

#include <sys/resource.h>
#include <unistd.h>

int main()
{
    // The limit does not apply to root.
    const uid_t nobody = 65534;
    if (getuid() == 0 && setuid(nobody) != 0)
        qFatal("cannot switch to the user nobody");
    const rlimit limit{ 1, 1 };
    if (setrlimit(RLIMIT_NPROC, &limit) != 0)
        qFatal("cannot set the limit");

    QTextStream out(stdout);
    QSeamstress::setFailureHandler([&out](const QString &message, const char *, int) { out << "unseen: " << message.section('\n', 0, 0) << '\n'; });
    QSeamstressConfig config;
    QObject::connect(&config, &QSeamstressConfig::settingUp, &config, [] {});
    {
        QSeamstressThread thread(&config);
        thread.setObjectName("hogger");
        out << (thread.enter() ? "entered" : "refused") << '\n'
            << thread.errorString() << '\n'
            << QMetaEnum::fromType<QSeamstressError::Code>().valueToKey(thread.error().code()) << ' '
            << QMetaEnum::fromType<QSeamstressExecutor::Phase>().valueToKey(thread.phase()) << ' '
            << (config.thread() == QThread::currentThread() ? "config is back" : "config is lost") << '\n';
    }
    {
        QSeamstressThread thread(&config);
        thread.setObjectName("starter");
        QObject::connect(&thread, &QSeamstressExecutor::finished, [&out] { out << "finished\n"; });
        thread.start();
    }
}
