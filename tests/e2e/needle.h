// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace kith::e2e {

/// Files below `folder` (also of sub-folders) that hold `needle` as UTF-8 or UTF-16.
QStringList filesWith(const QString &folder, const QByteArray &needle);

/// The mapped regions of process `pid` that hold `needle` as UTF-8 or UTF-16, as /proc/PID/maps names them and with the
/// bytes around it: what a core dump would show. Nothing when the process may not be read.
std::optional<QStringList> memoryPlaces(qint64 pid, const QByteArray &needle);

/// How many they are; -1 when the process may not be read.
int memoryHits(qint64 pid, const QByteArray &needle);

} // namespace kith::e2e
