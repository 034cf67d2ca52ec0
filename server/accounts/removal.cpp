// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/mailbox.h"
#include "common/base/task_group.h"
#include "server/accounts/accounts.h"
#include "server/ports/store_fault.h"

namespace kith::server::accounts {

using Removed = wire::Outcome<std::vector<DeviceId>>;

Task<Result<void>> Accounts::removeDevices(const wire::DeviceList &list, std::uint16_t except)
{
    auto *here = Mailbox::ofThisThread().get();
    std::vector<Task<Result<void>>> steps;
    for (const auto &device : list.devices) {
        const DeviceId id { list.account, device.number };
        steps.push_back(keys_.remove(id));
        if (device.number != except)
            steps.push_back(queues_.close(id));
    }
    return whenAll(here, std::move(steps)).map(here, [](std::vector<Result<void>> results) -> Result<void> {
        for (auto &result : results)
            KITH_CHECK(std::move(result));
        return {};
    });
}

Task<Removed> Accounts::remove(DeviceId asker)
{
    auto promise = std::make_shared<Promise<Removed>>();
    auto task = promise->task();
    auto *here = Mailbox::ofThisThread().get();

    const auto closeOwn = [this, asker, promise, here](std::vector<DeviceId> devices) {
        queues_.close(asker).then(here, [promise, devices = std::move(devices)](Result<void> closed) {
            promise->complete(closed ? Removed(devices) : Removed(storeFault(closed.error())));
        });
    };
    directory_.byId(asker.account).then(here, [this, asker, promise, here, closeOwn](Result<Account> found) {
        if (!found)
            return promise->complete(storeFault(found.error()));
        const auto list = wire::verifyDeviceList(found->devices, found->id, found->accountKey);
        if (!list)
            return promise->complete(storeFault({ ErrorCode::corrupt, "a stored device list does not verify" }));
        std::vector<DeviceId> devices;
        for (const auto &device : list->devices)
            devices.push_back({ asker.account, device.number });
        removeDevices(*list, asker.number)
            .then(here, [this, asker, promise, here, closeOwn, devices](Result<void> removed) {
                if (!removed)
                    return promise->complete(storeFault(removed.error()));
                directory_.remove(asker.account).then(here, [promise, closeOwn, devices](Result<void> gone) {
                    if (!gone)
                        return promise->complete(storeFault(gone.error()));
                    closeOwn(devices);
                });
            });
    });
    return task;
}

} // namespace kith::server::accounts
