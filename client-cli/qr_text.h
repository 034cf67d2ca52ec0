// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace kith::cli {

/// `bytes` as a QR code of lines for a terminal, two modules a character, with its quiet zone, ending with a newline.
/// The light modules are drawn: right on a dark terminal, and on every one with `colour`. Empty when the bytes are too
/// many for a code (2,953).
QString qrText(const QByteArray &bytes, bool colour);

} // namespace kith::cli
