// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SEAMSTRESSCLOCK_H
#define SEAMSTRESSCLOCK_H

#include <QSeamstressClock>

#include <QtCore/QBasicTimer>
#include <QtQml/QQmlParserStatus>
#include <QtQml/qqmlregistration.h>

#include <optional>

// Virtual time that begins as soon as the properties are set. What fails is a JavaScript error in the calling line.
class SeamstressClock : public QObject, public QQmlParserStatus
{
    Q_OBJECT
    QML_ELEMENT
    Q_INTERFACES(QQmlParserStatus)
    Q_PROPERTY(Mode mode READ mode WRITE setMode NOTIFY modeChanged)
    Q_PROPERTY(bool running READ isRunning WRITE setRunning NOTIFY runningChanged)
    Q_PROPERTY(int timeout READ timeout WRITE setTimeout NOTIFY timeoutChanged)
    Q_PROPERTY(double elapsed READ elapsed)

public:
    enum Mode { Automatic = QSeamstressClock::Automatic, Manual = QSeamstressClock::Manual };
    Q_ENUM(Mode)

    using QObject::QObject;

    Mode mode() const { return m_mode; }
    void setMode(Mode mode);
    bool isRunning() const { return m_isComplete ? m_clock.has_value() : m_runsWhenComplete; }
    void setRunning(bool running);
    int timeout() const { return m_timeout; }
    void setTimeout(int milliseconds);
    double elapsed() const; // ms

    Q_INVOKABLE bool advance(double milliseconds);
    Q_INVOKABLE bool settle();
    Q_INVOKABLE bool advanceToNext();
    Q_INVOKABLE bool advanceUntilIdle(double limit);
    Q_INVOKABLE void setDateTime(const QDateTime &dateTime);

    void classBegin() override { }
    void componentComplete() override;

Q_SIGNALS:
    void modeChanged();
    void runningChanged();
    void timeoutChanged();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void begin();
    bool throwNewError();
    bool checkTime(const char *function, double milliseconds) const;
    template <class Call>
    bool call(const char *function, Call call);

    Mode m_mode = Automatic;
    bool m_runsWhenComplete = true;
    bool m_isComplete = false;
    int m_timeout = 5000; // ms of real time
    QString m_refusal; // why virtual time could not begin
    QBasicTimer m_failsTest; // the next test function, by m_refusal
    QSeamstressError m_thrown; // the last error of m_clock that was thrown
    std::optional<QSeamstressClock> m_clock;
};

#endif // SEAMSTRESSCLOCK_H
