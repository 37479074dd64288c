// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef EDITOR_H
#define EDITOR_H

#include <QSeamstressPausePoint>

#include <QDialog>
#include <QScopedValueRollback>

// Saves once the user has agreed in a dialog. While that is open, events come in, such as another Ctrl+S.
class Editor
{
public:
    enum class Guard { None, // the fault: it is saved twice
                       Flag }; // the cure

    explicit Editor(Guard guard)
        : m_guard(guard)
    {
    }
    void save()
    {
        if (m_guard == Guard::Flag && m_isSaving)
            return;
        const QScopedValueRollback isSaving(m_isSaving, true);
        QDialog dialog;
        QSEAMSTRESS_PAUSE_POINT("asking");
        if (dialog.exec() == QDialog::Accepted)
            ++m_saves;
    }
    int saves() const { return m_saves; }

private:
    const Guard m_guard;
    bool m_isSaving = false;
    int m_saves = 0;
};

#endif // EDITOR_H
