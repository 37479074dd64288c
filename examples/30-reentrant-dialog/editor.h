// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef EDITOR_H
#define EDITOR_H

#include <QSeamstressPausePoint>

#include <QDialog>
#include <QScopedValueRollback>

// Saves after the user has confirmed a dialog. While the dialog is open, it processes events, such as another Ctrl+S.
class Editor
{
public:
    enum class Guard { None, // the bug: it saves twice
                       Flag }; // the fix

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
