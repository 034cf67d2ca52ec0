// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/mailbox.h"
#include "common/base/task_group.h"
#include "server/keys/keys.h"
#include "server/ports/store_fault.h"

/// Publishing a device list.
namespace kith::server::keys {

namespace {

using wire::ErrorCode;
using wire::Fault;
using wire::Outcome;
using Dropped = std::vector<DeviceId>;

QObject *here()
{
    return Mailbox::ofThisThread().get();
}

/// A number stands for one device for ever, and a removed device stays removed (security 3.0).
bool keepsDevices(const wire::DeviceList &before, const wire::DeviceList &after)
{
    for (const auto &device : before.devices) {
        const auto *now = after.find(device.number);
        if (!now)
            continue;
        if (now->identityKey != device.identityKey || now->signingKey != device.signingKey)
            return false;
        if (device.removed && !now->removed)
            return false;
    }
    return true;
}

} // namespace

Outcome<wire::DeviceList> Keys::checkSuccessor(const Account &stored, const wire::SignedDeviceList &devices)
{
    auto verified = wire::verifyDeviceList(devices, stored.id, stored.accountKey);
    if (!verified)
        return storeFault(verified.error());
    if (verified->active().size() > static_cast<std::size_t>(devices_.load()))
        return Fault { ErrorCode::tooLarge, "more devices than this server allows", {} };
    const auto before = lists_.of(stored);
    if (!before)
        return storeFault(before.error());
    if (verified->version != stored.listVersion + 1)
        return Fault { ErrorCode::conflict, "a device list that does not follow the stored one", {} };
    if (!keepsDevices(**before, *verified))
        return Fault { ErrorCode::invalid, "a device list that changes a known device", {} };
    for (const auto &device : (*before)->devices) {
        if (!verified->find(device.number)) { // dropped from the list: the same as removed
            auto gone = device;
            gone.removed = clock_.now();
            verified->devices.push_back(std::move(gone));
        }
    }
    return std::move(verified).value();
}

Task<Outcome<Dropped>> Keys::dropRemoved(wire::DeviceList list)
{
    Dropped dropped;
    std::vector<Task<Result<void>>> steps;
    for (const auto &device : list.devices) {
        if (!device.removed)
            continue;
        const DeviceId id { list.account, device.number };
        dropped.push_back(id);
        steps.push_back(queues_.close(id));
        steps.push_back(keys_.remove(id));
    }
    return whenAll(here(), std::move(steps))
        .map(here(), [dropped](std::vector<Result<void>> results) -> Outcome<Dropped> {
            for (const auto &result : results) {
                if (!result)
                    return storeFault(result.error());
            }
            return dropped;
        });
}

Task<Outcome<Dropped>> Keys::publishDevices(AccountId asker, wire::SignedDeviceList devices)
{
    using Answer = Task<Outcome<Dropped>>;
    if (const auto wait = uploads_.take(asker.bytes().toStdString()))
        return Answer::ready(Fault { ErrorCode::rate, "too often", wait });
    auto promise = std::make_shared<Promise<Outcome<Dropped>>>();
    auto task = promise->task();
    const auto drop = [this, promise](wire::DeviceList list) {
        dropRemoved(std::move(list)).then(here(), [promise](Outcome<Dropped> dropped) {
            promise->complete(std::move(dropped));
        });
    };
    accounts_.byId(asker).then(here(), [this, asker, devices, promise, drop](Result<Account> stored) {
        if (!stored)
            return promise->complete(storeFault(stored.error()));
        if (stored->devices == devices) { // repeated after a lost reply, perhaps after a crash in the midst
            const auto list = lists_.of(*stored);
            return list ? drop(**list) : promise->complete(storeFault(list.error()));
        }
        const auto list = checkSuccessor(*stored, devices);
        if (!list)
            return promise->complete(list.error());
        accounts_.putDevices(asker, stored->listVersion, list->version, devices)
            .then(here(), [promise, drop, list = *list](Result<void> put) {
                if (!put)
                    return promise->complete(storeFault(put.error()));
                drop(list);
            });
    });
    return task;
}

} // namespace kith::server::keys
