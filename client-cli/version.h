// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace kith::cli {

/// The version of this build, "0.1.0".
inline QString versionText()
{
    return QStringLiteral(KITH_VERSION);
}

} // namespace kith::cli
