// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/driver/world_after.h"

#include "server/embedded/store.h"
#include "tests/chaos/crowd/people.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>

#include <optional>
#include <unistd.h>

namespace kith::chaos {

namespace {

template <class T>
std::optional<T> waitFor(Task<Result<T>> task)
{
    std::optional<Result<T>> result;
    QObject context;
    task.then(&context, [&](Result<T> value) { result = std::move(value); });
    while (!result)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return *result ? std::optional<T>(std::move(**result)) : std::nullopt;
}

} // namespace

QJsonObject footprintOf(qint64 pid)
{
    const auto process = QStringLiteral("/proc/%1/").arg(pid);
    QFile memory(process + "statm");
    if (!memory.open(QIODevice::ReadOnly))
        return {};
    const auto pages = memory.readAll().split(' ').value(1).toLongLong();
    return { { "openFiles",
               static_cast<int>(
                   QDir(process + "fd").entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size()) },
             { "residentBytes", pages * ::sysconf(_SC_PAGESIZE) } };
}

int queuedRowsOf(const QString &storePath)
{
    SystemClock clock;
    SystemRandom random;
    auto store = server::embedded::Store::open(storePath.toStdString(), clock, random, {});
    if (!store)
        return -1;
    int rows = 0;
    std::string after;
    for (;;) {
        const auto page = waitFor((*store)->accounts().list(after, 200));
        if (!page)
            return -1;
        for (const auto &account : *page) {
            const auto queue = waitFor((*store)->queue().range({ account.id, 1 }, {}, 200));
            if (!queue)
                return -1;
            rows += static_cast<int>(queue->rows.size());
        }
        if (page->size() < 200)
            return rows;
        after = page->back().name;
    }
}

QStringList filesWithPlaintext(const QString &folder)
{
    QStringList found;
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly) && file.size() > 0) {
            const auto *bytes = reinterpret_cast<const char *>(file.map(0, file.size()));
            if (bytes && QByteArrayView(bytes, file.size()).contains(plaintextMarker))
                found << file.fileName();
        }
    }
    return found;
}

} // namespace kith::chaos
