// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef OVERHEARDMESSAGE_H
#define OVERHEARDMESSAGE_H

#include <QString>

#include <functional>

// Keeps back the messages that contain a text, whichever thread logs them, and lets all others through. One at a time.
class OverheardMessage
{
public:
    // heard: called by the thread that logs the message, when it is kept. Whoever reads it has to wait for that.
    explicit OverheardMessage(const QString &part, const std::function<void()> &heard = {})
        : m_part(part)
        , m_heard(heard)
    {
        s_instance = this;
        m_before = qInstallMessageHandler(&OverheardMessage::handle);
    }
    ~OverheardMessage() { qInstallMessageHandler(m_before); }
    Q_DISABLE_COPY_MOVE(OverheardMessage)

    const QString &text() const { return m_text; } // of the last one
    QtMsgType type() const { return m_type; }

private:
    static void handle(QtMsgType type, const QMessageLogContext &context, const QString &text)
    {
        OverheardMessage &self = *s_instance;
        if (!text.contains(self.m_part))
            return self.m_before(type, context, text);
        // Not shared with the message's own, which Qt frees: ThreadSanitizer does not see into Qt how.
        self.m_text = QString(text.constData(), text.size());
        self.m_type = type;
        if (self.m_heard)
            self.m_heard();
    }

    static inline OverheardMessage *s_instance = nullptr;
    const QString m_part;
    const std::function<void()> m_heard;
    QtMessageHandler m_before = nullptr;
    QString m_text;
    QtMsgType m_type = QtDebugMsg;
};

#endif // OVERHEARDMESSAGE_H
