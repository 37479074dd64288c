// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "scriptregistry_p.h"

#include <mutex>
#include <vector>

#include "../platform/processes_p.h"
#include "../script/errordata_p.h"

namespace QSeamstressPrivate {

namespace {

template <class Factory>
struct Registered
{
    Factory factory;
    const std::type_info *type;
};

// Filled while the program starts, and by each library that it loads later.
template <class Factory>
class Registry
{
public:
    static Registry &instance()
    {
        static auto *const registry = new Registry;
        return *registry;
    }
    void add(Factory factory, const std::type_info &type)
    {
        const std::lock_guard lock(m_mutex);
        m_registered.push_back({ factory, &type });
    }
    std::vector<Registered<Factory>> all() const
    {
        const std::lock_guard lock(m_mutex);
        return m_registered;
    }

private:
    mutable std::mutex m_mutex;
    std::vector<Registered<Factory>> m_registered;
};

constexpr char byPlace[] = "place ";
constexpr char byName[] = "name ";

template <class Factory>
Found<Factory> findByName(const QByteArray &name)
{
    Factory found = nullptr;
    for (const Registered<Factory> &registered : Registry<Factory>::instance().all()) {
        if (registered.type->name() != name || registered.factory == found)
            continue;
        if (found)
            return QStringLiteral("there are two of its name; give one of them another name, which lambdas and classes in anonymous namespaces do not have");
        found = registered.factory;
    }
    if (!found)
        return QStringLiteral("the process does not know it");
    return found;
}

} // namespace

ScriptRegistration::ScriptRegistration(ScriptFactory factory, const std::type_info &type) noexcept
{
    Registry<ScriptFactory>::instance().add(factory, type);
}

ConfigRegistration::ConfigRegistration(ConfigFactory factory, const std::type_info &type) noexcept
{
    Registry<ConfigFactory>::instance().add(factory, type);
}

QByteArray keyOfFunction(void (*function)())
{
    const CodePlace place = placeOf(function);
    return place.module.isNull() ? QByteArray() : place.module + '@' + QByteArray::number(place.offset, 16);
}

QByteArray keyOfScript(const RemoteScript &script, bool isByName)
{
    const QByteArray place = isByName ? QByteArray() : keyOfFunction(reinterpret_cast<void (*)()>(script.factory));
    return place.isEmpty() ? byName + QByteArray(script.type->name()) : byPlace + place;
}

QByteArray keyOfConfig(const std::type_info &type)
{
    return type.name();
}

Found<ScriptFactory> findScript(const QByteArray &key)
{
    if (key.startsWith(byName))
        return findByName<ScriptFactory>(key.mid(sizeof(byName) - 1));
    // Not by going to the place that the key tells: nothing that comes from another process is trusted.
    for (const Registered<ScriptFactory> &registered : Registry<ScriptFactory>::instance().all()) {
        if (byPlace + keyOfFunction(reinterpret_cast<void (*)()>(registered.factory)) == key)
            return registered.factory;
    }
    return QStringLiteral("the process does not know it; a library that holds scripts must be linked, or loaded before the QCoreApplication is made");
}

Found<ConfigFactory> findConfig(const QByteArray &key)
{
    return findByName<ConfigFactory>(key);
}

void writeFunction(QDataStream &stream, void (*function)())
{
    const CodePlace place = placeOf(function);
    stream << place.module << quint64(place.offset);
}

void (*readFunction(QDataStream &stream))()
{
    QByteArray module;
    quint64 offset = 0;
    stream >> module >> offset;
    return functionAt({ module, static_cast<quintptr>(offset) });
}

ScriptSource remoteSource(const RemoteScript &script)
{
    ScriptSource source;
    source.remote = std::make_shared<RemoteScript>(script);
    return source;
}

ScriptSource unknownFunction()
{
    return { {}, QStringLiteral("the process does not have the function that is the script; a library that holds it must be linked, or loaded before the QCoreApplication is made") };
}

} // namespace QSeamstressPrivate
