// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "exceptionregistry_p.h"

#include <algorithm>
#include <mutex>

#include "../platform/processes_p.h"

namespace QSeamstressPrivate {

namespace {

struct TypeRegistry
{
    static TypeRegistry &instance()
    {
        // Never destroyed: another library may be unloaded after the static objects of this one are destroyed.
        static auto *const registry = new TypeRegistry;
        return *registry;
    }

    std::mutex mutex;
    std::vector<ExceptionType> types;
};

// Whether other files of the program may contain another type with this name, since it is in an anonymous namespace or a static function.
// The name is mangled as the Itanium C++ ABI specifies: "9ZLibError", "N12_GLOBAL__N_15LocalE", "ZN4bankL3payEvE5Error".
bool isLocalName(const QByteArray &name)
{
    const auto isDigit = [&name](qsizetype index) { return index < name.size() && name[index] >= '0' && name[index] <= '9'; };
    bool isInFunction = false;
    for (qsizetype index = 0; index < name.size(); ++index) {
        isInFunction = isInFunction || name[index] == 'Z';
        if (isInFunction && name[index] == 'L' && isDigit(index + 1))
            return true; // it has internal linkage
        qsizetype end = index;
        while (isDigit(end))
            ++end;
        const bool isSubstitution = index > 0 && (name[index - 1] == 'S' || name[index - 1] == 'T' || (isInFunction && name[index - 1] == '_'));
        const bool isLiteral = index > 1 && name[index - 2] == 'L' && end < name.size() && name[end] == 'E';
        if (end == index || isSubstitution || isLiteral)
            continue;
        const QByteArray identifier = name.mid(end, name.mid(index, end - index).toLongLong());
        if (identifier.startsWith("_GLOBAL__N_"))
            return true;
        index = end + identifier.size() - 1;
    }
    return false;
}

bool isSameType(const std::type_info &one, const std::type_info &other)
{
    // Compilers differ in whether operator== distinguishes local types with the same name. Other types have a type_info in each module.
    return &one == &other || (one == other && !isLocalName(one.name()));
}

ExceptionTypeKey fullKeyOf(const ExceptionType &type)
{
    const QByteArray name = type.type->name();
    const CodePlace place = isLocalName(name) ? placeOf(reinterpret_cast<void (*)()>(type.write)) : CodePlace();
    return { name, place.module.isNull() ? QByteArray() : place.module + '@' + QByteArray::number(static_cast<quint64>(place.offset), 16) };
}

// All known types, starting with those of the standard library.
std::vector<ExceptionType> knownExceptionTypes()
{
    std::vector<ExceptionType> types = standardExceptions();
    TypeRegistry &registry = TypeRegistry::instance();
    const std::lock_guard lock(registry.mutex);
    types.insert(types.end(), registry.types.begin(), registry.types.end());
    return types;
}

} // namespace

ExceptionRegistration::ExceptionRegistration(const ExceptionType &type) noexcept
    : m_type(type)
{
    TypeRegistry &registry = TypeRegistry::instance();
    const std::lock_guard lock(registry.mutex);
    registry.types.push_back(type);
}

ExceptionRegistration::~ExceptionRegistration()
{
    TypeRegistry &registry = TypeRegistry::instance();
    const std::lock_guard lock(registry.mutex);
    const auto isThis = [this](const ExceptionType &type) { return type.type == m_type.type && type.write == m_type.write; };
    registry.types.erase(std::find_if(registry.types.begin(), registry.types.end(), isThis));
}

std::optional<ExceptionTypeKey> keyOf(const ExceptionType &type)
{
    const ExceptionTypeKey key = fullKeyOf(type);
    const std::vector<ExceptionType> types = knownExceptionTypes();
    const bool isUnique = std::none_of(types.begin(), types.end(), [&](const ExceptionType &other) {
        return !isSameType(*other.type, *type.type) && fullKeyOf(other) == key;
    });
    return isUnique ? std::optional(key) : std::nullopt;
}

std::optional<ExceptionType> findExceptionType(const std::type_info &type)
{
    for (const ExceptionType &known : knownExceptionTypes()) {
        if (isSameType(*known.type, type))
            return known;
    }
    return {};
}

std::optional<ExceptionType> findExceptionType(const ExceptionTypeKey &key)
{
    for (const ExceptionType &known : knownExceptionTypes()) {
        if (fullKeyOf(known) == key)
            return keyOf(known) ? std::optional(known) : std::nullopt;
    }
    return {};
}

} // namespace QSeamstressPrivate
