// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace kith::cli {

/// The candidate that somebody meant who typed `typed`: at most a third of its letters differ (insert, delete, replace,
/// swap of neighbours). Empty when none is near.
QString nearest(const QString &typed, const QStringList &candidates);

} // namespace kith::cli
