// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace kith::chaos {

/// Open files and memory of a process, for world.json; empty when it is gone.
QJsonObject footprintOf(qint64 pid);
/// Rows that the queues of a stopped server's store still hold; -1 when it does not open.
int queuedRowsOf(const QString &storePath);
/// Names of the files below `folder` that contain the word that every message of the crowds contains.
QStringList filesWithPlaintext(const QString &folder);

} // namespace kith::chaos
