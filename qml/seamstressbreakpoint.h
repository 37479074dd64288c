// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SEAMSTRESSBREAKPOINT_H
#define SEAMSTRESSBREAKPOINT_H

#include <QSeamstressBreakpoint>

#include <QtCore/QScopedValueRollback>
#include <QtQml/QQmlParserStatus>
#include <QtQml/qqmlregistration.h>

#include <optional>

// A breakpoint that is armed as soon as its properties are set.
class SeamstressBreakpoint : public QObject, public QQmlParserStatus
{
    Q_OBJECT
    QML_ELEMENT
    Q_INTERFACES(QQmlParserStatus)
    Q_PROPERTY(QString point READ point WRITE setPoint REQUIRED)
    Q_PROPERTY(QString threadName MEMBER m_threadName NOTIFY settingsChanged)
    Q_PROPERTY(int ignoreCount MEMBER m_ignoreCount NOTIFY settingsChanged)
    Q_PROPERTY(bool haltsAll MEMBER m_haltsAll NOTIFY settingsChanged)
    Q_PROPERTY(int timeout MEMBER m_timeout NOTIFY settingsChanged)
    Q_PROPERTY(bool hit READ isHit NOTIFY hitChanged)
    Q_PROPERTY(int hits READ hits NOTIFY hitChanged)
    Q_PROPERTY(QVariant value READ value NOTIFY hitChanged)
    Q_PROPERTY(QString errorString READ errorString)

public:
    using QObject::QObject;

    QString point() const { return m_point; }
    void setPoint(const QString &point);
    bool isHit() const { return m_breakpoint && m_breakpoint->isHit(); }
    int hits() const { return m_breakpoint ? m_breakpoint->hits() : 0; }
    QVariant value() const { return m_breakpoint ? m_breakpoint->value() : QVariant(); }
    QString errorString() const { return m_breakpoint ? m_breakpoint->errorString() : QString(); }

    Q_INVOKABLE bool waitForHit() { return call(&QSeamstressBreakpoint::waitForHit); }
    Q_INVOKABLE void resume() { call(&QSeamstressBreakpoint::resume); }
    Q_INVOKABLE void arm() { call(&QSeamstressBreakpoint::arm); }
    Q_INVOKABLE void disarm() { call(&QSeamstressBreakpoint::disarm); }

    void classBegin() override { }
    void componentComplete() override;

Q_SIGNALS:
    void reached();
    void hitChanged();
    void settingsChanged();

private:
    // Misuse is a JavaScript error in the calling QML line.
    class Breakpoint final : public QSeamstressBreakpoint
    {
    public:
        Breakpoint(const QString &point, SeamstressBreakpoint *element);

    private:
        void misused(const QString &text) const override;

        const SeamstressBreakpoint *const m_element;
    };

    template <class Result>
    Result call(Result (QSeamstressBreakpoint::*function)())
    {
        const QScopedValueRollback isCalled(m_isCalledByQml, true);
        return m_breakpoint ? (*m_breakpoint.*function)() : Result();
    }
    void apply();

    QString m_point;
    QString m_threadName;
    int m_ignoreCount = 0;
    bool m_haltsAll = false;
    int m_timeout = 5000; // ms
    bool m_isCalledByQml = false;
    std::optional<Breakpoint> m_breakpoint; // set by componentComplete()
};

#endif // SEAMSTRESSBREAKPOINT_H
