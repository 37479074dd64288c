// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef DESCRIPTOR_P_H
#define DESCRIPTOR_P_H

#include <utility>

#include <unistd.h>

namespace QSeamstressPrivate {

// Owns a file descriptor.
class Descriptor
{
public:
    Descriptor() = default;
    explicit Descriptor(int number)
        : m_number(number)
    {
    }
    Descriptor(Descriptor &&other) noexcept
        : m_number(std::exchange(other.m_number, -1))
    {
    }
    Descriptor &operator=(Descriptor &&other) noexcept
    {
        std::swap(m_number, other.m_number);
        return *this;
    }
    ~Descriptor() { close(); }

    void close()
    {
        if (m_number >= 0)
            ::close(std::exchange(m_number, -1));
    }
    int number() const { return m_number; } // -1 if none
    bool isOpen() const { return m_number >= 0; }

private:
    int m_number = -1;
};

} // namespace QSeamstressPrivate

#endif // DESCRIPTOR_P_H
