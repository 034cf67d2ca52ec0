// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <map>
#include <set>
#include <vector>

/// The repository as the lint reads it.
namespace kith::lint {

struct SourceFile {
    QString path; ///< from the root, '/' separated
    QStringList lines;
};

/// Every tracked-looking source of ours below `root`: no build folder, no generated file.
std::vector<SourceFile> readTree(const QString &root);

/// rooms.txt: what each room may use.
struct Room {
    std::set<QString> rooms;
    std::set<QString> libraries;
};
using Rooms = std::map<QString, Room>;
Rooms readRooms(const QString &path);

/// The room that `path` lies in: the longest room name that is a folder of it; empty for a path outside all rooms.
QString roomOf(const Rooms &rooms, const QString &path);

/// The library of rooms.txt that a system include belongs to; empty for free ones (QtCore, std, C).
QString libraryOf(const QString &header);

/// One line per include of `file` that its room may not have: "path:line: reason".
QStringList forbiddenArrows(const Rooms &rooms, const SourceFile &file);

/// "path:line: reason" for functions longer than `limit` lines (house format: a body opens with '{' on its own line).
QStringList longFunctions(const SourceFile &file, int limit);

/// "path:line: reason" for calls that style 5.8, 5.18, 5.26 and 8.4 forbid in this file.
QStringList forbiddenCalls(const SourceFile &file);

} // namespace kith::lint
