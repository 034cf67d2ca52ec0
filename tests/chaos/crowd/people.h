// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace kith::chaos {

/// People are numbers. Those below the size of the town know their neighbours; later ones are newcomers, who write to
/// somebody who does not know them.
inline QString nameOf(int index)
{
    return QStringLiteral("person%1").arg(index);
}

/// Every text contains it, so that a text in the wrong place is found.
constexpr const char *plaintextMarker = "a-text-of-the-chaos-crowd";

inline int firstPeerOf(int newcomer, int town)
{
    return newcomer * 7 % town;
}

} // namespace kith::chaos
