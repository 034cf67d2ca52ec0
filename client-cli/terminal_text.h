// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace kith::cli {

/// Foreign text for a terminal: control characters (C0 except newline and tab, DEL, C1), bidirectional overrides,
/// embeddings and isolates, line and paragraph separators, language tags and lone surrogates become U+FFFD
/// (cli 3; CVE-2021-42574 for the bidirectional ones).
QString terminalSafe(QStringView text);

/// As terminalSafe, on one line: newlines and tabs become spaces.
QString terminalLine(QStringView text);

/// One cell of plain output, reversible: backslash, tab and newline as \\, \t, \n; what terminalSafe replaces as
/// \x1b or \u202e. A pipe may well end at a terminal.
QString plainCell(QStringView text);

/// Compact JSON in which no character is left that could act on a terminal: those inside strings become \uXXXX.
QByteArray jsonSafe(const QByteArray &compactJson);

/// Columns that a terminal gives to `text`: 2 for wide East Asian characters and emoji, 0 for combining ones.
int displayWidth(QStringView text);

/// `text` cut to `width` columns, the last one an ellipsis when something was cut.
QString fitted(const QString &text, int width);

} // namespace kith::cli
