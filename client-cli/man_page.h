// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-cli/command.h"

namespace kith::cli {

/// A manual page made from the tables: "kith", a first word ("send", "contact"), a help topic, or "jsonrpc".
struct ManPage {
    QString name; ///< as kith __man knows it
    QString file; ///< "kith-send.1"
};

/// Every page that can be made, one for each first word that is shown in help.
std::vector<ManPage> manPages(const std::vector<Command> &table);

/// The page in scdoc(5) form; empty when there is none of that name.
QString manPageText(const QString &name, const std::vector<Command> &table);

} // namespace kith::cli
