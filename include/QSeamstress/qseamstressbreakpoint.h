// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef QSEAMSTRESSBREAKPOINT_H
#define QSEAMSTRESSBREAKPOINT_H

#include <QtCore/QDeadlineTimer>
#include <QtCore/QObject>
#include <QtCore/QVariant>

#include <chrono>
#include <functional>
#include <memory>

#include "qseamstress_export.h"
#include "qseamstresserror.h"

QT_BEGIN_NAMESPACE
class QThread;
QT_END_NAMESPACE

namespace QSeamstressPrivate {
class BreakpointData;
}

class QSEAMSTRESS_EXPORT QSeamstressBreakpoint : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QString point READ point CONSTANT)
    Q_PROPERTY(bool hit READ isHit NOTIFY hitChanged)
    Q_PROPERTY(int hits READ hits NOTIFY hitChanged)

public:
    explicit QSeamstressBreakpoint(const QString &point, QObject *parent = nullptr);
    explicit QSeamstressBreakpoint(const char *point, QObject *parent = nullptr);
    ~QSeamstressBreakpoint() override;

    QString point() const;

    std::function<bool(const QVariant &value)> condition() const;
    void setCondition(std::function<bool(const QVariant &value)> condition);
    QString threadName() const;
    void setThreadName(const QString &name);
    int ignoreCount() const;
    void setIgnoreCount(int count);
    std::function<void()> action() const;
    void setAction(std::function<void()> action);
    bool haltsAll() const;
    void setHaltsAll(bool haltsAll);
    std::chrono::milliseconds timeout() const;
    void setTimeout(int milliseconds);
    void setTimeout(std::chrono::milliseconds timeout);

    bool isArmed() const;
    void arm();
    bool isHit() const;
    int hits() const;
    QVariant value() const;
    QThread *hitThread() const;
    [[nodiscard]] bool waitForHit();
    [[nodiscard]] bool waitForHit(QDeadlineTimer deadline);
    void resume();
    void disarm();
    QSeamstressError error() const;
    QString errorString() const;

Q_SIGNALS:
    void reached();
    void hitChanged();

protected:
    virtual void misused(const QString &text) const;
    bool event(QEvent *event) override;

private:
    friend class QSeamstressPrivate::BreakpointData;
    const std::unique_ptr<QSeamstressPrivate::BreakpointData> d;
};

#endif // QSEAMSTRESSBREAKPOINT_H
