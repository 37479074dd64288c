// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Finds a script again in another process. Not part of the API: include <QSeamstressProcess>.

#ifndef QSEAMSTRESSPROCESSSCRIPT_H
#define QSEAMSTRESSPROCESSSCRIPT_H

#include <QtCore/QIODevice>

#include <memory>
#include <tuple>
#include <typeinfo>

#include "qseamstressexceptiontype.h"
#include "qseamstressscriptsource.h"

namespace QSeamstressPrivate {

// Recreates a script from the arguments that another process has sent.
using ScriptFactory = ScriptSource (*)(QDataStream &arguments);
using ConfigFactory = QSeamstressConfig *(*)();

// Register scripts and configs for child processes when the program starts, since a child process never reaches the test.
class QSEAMSTRESS_EXPORT ScriptRegistration
{
public:
    ScriptRegistration(ScriptFactory factory, const std::type_info &type) noexcept;
};
class QSEAMSTRESS_EXPORT ConfigRegistration
{
public:
    ConfigRegistration(ConfigFactory factory, const std::type_info &type) noexcept;
};

// The data that a child process needs to run the same script.
struct RemoteScript
{
    ScriptFactory factory;
    const std::type_info *type;
    QByteArray arguments;
    bool isFunction; // another program has it at another address or not at all
};

// Translates the address of a function for the same module in another process.
QSEAMSTRESS_EXPORT void writeFunction(QDataStream &stream, void (*function)());
QSEAMSTRESS_EXPORT void (*readFunction(QDataStream &stream))(); // null if there is no such function
QSEAMSTRESS_EXPORT ScriptSource remoteSource(const RemoteScript &script);
QSEAMSTRESS_EXPORT ScriptSource unknownFunction();
// The version of all streams between processes.
inline constexpr QDataStream::Version streamVersion = QDataStream::Qt_6_4;

template <class T>
inline constexpr bool isFunctionPointer = std::is_pointer_v<T> && std::is_function_v<std::remove_pointer_t<T>>;

template <class Script, class... Args>
class ProcessScript
{
    static_assert(isFunctionPointer<Script> || (std::is_empty_v<Script> && std::is_default_constructible_v<Script>),
                  "QSeamstressProcess: a script for another process must not capture anything, since nothing is shared with that process. Pass "
                  "what it needs as arguments: QSeamstressProcess process([](QString path) { ... }, path);");
    static_assert((!std::is_pointer_v<Args> && ...),
                  "QSeamstressProcess: a pointer means nothing in another process. Pass the value; for text, pass a QString or a QByteArray.");
    static_assert((std::is_pointer_v<Args> || ...) || (Streamable<Args> && ...),
                  "QSeamstressProcess: an argument of the script cannot be sent to another process. Give its type a default constructor, and "
                  "operator<< and operator>> for QDataStream.");

public:
    static RemoteScript describe(Script script, const Args &...args)
    {
        RemoteScript remote{ &make, &typeid(ProcessScript), {}, isFunctionPointer<Script> };
        QDataStream stream(&remote.arguments, QIODevice::WriteOnly);
        stream.setVersion(streamVersion);
        if constexpr (isFunctionPointer<Script>)
            writeFunction(stream, reinterpret_cast<void (*)()>(script));
        static_cast<void>((stream << ... << args));
        static_cast<void>(&registration); // instantiates it
        return remote;
    }

private:
    // Keeps the arguments alive as long as the script, since a coroutine may take them by reference.
    struct Call
    {
        Script script{};
        std::tuple<Args...> arguments;

        decltype(auto) operator()()
        {
            return std::apply([this](Args &...args) -> decltype(auto) { return std::invoke(script, std::move(args)...); }, arguments);
        }
    };

    static ScriptSource make(QDataStream &stream)
    {
        auto call = std::make_shared<Call>();
        if constexpr (isFunctionPointer<Script>) {
            call->script = reinterpret_cast<Script>(readFunction(stream));
            if (!call->script)
                return unknownFunction();
        }
        std::apply([&stream](Args &...args) { static_cast<void>((stream >> ... >> args)); }, call->arguments);
        return scriptSource([call]() -> decltype(auto) { return (*call)(); });
    }

    static inline const ScriptRegistration registration{ &make, typeid(ProcessScript) };
};

template <class Config>
class ProcessConfig
{
    static_assert(std::is_default_constructible_v<Config>,
                  "QSeamstressProcess: the config is created again in the other process, so its class needs a default constructor. Pass what it "
                  "needs in Q_PROPERTYs, which are sent.");
    static QSeamstressConfig *make() { return new Config; }

public:
    static inline const ConfigRegistration registration{ &make, typeid(Config) };
};

} // namespace QSeamstressPrivate

#endif // QSEAMSTRESSPROCESSSCRIPT_H
