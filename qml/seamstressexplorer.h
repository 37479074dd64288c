// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SEAMSTRESSEXPLORER_H
#define SEAMSTRESSEXPLORER_H

#include <QSeamstressExplorer>

#include <QtQml/QJSValue>
#include <QtQml/qqmlregistration.h>

// Makes a QSeamstressExplorer for each call: in QML its scripts are a property, which may change.
class SeamstressExplorer : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QJSValue scripts READ scripts WRITE setScripts NOTIFY scriptsChanged)
    Q_PROPERTY(QJSValue reset READ reset WRITE setReset NOTIFY resetChanged)
    Q_PROPERTY(QJSValue check READ check WRITE setCheck NOTIFY checkChanged)
    Q_PROPERTY(int maximumOrders MEMBER m_maximumOrders NOTIFY maximumOrdersChanged)
    Q_PROPERTY(int maximumPreemptions MEMBER m_maximumPreemptions NOTIFY maximumPreemptionsChanged)
    Q_PROPERTY(int seed MEMBER m_seed NOTIFY seedChanged)
    Q_PROPERTY(int timeout MEMBER m_timeout NOTIFY timeoutChanged)
    Q_PROPERTY(Verdict verdict READ verdict NOTIFY explored)
    Q_PROPERTY(QString failingOrder READ failingOrder NOTIFY explored)
    Q_PROPERTY(QString report READ report NOTIFY explored)
    Q_PROPERTY(double totalOrders READ totalOrders NOTIFY explored)
    Q_PROPERTY(double triedOrders READ triedOrders NOTIFY explored)
    Q_PROPERTY(double infeasibleOrders READ infeasibleOrders NOTIFY explored)

public:
    enum Verdict {
        Passed = QSeamstressExplorer::Passed,
        CheckFailed = QSeamstressExplorer::CheckFailed,
        ExceptionThrown = QSeamstressExplorer::ExceptionThrown,
        Deadlock = QSeamstressExplorer::Deadlock,
        TimedOut = QSeamstressExplorer::TimedOut,
        NotDeterministic = QSeamstressExplorer::NotDeterministic,
        InvalidOrder = QSeamstressExplorer::InvalidOrder
    };
    Q_ENUM(Verdict)

    explicit SeamstressExplorer(QObject *parent = nullptr);

    QJSValue scripts() const { return m_scripts; }
    void setScripts(const QJSValue &scripts);
    QJSValue reset() const { return m_reset; }
    void setReset(const QJSValue &reset);
    QJSValue check() const { return m_check; }
    void setCheck(const QJSValue &check);

    Q_INVOKABLE bool explore();
    Q_INVOKABLE bool run(const QString &order);

    Verdict verdict() const { return static_cast<Verdict>(m_explorer->verdict()); }
    QString failingOrder() const { return m_explorer->failingOrder(); }
    QString report() const { return m_explorer->report(); }
    double totalOrders() const { return static_cast<double>(m_explorer->totalOrders()); }
    double triedOrders() const { return static_cast<double>(m_explorer->triedOrders()); }
    double infeasibleOrders() const { return static_cast<double>(m_explorer->infeasibleOrders()); }

Q_SIGNALS:
    void scriptsChanged();
    void resetChanged();
    void checkChanged();
    void maximumOrdersChanged();
    void maximumPreemptionsChanged();
    void seedChanged();
    void timeoutChanged();
    void explored();
    void progressed(double tried, double planned);

private:
    // False, with a JavaScript error in the line that calls, if the properties do not fit.
    bool prepare(const char *function);
    template <class Run>
    bool call(const char *function, Run run);

    QJSValue m_scripts;
    QJSValue m_reset;
    QJSValue m_check;
    int m_maximumOrders = 10000;
    int m_maximumPreemptions = -1;
    int m_seed = 1;
    int m_timeout = 5000; // ms
    std::unique_ptr<QSeamstressExplorer> m_explorer;
    bool m_isRunning = false;
};

#endif // SEAMSTRESSEXPLORER_H
