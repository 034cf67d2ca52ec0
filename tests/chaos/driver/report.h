// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/chaos/checker/checker.h"
#include "tests/chaos/driver/scene.h"

#include <QJsonObject>
#include <QString>

namespace kith::chaos {

/// What one seed gave, as one line of a ledger: an interrupted run is a true report of what ran.
QJsonObject ledgerLine(std::uint64_t seed, qint64 seconds, const Tallies &tallies, const Verdict &verdict,
                       const QStringList &troubles);
bool appendToLedger(const QString &path, const QJsonObject &line);

/// Writes the page for people from the ledger: sums, counts per fault and crash point, one row per seed.
bool writeReport(const QString &ledger, const QString &page);

} // namespace kith::chaos
