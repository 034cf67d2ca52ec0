// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace kith::cli {

/// Shows `text` in $KITH_PAGER, $PAGER or less, and returns when it was left. False when there is no pager, it is
/// "cat", or it cannot be run; the caller prints instead.
bool page(const QByteArray &text);

} // namespace kith::cli
