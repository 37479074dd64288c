// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef OVERHEARDMESSAGE_H
#define OVERHEARDMESSAGE_H

#include <QString>

#include <functional>

// Intercepts the messages that contain a text, from any thread, and lets all others through. Only one instance may exist at a time.
class OverheardMessage
{
public:
    // The thread that logs the message calls heard once the message is stored. Another thread has to wait for that before it reads it.
    explicit OverheardMessage(const QString &part, const std::function<void()> &heard = {})
        : m_part(part)
        , m_heard(heard)
    {
        s_instance = this;
        m_before = qInstallMessageHandler(&OverheardMessage::handle);
    }
    ~OverheardMessage() { qInstallMessageHandler(m_before); }
    Q_DISABLE_COPY_MOVE(OverheardMessage)

    const QString &text() const { return m_text; } // of the last message
    QtMsgType type() const { return m_type; }

private:
    static void handle(QtMsgType type, const QMessageLogContext &context, const QString &text)
    {
        OverheardMessage &self = *s_instance;
        if (!text.contains(self.m_part))
            return self.m_before(type, context, text);
        // A deep copy: Qt frees the original, and ThreadSanitizer does not see how Qt synchronises that.
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
