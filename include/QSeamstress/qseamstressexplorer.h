// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef QSEAMSTRESSEXPLORER_H
#define QSEAMSTRESSEXPLORER_H

#include <QtCore/QObject>
#include <QtCore/QStringList>

#include <chrono>
#include <functional>
#include <memory>

#include "qseamstress_export.h"
#include "qseamstressprocessscript.h"

namespace QSeamstressPrivate {
class ExplorerData;
}

class QSEAMSTRESS_EXPORT QSeamstressExplorer : public QObject
{
    Q_OBJECT
    Q_PROPERTY(int maximumOrders READ maximumOrders WRITE setMaximumOrders NOTIFY settingsChanged)
    Q_PROPERTY(int maximumPreemptions READ maximumPreemptions WRITE setMaximumPreemptions NOTIFY settingsChanged)
    Q_PROPERTY(quint32 seed READ seed WRITE setSeed NOTIFY settingsChanged)
    Q_PROPERTY(int timeout READ timeout WRITE setTimeout NOTIFY settingsChanged)
    Q_PROPERTY(Verdict verdict READ verdict NOTIFY explored)
    Q_PROPERTY(QString failingOrder READ failingOrder NOTIFY explored)
    Q_PROPERTY(QString report READ report NOTIFY explored)
    Q_PROPERTY(qint64 totalOrders READ totalOrders NOTIFY explored)
    Q_PROPERTY(qint64 triedOrders READ triedOrders NOTIFY explored)
    Q_PROPERTY(qint64 infeasibleOrders READ infeasibleOrders NOTIFY explored)

public:
    enum Verdict { Passed, CheckFailed, ExceptionThrown, Deadlock, TimedOut, NotDeterministic, InvalidOrder };
    Q_ENUM(Verdict)

    explicit QSeamstressExplorer(QObject *parent = nullptr);
    ~QSeamstressExplorer() override;

    template <class Script>
        requires std::invocable<Script &>
    void addThread(const QString &name, Script script)
    {
        addThreadSource(name, QSeamstressPrivate::scriptSource(std::move(script)));
    }

    template <class Script>
        requires std::invocable<Script &>
    void addTask(const QString &name, Script script)
    {
        addTaskSource(name, QSeamstressPrivate::scriptSource(std::move(script)));
    }

    template <class Script, class... Args>
        requires std::invocable<Script &, Args...>
    void addProcess(const QString &name, Script script, Args... args)
    {
        addProcessSource(name, QSeamstressPrivate::remoteSource(QSeamstressPrivate::ProcessScript<Script, Args...>::describe(std::move(script), args...)));
    }

    QStringList scripts() const;
    void clear();

    std::function<void()> reset() const;
    void setReset(std::function<void()> reset);
    std::function<bool()> check() const;
    void setCheck(std::function<bool()> check);
    int maximumOrders() const;
    void setMaximumOrders(int count);
    int maximumPreemptions() const;
    void setMaximumPreemptions(int count);
    quint32 seed() const;
    void setSeed(quint32 seed);
    int timeout() const;
    std::chrono::milliseconds timeoutAsDuration() const;
    void setTimeout(int milliseconds);
    void setTimeout(std::chrono::milliseconds timeout);

    [[nodiscard]] bool explore();
    [[nodiscard]] bool run(const QString &order);
    void addRows();

    Verdict verdict() const;
    QString failingOrder() const;
    QString report() const;
    qint64 totalOrders() const;
    qint64 triedOrders() const;
    qint64 infeasibleOrders() const;

Q_SIGNALS:
    void progressed(qint64 tried, qint64 planned);
    void explored();
    void settingsChanged();

private:
    void addThreadSource(const QString &name, const QSeamstressPrivate::ScriptSource &source);
    void addTaskSource(const QString &name, const QSeamstressPrivate::ScriptSource &source);
    void addProcessSource(const QString &name, const QSeamstressPrivate::ScriptSource &source);

    const std::unique_ptr<QSeamstressPrivate::ExplorerData> d;
};

#endif // QSEAMSTRESSEXPLORER_H
