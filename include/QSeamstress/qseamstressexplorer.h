// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef QSEAMSTRESSEXPLORER_H
#define QSEAMSTRESSEXPLORER_H

#include <QtCore/QObject>
#include <QtCore/QString>

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

    void setReset(std::function<void()> reset);
    void setCheck(std::function<bool()> check);
    void setMaximumOrders(int count);
    void setMaximumPreemptions(int count);
    void setSeed(quint32 seed);
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

private:
    void addThreadSource(const QString &name, const QSeamstressPrivate::ScriptSource &source);
    void addTaskSource(const QString &name, const QSeamstressPrivate::ScriptSource &source);
    void addProcessSource(const QString &name, const QSeamstressPrivate::ScriptSource &source);

    const std::unique_ptr<QSeamstressPrivate::ExplorerData> d;
};

#endif // QSEAMSTRESSEXPLORER_H
