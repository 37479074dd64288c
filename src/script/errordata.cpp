// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "errordata_p.h"

#include <QtCore/QException>
#include <QtCore/QStringList>

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
        return { type ? demangled(*type) : QStringLiteral("a foreign exception"), QStringLiteral("(no message)") };
    }
}

QSeamstressError ErrorData::make(QSeamstressError::Code code, const QString &message, const QString &origin)
{
    return fromParts(code, message, {}, origin, nullptr);
}

QSeamstressError ErrorData::fromException(const std::exception_ptr &exception, const QString &origin, const QString &name, const QString &where)
{
    try {
        std::rethrow_exception(exception);
    } catch (const ScriptFailure &failure) {
        return make(failure.error().code(), QStringLiteral("%1: %2.").arg(name, failure.error().message()), origin);
    } catch (...) {
        const ExceptionText text = describe(exception);
        return fromParts(QSeamstressError::Exception, QStringLiteral("%1 threw %2%3: %4").arg(name, text.type, where, text.text), text.type, origin, exception);
    }
}

QSeamstressError ErrorData::fromParts(QSeamstressError::Code code, const QString &message, const QString &exceptionType, const QString &origin,
                                      const std::exception_ptr &exception)
{
    auto *data = new ErrorData;
    data->code = code;
    data->message = message;
    data->exceptionType = exceptionType;
    data->origin = origin;
    data->exception = exception;
    return QSeamstressError(data);
}

QString ErrorData::messagesOf(const QList<QSeamstressError> &errors)
{
    QStringList messages;
    for (const QSeamstressError &error : errors)
        messages.append(error.message());
    return messages.join(QLatin1Char('\n'));
}

std::exception_ptr ErrorData::exceptionOf(const QSeamstressError &error)
{
    return error.d ? error.d->exception : nullptr;
}

QSeamstressError ErrorData::withMessage(const QSeamstressError &error, const QString &message)
{
    auto *data = new ErrorData(*error.d);
    data->message = message;
    return QSeamstressError(data);
}

ScriptFailure::ScriptFailure(QSeamstressError::Code code, const QString &message)
    : QSeamstressException(ErrorData::make(code, message))
{
}

void ScriptFailure::raise() const
{
    throw *this;
}

ScriptFailure *ScriptFailure::clone() const
{
    return new ScriptFailure(*this);
}

} // namespace QSeamstressPrivate
