// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QSeamstressError>

#include <stdexcept>

class Refused : public std::runtime_error
{
public:
    explicit Refused(int amount)
        : std::runtime_error("refused")
        , amount(amount)
    {
    }

    int amount;
};

int main()
{
    QSeamstressError::registerExceptionType<Refused>();
}
