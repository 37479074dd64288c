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

// The state of a config that outlives it: shared with the executor that uses the config and the thread that runs it.
class ConfigData
{
public:
    explicit ConfigData(QSeamstressConfig *config);

    static std::shared_ptr<ConfigData> of(const QSeamstressConfig *config);
    QSeamstressConfig *config() const;
    static ScriptSource source(const std::shared_ptr<ConfigData> &data);

    // Called by the owner before a run. Returns why the run cannot start, or an empty string if it can.
    QString refusal() const;
    enum class Moves { Yes, No };
    // The same, but also claims the config for host. Moves::Yes: the script runs in another thread, so the config moves there.
    QString claim(const std::shared_ptr<ScriptHost> &host, const QString &origin, const QString &name, Moves moves);
    // Called in the script's thread: moves the config to the current thread, and back. Does nothing if it has a parent or was destroyed.
    void moveHere();
    // Also ends the claim. Called by the owner if the run did not start.
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
