// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "scriptregistry_p.h"

#include <algorithm>
#include <mutex>
#include <string_view>
#include <vector>

#include "../platform/processes_p.h"

namespace QSeamstressPrivate {

namespace {

template <class Factory>
struct Registered
{
    Factory factory;
    const std::type_info *type;
};

// Filled when the program starts, and by each library that it loads later.
template <class Factory>
class FactoryRegistry
{
public:
    static FactoryRegistry &instance()
    {
        static auto *const registry = new FactoryRegistry;
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
QByteArray placeOfFactory(Factory factory)
{
    const CodePlace place = placeOf(reinterpret_cast<void (*)()>(factory));
    return place.module.isNull() ? QByteArray() : byPlace + place.module + '@' + QByteArray::number(place.offset, 16);
}

template <class Factory>
Found<Factory> findFactory(const QByteArray &key, const QString &cureOfName)
{
    const bool isByName = key.startsWith(byName);
    Factory found = nullptr;
    // Compare with registered factories instead of using the address in the key: data from another process is untrusted.
    for (const Registered<Factory> &registered : FactoryRegistry<Factory>::instance().all()) {
        const QByteArray itsKey = isByName ? byName + QByteArray(registered.type->name()) : placeOfFactory(registered.factory);
        if (itsKey != key || registered.factory == found)
            continue;
        if (found)
            return QStringLiteral("there are two types with its name; rename one of them, but note that lambdas and classes in anonymous namespaces have no unique name");
        found = registered.factory;
    }
    if (found)
        return found;
    return QStringLiteral("it is not registered in that process; %1")
        .arg(isByName ? cureOfName : QStringLiteral("a library that contains scripts must be linked, or loaded before the QCoreApplication is created"));
}

} // namespace

ScriptRegistration::ScriptRegistration(ScriptFactory factory, const std::type_info &type) noexcept
{
    FactoryRegistry<ScriptFactory>::instance().add(factory, type);
}

ConfigRegistration::ConfigRegistration(ConfigFactory factory, const std::type_info &type) noexcept
{
    FactoryRegistry<ConfigFactory>::instance().add(factory, type);
}

QByteArray keyOfScript(const RemoteScript &script, bool isByName)
{
    const QByteArray place = isByName ? QByteArray() : placeOfFactory(script.factory);
    return place.isEmpty() ? byName + QByteArray(script.type->name()) : place;
}

// The class of an object created in QML is QQmlPrivate::QQmlElement<T>, which adds nothing to T. Returns the name of T, or an empty one.
static std::string_view nameInQmlElement(const std::type_info &type)
{
    static constexpr std::string_view begin = "N11QQmlPrivate11QQmlElementI";
    static constexpr std::string_view end = "EE";
    const std::string_view name = type.name();
    return name.starts_with(begin) && name.ends_with(end) ? name.substr(begin.size(), name.size() - begin.size() - end.size()) : std::string_view();
}

QByteArray keyOfConfig(const std::type_info &type, bool isByName)
{
    const std::string_view inQml = nameInQmlElement(type);
    std::vector<Registered<ConfigFactory>> found = FactoryRegistry<ConfigFactory>::instance().all();
    std::erase_if(found, [&](const Registered<ConfigFactory> &registered) { return *registered.type != type && registered.type->name() != inQml; });
    // An identical type_info first: with Clang, classes with the same name in different anonymous namespaces compare equal.
    std::stable_partition(found.begin(), found.end(), [&type](const Registered<ConfigFactory> &registered) { return registered.type == &type; });
    // If several classes share the name of one in QML, the key is the name, and the process reports the ambiguity.
    const bool isAmbiguous = !inQml.empty() && std::any_of(found.begin(), found.end(), [&](const Registered<ConfigFactory> &other) { return other.factory != found.front().factory; });
    const QByteArray place = isByName || isAmbiguous || found.empty() ? QByteArray() : placeOfFactory(found.front().factory);
    const std::string_view name = inQml.empty() ? type.name() : inQml;
    return place.isEmpty() ? byName + QByteArray(name.data(), static_cast<qsizetype>(name.size())) : place;
}

Found<ScriptFactory> findScript(const QByteArray &key)
{
    return findFactory<ScriptFactory>(key, QStringLiteral("a script of another program must be an object with operator(), and the code of that program must pass an object of the same class to a QSeamstressProcess too"));
}

Found<ConfigFactory> findConfig(const QByteArray &key)
{
    return findFactory<ConfigFactory>(key, QStringLiteral("register its class with QSeamstressProcess::registerConfig() in that program"));
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
    return { {}, QStringLiteral("that process does not contain its function; a library that contains it must be linked, or loaded before the QCoreApplication is created") };
}

} // namespace QSeamstressPrivate
