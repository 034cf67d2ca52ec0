// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace kith::gui {

// What other people wrote, made fit for a window: it keeps its meaning and loses its power over the layout around it.
// Nothing here makes markup; every Text that shows a result is PlainText.

/// A name on one line: controls and line ends become spaces, bidi controls go, and the whole is isolated so that a name
/// of the other direction cannot reorder its neighbours. Empty when nothing visible is left.
QString shownName(const QString &name);

/// A message: line ends stay, other controls and unmatched bidi overrides go, more than 4 combining marks on one letter
/// are dropped (they would paint over the messages above).
QString shownText(const QString &text);

/// A message as a line of preview, at most 200 characters.
QString shownLine(const QString &text);

/// Whether the first letter with a direction is of a right-to-left script.
bool isRightToLeft(QStringView text);

/// 1 to 3 emoji and nothing else.
bool isJumbo(const QString &text);

/// Up to two letters for an avatar; empty when the name has none.
QString initialsOf(const QString &name);

/// 0 to 7, from what never changes about somebody: the account id, or the address.
int hueOf(const QString &identity);

/// The first http(s) address in a text; empty when there is none.
QString firstLink(const QString &text);

} // namespace kith::gui
