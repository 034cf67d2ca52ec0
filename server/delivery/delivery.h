// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/task.h"
#include "common/base/token_buckets.h"
#include "common/wire/frames.h"
#include "common/wire/limits.h"
#include "server/delivery/routes.h"
#include "server/ports/account_directory.h"
#include "server/ports/device_lists.h"
#include "server/ports/message_queue.h"
#include "server/ports/metrics.h"

#include <optional>
#include <variant>
#include <vector>

/// Messages: check, persist, hand to the recipient's connection, acknowledge.
namespace kith::server::delivery {

struct Settings {
    double rateFactor = 1; ///< limits.rate_factor
    Rate pair { wire::limits::pairBurst, 1 }; ///< LIM5, limits.send
    std::size_t contentBytes = wire::limits::contentBytes; ///< LIM2
    AccountDirectory::StrangerLimits strangers {}; ///< LIM6
};

using SendAnswer = std::variant<wire::Accepted, wire::DeviceMismatch>;

/// One row that a device acknowledged, as its connection knows it.
struct Acknowledged {
    Qseq qseq;
    std::optional<AccountId> sender; ///< absent: not a message
    bool receipt = false;
};

/// Any thread: workers share one. Tasks complete on the caller's thread and go on when the asker is gone: a message
/// that was accepted reaches its recipients also when its sender left. Ports and clock outlive it.
class Delivery {
public:
    Delivery(MessageQueue &queues, AccountDirectory &accounts, const Clock &clock, Metrics &metrics, Settings settings);

    /// `sender` comes from the socket (security S3). `Accepted` only when everything is durable (delivery AT2, ACK2);
    /// then connected recipients hear of it. Errors: invalid, tooLarge, rate (LIM5), notFound (unknown, blocked, or a
    /// stranger over LIM6: one shape), queueFull, unavailable.
    Task<wire::Outcome<SendAnswer>> send(DeviceId sender, wire::SendMessage message);

    /// Settles rows of `device`; a sender is told only if the device's account has accepted him (security S11).
    /// Repeatable. Errors: those of MessageQueue.
    Task<Result<void>> acknowledge(DeviceId device, std::vector<Acknowledged> rows);

    /// Typing and the like, to the connected devices of an account that accepted the sender; 1 per 5 s and pair.
    /// Everything else is dropped without a word (security C28, C30).
    void relay(DeviceId sender, wire::Ephemeral ephemeral);

    Task<Result<QueueState>> open(DeviceId device) { return queues_.state(device); }
    Task<Result<QueuePage>> read(DeviceId device, Qseq after, int limit) { return queues_.range(device, after, limit); }

    /// These queues got rows by another way, e.g. the sweep: their connections read.
    void hint(const std::vector<DeviceId> &devices);
    void signOut(const std::vector<DeviceId> &devices);
    void tell(const DeviceId &device, wire::PreKeysLow low);
    Routes &routes() { return routes_; }

    /// After a reload of the configuration: the rate of a pair.
    void reload(const Settings &settings) { pairs_.setRate(settings.pair); }

private:
    friend class Sending;

    Task<Result<std::vector<AccountId>>> whoMayBeTold(AccountId account, const std::vector<Acknowledged> &rows);
    Task<Result<void>> settle(DeviceId device, const std::vector<Acknowledged> &rows,
                              const std::vector<AccountId> &mayBeTold);

    MessageQueue &queues_;
    AccountDirectory &accounts_;
    Metrics &metrics_;
    Settings settings_;
    DeviceLists lists_;
    Routes routes_;
    TokenBuckets pairs_;
    TokenBuckets inbound_;
    TokenBuckets ephemerals_;
};

} // namespace kith::server::delivery
