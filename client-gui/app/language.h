// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace kith::gui {

/// Gives the program its language: locale, texts and reading direction. Empty: the system's. Before the window is
/// built.
void setLanguage(const QString &language);

} // namespace kith::gui
