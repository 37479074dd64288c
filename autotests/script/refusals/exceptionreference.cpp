// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QSeamstressError>

#include <stdexcept>

int main()
{
    QSeamstressError::registerExceptionType<const std::runtime_error &>();
}
