// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "refused.h"

#include <stdexcept>

namespace {

class Refused : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

} // namespace

std::exception_ptr refusedAndUnknown()
{
    return std::make_exception_ptr(Refused("refused by a class that is not registered"));
}
