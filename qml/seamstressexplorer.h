// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SEAMSTRESSEXPLORER_H
#define SEAMSTRESSEXPLORER_H

#include <QSeamstressExplorer>

#include <QtQml/QJSValue>
#include <QtQml/qqmlregistration.h>

// In QML scripts are a property, which may change: they are added anew for each call.
class SeamstressExplorer : public QSeamstressExplorer
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QJSValue scripts MEMBER m_scripts NOTIFY scriptsChanged)
    Q_PROPERTY(QJSValue reset MEMBER m_reset NOTIFY resetChanged)
    Q_PROPERTY(QJSValue check MEMBER m_check NOTIFY checkChanged)

public:
    explicit SeamstressExplorer(QObject *parent = nullptr);

    Q_INVOKABLE bool explore();
    Q_INVOKABLE bool run(const QString &order);

Q_SIGNALS:
    void scriptsChanged();
    void resetChanged();
    void checkChanged();

private:
    // False, with a JavaScript error in the line that calls, if the properties do not fit.
    bool prepare(const char *function);
    template <class Run>
    bool call(const char *function, Run run);

    QJSValue m_scripts;
    QJSValue m_reset;
    QJSValue m_check;
    bool m_isRunning = false;
};

#endif // SEAMSTRESSEXPLORER_H
