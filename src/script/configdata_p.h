// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef CONFIGDATA_P_H
#define CONFIGDATA_P_H

#include <QtCore/QPointer>
#include <QtCore/QString>
#include <QtCore/QThread>

#include <mutex>

#include "qseamstressconfig.h"
#include "qseamstressscriptsource.h"

namespace QSeamstressPrivate {

class ScriptHost;

// What is to be known of a config by those who outlive it: the executor that uses it, and the thread that runs it.
class ConfigData
{
public:
    explicit ConfigData(QSeamstressConfig *config);

    static std::shared_ptr<ConfigData> of(const QSeamstressConfig *config);
    QSeamstressConfig *config() const;
    static ScriptSource source(const std::shared_ptr<ConfigData> &data);

    // The owner's side, before a run: why it cannot begin, empty if it can.
    QString refusal() const;
    enum class Moves { Yes, No };
    // The same; if empty, the config is now the host's. If its script runs in another thread, the config is to move there.
    QString claim(const std::shared_ptr<ScriptHost> &host, const QString &origin, const QString &name, Moves moves);
    // The script's side: the config moves to the current thread, and back. Does nothing if it has a parent or is gone.
    void moveHere();
    // Ends the claim too. Called by the owner if the run did not begin.
    void moveBack();

    void configDestroyed(); // called by the config itself

private:
    QString lockedRefusal() const;

    mutable std::mutex m_mutex;
    QSeamstressConfig *m_config;
    QString m_origin;
    QString m_user;
    std::shared_ptr<ScriptHost> m_host;
    QPointer<QThread> m_home;
};

} // namespace QSeamstressPrivate

#endif // CONFIGDATA_P_H
