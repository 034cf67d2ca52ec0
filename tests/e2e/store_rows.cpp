// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/embedded/store.h"

#include "tests/e2e/conversation.h"

namespace kith::e2e {

namespace {

template <class T>
std::optional<T> waitFor(Task<Result<T>> task)
{
    std::optional<Result<T>> result;
    QObject context;
    task.then(&context, [&](Result<T> value) { result = std::move(value); });
    if (!eventually([&] { return result.has_value(); }) || !*result)
        return {};
    return std::move(**result);
}

} // namespace

int queuedRows(const Server &server)
{
    SystemClock clock;
    SystemRandom random;
    const auto store = server::embedded::Store::open(server.dataDir().toStdString() + "/store", clock, random, {});
    if (!store)
        return -1;
    const auto accounts = waitFor((*store)->accounts().list({}, 200));
    if (!accounts || accounts->empty())
        return -1;
    int rows = 0;
    for (const auto &account : *accounts) {
        const auto page = waitFor((*store)->queue().range({ account.id, 1 }, {}, 200));
        if (!page)
            return -1;
        rows += static_cast<int>(page->rows.size());
    }
    return rows;
}

} // namespace kith::e2e
