// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "refused.h"

#include <QSeamstressError>

#include <stdexcept>

namespace {

class Refused : public std::runtime_error
{
public:
    explicit Refused(const std::string &what)
        : std::runtime_error(what)
    {
    }
};

} // namespace

std::exception_ptr refusedElsewhere()
{
    QSeamstressError::registerExceptionType<Refused>();
    return std::make_exception_ptr(Refused("refused elsewhere"));
}

class NamedInUnusedFunction : public std::runtime_error
{
public:
    explicit NamedInUnusedFunction(const std::string &what)
        : std::runtime_error(what)
    {
    }
};

std::exception_ptr namedInUnusedFunction()
{
    return std::make_exception_ptr(NamedInUnusedFunction("never called"));
}

[[maybe_unused]] static void unusedFunction()
{
    QSeamstressError::registerExceptionType<NamedInUnusedFunction>();
}
