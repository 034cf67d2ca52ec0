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

/// The store of a server that is not running.
class OpenedStore {
public:
    explicit OpenedStore(const Server &server)
        : store_(server::embedded::Store::open(server.dataDir().toStdString() + "/store", clock_, random_, {}))
    {
    }

    server::embedded::Store *operator->() { return store_->get(); }
    /// Empty when the store did not open.
    std::vector<server::Account> accounts()
    {
        return store_ ? waitFor((*store_)->accounts().list({}, 200)).value_or(std::vector<server::Account> {})
                      : std::vector<server::Account> {};
    }
    std::optional<DeviceId> deviceOf(const QString &name)
    {
        for (const auto &account : accounts()) {
            if (account.name == name.toStdString())
                return DeviceId { account.id, 1 };
        }
        return {};
    }

private:
    SystemClock clock_;
    SystemRandom random_;
    Result<std::unique_ptr<server::embedded::Store>> store_;
};

} // namespace

int preKeysLeft(const Server &server, const QString &name)
{
    OpenedStore store(server);
    const auto device = store.deviceOf(name);
    const auto stock = device ? waitFor(store->keys().stock(*device)) : std::nullopt;
    return stock ? static_cast<int>(stock->oneTime) : -1;
}

bool drainPreKeys(const Server &server, const QString &name, int leave)
{
    OpenedStore store(server);
    const auto device = store.deviceOf(name);
    while (device) {
        const auto taken = waitFor(store->keys().take(*device, 0));
        if (!taken || static_cast<int>(taken->left) <= leave)
            return taken.has_value();
    }
    return false;
}

int queuedRows(const Server &server)
{
    OpenedStore store(server);
    const auto accounts = store.accounts();
    if (accounts.empty())
        return -1;
    int rows = 0;
    for (const auto &account : accounts) {
        const auto page = waitFor(store->queue().range({ account.id, 1 }, {}, 200));
        if (!page)
            return -1;
        for (const auto &row : page->rows)
            qWarning("left for %s: row %llu of kind %zu", account.name.c_str(),
                     static_cast<unsigned long long>(row.qseq.value), row.item.index());
        rows += static_cast<int>(page->rows.size());
    }
    return rows;
}

} // namespace kith::e2e
