// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/qr_text.h"

#include <qrcodegen/qrcodegen.hpp>

namespace kith::cli {

namespace {

constexpr int quietZone = 4; // of the standard; scanners need it
constexpr qsizetype mostBytes = 2953;

} // namespace

QString qrText(const QByteArray &bytes, bool colour)
{
    if (bytes.size() > mostBytes)
        return {};
    const auto code = qrcodegen::QrCode::encodeBinary({ bytes.begin(), bytes.end() }, qrcodegen::QrCode::Ecc::LOW);
    const int end = code.getSize() + quietZone;
    QString text;
    for (int y = -quietZone; y < end; y += 2) {
        text += colour ? QStringLiteral("\x1b[97;40m") : QString(); // bright white on black
        for (int x = -quietZone; x < end; ++x) {
            const bool upper = !code.getModule(x, y); // light outside of the code
            const bool lower = y + 1 < end && !code.getModule(x, y + 1);
            text += upper && lower ? QChar(0x2588) : upper ? QChar(0x2580) : lower ? QChar(0x2584) : QChar(u' ');
        }
        text += colour ? QStringLiteral("\x1b[0m\n") : QStringLiteral("\n");
    }
    return text;
}

} // namespace kith::cli
