// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SEAMSTRESSEXPLORER_H
#define SEAMSTRESSEXPLORER_H

#include <QSeamstressExplorer>

#include <QtQml/QJSValue>
#include <QtQml/qqmlregistration.h>

// In QML, the scripts are a property that can change, so they are added again for each call.
class SeamstressExplorer : public QSeamstressExplorer
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QJSValue scripts READ scripts WRITE setScripts)
    Q_PROPERTY(QJSValue reset READ reset WRITE setReset)
    Q_PROPERTY(QJSValue check READ check WRITE setCheck)

public:
    using QSeamstressExplorer::QSeamstressExplorer;

    QJSValue scripts() const { return m_scripts; }
    void setScripts(const QJSValue &scripts) { m_scripts = scripts; }
    QJSValue reset() const { return m_reset; }
    void setReset(const QJSValue &reset) { m_reset = reset; }
    QJSValue check() const { return m_check; }
    void setCheck(const QJSValue &check) { m_check = check; }

    Q_INVOKABLE bool explore();
    Q_INVOKABLE bool run(const QString &order);

private:
    // If the properties are not valid, returns false and throws a JavaScript error in the calling line.
    bool prepare(const char *function);
    template <class Run>
    bool call(const char *function, Run run);

    QJSValue m_scripts;
    QJSValue m_reset;
    QJSValue m_check;
    bool m_isRunning = false;
};

#endif // SEAMSTRESSEXPLORER_H
