// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/task.h"
#include "common/base/token_buckets.h"
#include "common/wire/frames.h"
#include "common/wire/limits.h"
#include "server/keys/failed_logins.h"
#include "server/ports/account_directory.h"
#include "server/ports/device_lists.h"
#include "server/ports/key_directory.h"
#include "server/ports/login_facts.h"
#include "server/ports/message_queue.h"
#include "server/ports/metrics.h"

#include <atomic>

/// Device lists, prekeys, and who may log in.
namespace kith::server::keys {

struct Settings {
    double rateFactor = 1; ///< limits.rate_factor
    Rate fetches { 6, 1.0 / 600 }; ///< limits.prekeys, per (asker, device); security C14, S5
    double failedLogins = wire::limits::failedLoginsPerMinute; ///< limits.login_failures, LIM15
    int devices = wire::limits::devicesPerAccount; ///< limits.devices, LIM7
};

/// A device that proved who it is.
struct Identified {
    DeviceId device;
    std::uint64_t listVersion = 0;
};

/// Why a login failed.
enum class LoginRefusal {
    wrong, ///< the signature does not verify: close 1008
    gone, ///< no such account, or the device is not in its list (any more): close 4401
    tooOften, ///< LIM15
    unavailable, ///< the store does not answer: come back later
};
using LoginOutcome = Result<Identified, LoginRefusal>;

/// What a bundle fetch gives, beside the answer: owners to be told that their stock is low (security C14).
struct Fetched {
    wire::Bundles bundles;
    std::vector<std::pair<DeviceId, wire::PreKeysLow>> low;
};

/// Any thread: workers share one. Tasks complete on the caller's thread and go on when the asker is gone. Ports and
/// clock outlive it.
class Keys {
public:
    Keys(KeyDirectory &keys, AccountDirectory &accounts, MessageQueue &queues, const Clock &clock, Metrics &metrics,
         Settings settings);

    /// Ed25519 by a listed, not removed device over the bytes of this connection's challenge (security S2).
    Task<LoginOutcome> login(wire::Authenticate request, LoginFacts facts);

    /// Checks the account key's signature and version = stored + 1; the stored list again is no change. Queues and keys
    /// of removed devices go. Returns those devices: their connections are to be closed. Errors: rate, invalid,
    /// forbidden (a signature), conflict (version), tooLarge.
    Task<wire::Outcome<std::vector<DeviceId>>> publishDevices(AccountId asker, wire::SignedDeviceList devices);

    /// Whether an upload is well formed: ids in 24 bits and different, keys of 33 bytes, signatures where they belong.
    static wire::Outcome<void> check(const wire::PublishPreKeys &upload);
    /// The keys that came with a registration. Repeating it changes nothing (delivery PK2, PK3).
    Task<wire::Outcome<wire::PreKeyCount>> publishFirst(DeviceId device, std::uint32_t registrationId,
                                                        wire::PublishPreKeys upload);
    /// Errors: rate, invalid, conflict (same id with other bytes), unavailable.
    Task<wire::Outcome<wire::PreKeyCount>> publish(DeviceId device, wire::PublishPreKeys upload);
    Task<wire::Outcome<wire::PreKeyCount>> count(DeviceId device);

    /// One bundle per active device. At most 6 in 10 minutes per (asker, device), fail-closed; the last 20 one-time
    /// keys only for accounts that the target has accepted (security C14). Unknown accounts and accounts that blocked
    /// the asker are absent alike. Errors: rate (when no bundle was left), tooLarge, unavailable.
    Task<wire::Outcome<Fetched>> fetch(DeviceId asker, wire::FetchBundles request);

    /// After a reload of the configuration; all but the factor. Who has more devices than now allowed keeps them.
    void reload(const Settings &settings);
    int devicesPerAccount() const { return devices_; }

private:
    friend class BundleFetch;

    LoginOutcome judge(const Result<Account> &found, const wire::Authenticate &request, const LoginFacts &facts);
    wire::Outcome<wire::DeviceList> checkSuccessor(const Account &stored, const wire::SignedDeviceList &devices);
    Task<wire::Outcome<std::vector<DeviceId>>> dropRemoved(wire::DeviceList list);

    KeyDirectory &keys_;
    AccountDirectory &accounts_;
    MessageQueue &queues_;
    const Clock &clock_;
    Metrics &metrics_;
    double rateFactor_;
    std::atomic<int> devices_;
    DeviceLists lists_;
    FailedLogins failures_;
    TokenBuckets fetches_;
    TokenBuckets uploads_;
};

} // namespace kith::server::keys
