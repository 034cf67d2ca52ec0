// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace kith::e2e {

/// Files below `folder` (also of sub-folders) that hold `needle` as UTF-8 or UTF-16.
QStringList filesWith(const QString &folder, const QByteArray &needle);

/// How many mapped regions of process `pid` hold `needle` as UTF-8 or UTF-16: what a core dump would show. -1 when the
/// process may not be read.
int memoryHits(qint64 pid, const QByteArray &needle);

} // namespace kith::e2e
