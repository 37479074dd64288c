// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef CRASHNOTES_P_H
#define CRASHNOTES_P_H

namespace QSeamstressPrivate {

class ErrorSegment;

// From now on a signal that ends this process, and the text of a qFatal(), are noted in the segment, which outlives the process.
void noteCrashesIn(ErrorSegment *segment);

} // namespace QSeamstressPrivate

#endif // CRASHNOTES_P_H
