// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef DISTANTOWNER_P_H
#define DISTANTOWNER_P_H

#include <memory>

QT_BEGIN_NAMESPACE
class QObject;
QT_END_NAMESPACE

namespace QSeamstressPrivate {

class Gate;

// The owner of a script, in another process. A thread that listens to it would be a sixth of what the script's process costs: so nobody
// hears it but the script's own thread, at the script's gate, and passes on to the gate what it says.
class DistantOwner
{
public:
    virtual void hear(Gate &gate) = 0; // what has come
    virtual void waitAndHear(Gate &gate) = 0; // what comes next
    // As long as that exists, an event loop hears whatever comes.
    virtual std::unique_ptr<QObject> hearInEventLoop(Gate &gate) = 0;

protected:
    ~DistantOwner() = default;
};

} // namespace QSeamstressPrivate

#endif // DISTANTOWNER_P_H
