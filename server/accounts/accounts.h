// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/task.h"
#include "common/base/token_buckets.h"
#include "common/wire/frames.h"
#include "common/wire/signed/device_list.h"
#include "server/ports/account_directory.h"
#include "server/ports/key_directory.h"
#include "server/ports/login_facts.h"
#include "server/ports/message_queue.h"

#include <QRegularExpression>

#include <atomic>
#include <mutex>

/// Registration, invites, names, profiles, relations, deletion.
namespace kith::server::accounts {

struct Settings {
    wire::RegistrationMode mode = wire::RegistrationMode::closed;
    std::string names = "^[a-z0-9_.]{3,32}$"; ///< register.names
    double rateFactor = 1; ///< limits.rate_factor
    Rate registrations { 6, 2.0 / 60 }; ///< limits.register, per address; security S5
};

/// An account that exists now, with the device that made it.
struct Enrolled {
    DeviceId device;
    std::uint64_t listVersion = 0;
};

/// Any thread: workers share one. Tasks complete on the caller's thread and go on when the asker is gone, so that
/// nothing is left half done. Ports and clock outlive it.
class Accounts {
public:
    Accounts(AccountDirectory &directory, KeyDirectory &keys, MessageQueue &queues, const Clock &clock,
             Settings settings);

    /// Checks the name, the invite and every Ed25519 signature, and stores the account. The same account with the same
    /// name, key and list again gives the same answer, in every mode (architecture 6). Prekeys are the keys room's.
    /// Errors: rate, invalid, forbidden (a signature, the mode, the invite), conflict (name or id is taken).
    Task<wire::Outcome<Enrolled>> enrol(wire::Register request, LoginFacts facts);

    /// notFound for an unknown account and for one that blocked the asker, in the same time (security S10). Errors:
    /// rate, notFound.
    Task<wire::Outcome<wire::AccountInfo>> lookup(AccountId asker, std::string name);
    Task<wire::Outcome<wire::AccountInfo>> lookup(AccountId asker, AccountId id);

    /// What `asker` decided about another account (delivery FC2). Errors: rate, invalid (itself), notFound, tooLarge.
    Task<wire::Outcome<wire::Done>> setRelation(AccountId asker, wire::SetRelation request);

    /// Errors: rate, conflict (the version is not larger), tooLarge.
    Task<wire::Outcome<wire::Done>> setProfile(AccountId asker, wire::SetProfile request);
    /// Errors: rate, notFound (unknown, blocked the asker, or has no profile).
    Task<wire::Outcome<wire::Profile>> fetchProfile(AccountId asker, AccountId id);

    /// Removes keys, queues, relations and the account itself; the name stays taken. Repeatable after a crash: the
    /// asker's own queue is closed last. Returns the devices whose connections are to be closed.
    Task<wire::Outcome<std::vector<DeviceId>>> remove(DeviceId asker);

    /// After a reload of the configuration; mode and registrations.
    void reload(const Settings &settings);
    wire::RegistrationMode mode() const { return mode_; }

private:
    bool isName(const std::string &name) const;
    wire::Outcome<wire::DeviceList> check(const wire::Register &request, const LoginFacts &facts) const;
    wire::Outcome<std::optional<std::string>> inviteFor(const wire::Register &request) const;
    Task<Result<AccountDirectory::Standing>> standingFor(AccountId asker, const Result<Account> &found);
    Task<wire::Outcome<wire::AccountInfo>> visible(AccountId asker, Result<Account> found);
    Task<Result<void>> removeDevices(const wire::DeviceList &list, std::uint16_t except);

    AccountDirectory &directory_;
    KeyDirectory &keys_;
    MessageQueue &queues_;
    const Clock &clock_;
    std::atomic<wire::RegistrationMode> mode_;
    mutable std::mutex nameMutex_;
    QRegularExpression names_; // behind nameMutex_: Qt calls it reentrant, not thread-safe
    TokenBuckets registrations_;
    TokenBuckets lookups_;
    TokenBuckets changes_;
};

} // namespace kith::server::accounts
