// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "exceptiontext_p.h"

#include <QtCore/QException>

#include <cxxabi.h>

#include <cstdlib>
#include <memory>
#include <string>

namespace QSeamstressPrivate {

QString demangled(const std::type_info &type)
{
    int status = 0;
    const std::unique_ptr<char, void (*)(void *)> name(abi::__cxa_demangle(type.name(), nullptr, nullptr, &status), &std::free);
    return QString::fromUtf8(status == 0 ? name.get() : type.name());
}

static QString causedBy(const std::exception_ptr &cause)
{
    const ExceptionText inner = describe(cause);
    return QStringLiteral("; caused by %1: %2").arg(inner.type, inner.text);
}

static QString causes(const std::exception &exception)
{
    if (const auto *unhandled = dynamic_cast<const QUnhandledException *>(&exception); unhandled && unhandled->exception())
        return causedBy(unhandled->exception());
    if (const auto *nested = dynamic_cast<const std::nested_exception *>(&exception); nested && nested->nested_ptr())
        return causedBy(nested->nested_ptr());
    return {};
}

ExceptionText describe(const std::exception_ptr &exception)
{
    try {
        std::rethrow_exception(exception);
    } catch (const std::exception &e) {
        return { demangled(typeid(e)), QString::fromUtf8(e.what()) + causes(e) };
    } catch (const QString &text) {
        return { QStringLiteral("QString"), text };
    } catch (const std::string &text) {
        return { QStringLiteral("std::string"), QString::fromStdString(text) };
    } catch (const char *text) {
        return { QStringLiteral("char const*"), QString::fromUtf8(text) };
    } catch (int number) {
        return { QStringLiteral("int"), QString::number(number) };
    } catch (...) {
        const std::type_info *type = abi::__cxa_current_exception_type();
        return { type ? demangled(*type) : QStringLiteral("a foreign exception"), QStringLiteral("(a type without a text)") };
    }
}

} // namespace QSeamstressPrivate
