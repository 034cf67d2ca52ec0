// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/needle.h"

#include "tests/support/memory.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

namespace kith::e2e {

namespace {

QByteArray wide(const QByteArray &needle)
{
    QByteArray utf16;
    for (const char c : needle)
        utf16.append(c).append('\0');
    return utf16;
}

bool holds(const QByteArray &bytes, const QByteArray &needle)
{
    return bytes.contains(needle) || bytes.contains(wide(needle));
}

} // namespace

QStringList filesWith(const QString &folder, const QByteArray &needle)
{
    QStringList found;
    QDirIterator walk(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        QFile file(walk.next());
        if (file.open(QIODevice::ReadOnly) && holds(file.readAll(), needle))
            found << file.fileName();
    }
    return found;
}

std::optional<QStringList> memoryPlaces(qint64 pid, const QByteArray &needle)
{
    QFile maps(QStringLiteral("/proc/%1/maps").arg(pid));
    QFile memory(QStringLiteral("/proc/%1/mem").arg(pid));
    if (!maps.open(QIODevice::ReadOnly) || !memory.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return {};
    static const QRegularExpression region("^([0-9a-f]+)-([0-9a-f]+) rw");
    QStringList places;
    for (const auto &line : QString::fromUtf8(maps.readAll()).split('\n')) {
        const auto match = region.match(line);
        if (!match.hasMatch())
            continue;
        const qint64 from = match.captured(1).toLongLong(nullptr, 16);
        const qint64 size = match.captured(2).toLongLong(nullptr, 16) - from;
        if (support::isShadow(size) || !memory.seek(from))
            continue;
        const QByteArray bytes = memory.read(size);
        const qsizetype at = std::max(bytes.indexOf(needle), bytes.indexOf(wide(needle)));
        if (at >= 0)
            places << line + ' ' + bytes.mid(std::max<qsizetype>(0, at - 48), 160).toPercentEncoding();
    }
    return places;
}

int memoryHits(qint64 pid, const QByteArray &needle)
{
    const auto places = memoryPlaces(pid, needle);
    return places ? static_cast<int>(places->size()) : -1;
}

} // namespace kith::e2e
