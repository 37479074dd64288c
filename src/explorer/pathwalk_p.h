// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PATHWALK_P_H
#define PATHWALK_P_H

#include <QtCore/QtGlobal>

#include <vector>

namespace QSeamstressPrivate {

// A set of scripts: bit i is the i-th.
using Scripts = quint64;
inline constexpr int maximumScripts = 64;
inline constexpr Scripts setOf(int script)
{
    return Scripts(1) << script;
}

// So many steps of one script, one after the other.
struct Block
{
    int script;
    qint64 steps;
};

// How an order begins. It goes on without preemptions.
struct Path
{
    std::vector<Block> blocks;
    // An order before has come to the last step of it, so the scripts can do it again. Of another one, what a script cannot do is left out.
    bool isKnown = false;

    void add(int script);
    qint64 steps() const;
};

// Walks along a path, one step after the other. What a script does may depend on the order, so who can go on is known only on the way.
class PathWalk
{
public:
    explicit PathWalk(const Path &path);

    int choose(Scripts ready); // who makes the next step; not empty

    struct Choice
    {
        int script;
        Scripts ready;
    };
    const std::vector<Choice> &choices() const { return m_choices; }
    // A script could not go on along a known path: the scripts do not do the same under the same order.
    bool hasStrayed() const { return m_hasStrayed; }

private:
    int take(int script, Scripts ready);

    const Path &m_path;
    std::size_t m_block = 0; // where it is on it
    qint64 m_stepsInBlock = 0;
    std::vector<Choice> m_choices;
    bool m_hasStrayed = false;
};

} // namespace QSeamstressPrivate

#endif // PATHWALK_P_H
