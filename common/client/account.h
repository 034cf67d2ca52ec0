// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/task.h"
#include "common/client/failure.h"
#include "common/client/store/account_table.h"
#include "common/client/values.h"
#include "common/net/channel.h"
#include "common/wire/frames.h"
#include "common/wire/signed/device_list.h"

#include <QObject>

#include <optional>
#include <string>
#include <vector>

namespace kith::client {

struct Parts;

/// `registering`: keys are committed, the server has not answered yet (architecture 6).
enum class AccountState { registering = 1, registered = 2, signedOut = 3, removed = 4 };

struct AccountView {
    AccountId account;
    std::uint16_t device = 0;
    std::string name; ///< user name, without @
    std::string displayName, about;
    std::string server; ///< ServerAddress::toText
    AccountState state = AccountState::registering;
    bool updateNeeded = false; ///< the server speaks no version that this build knows
    WallTime created {};
};

struct ServerView {
    net::ServerAddress address;
    std::optional<Sha256> serverId; ///< pinned at registration
    std::optional<wire::RegistrationMode> registration; ///< known while connected
};

struct PingResult {
    std::string url;
    milliseconds time { 0 };
    Sha256 serverId;
};

struct DeviceView {
    std::uint16_t number = 0;
    bool me = false;
    bool primary = false;
    WallTime added {};
    std::optional<WallTime> removed;
};

/// The profile's own account at its server.
class Account final : public QObject {
    Q_OBJECT
public:
    explicit Account(Parts &parts);

    struct Registration {
        std::string name; ///< user name wished for, without @
        net::ServerAddress server;
        std::string invite; ///< empty: none
        std::string displayName;
    };
    /// Commits fresh keys, then tells the server; the same name again after a lost reply or a crash repeats the same
    /// frame (delivery PK1, architecture 6). Errors: refused (closed, invite, name taken, already registered under
    /// another name), invalid, network, timeout, rateLimited, untrustedIdentity (pin, server id), updateNeeded,
    /// store's.
    Task<Answer<AccountView>> registerAccount(Registration wish);

    /// Errors: unregistered, store's.
    Answer<AccountView> show() const;
    /// What is absent stays. The sealed profile goes to the server when there is a connection (security C29).
    Answer<AccountView> set(std::optional<std::string> displayName, std::optional<std::string> about);
    Answer<bool> readReceipts() const;
    Answer<void> setReadReceipts(bool on);
    /// Strict: nothing is sent before the account key was verified (security C7); holds what waits, or lets it go.
    Answer<bool> strictTrust() const;
    Answer<void> setStrictTrust(bool on);
    Answer<std::vector<DeviceView>> devices() const;

    Answer<ServerView> server() const;
    /// Where the same server is reached from now on; its pinned id stays. Reconnects.
    Answer<ServerView> setServer(const net::ServerAddress &address);
    /// One round trip on the connection, or a fresh look at `address` without an account.
    Task<Answer<PingResult>> ping();

    /// Deletes the account at the server, then here. Errors: unregistered, network, timeout, store's.
    Task<Answer<void>> remove();

    // -- for Connection

    /// Where to dial; nothing while no account may have a connection.
    std::optional<net::ServerAddress> dialAddress() const;
    /// Register or Authenticate, signed for this connection (security S2). Errors: untrustedIdentity when the server is
    /// another one than the pinned; unregistered; store's.
    Answer<wire::ClientBody> loginFrame(const wire::ServerHello &hello, const wire::Challenge &challenge,
                                        const QByteArray &certificateHash);
    Result<void> loginAccepted(const wire::ServerHello &hello, const wire::Ready &ready);
    /// Undoes a registration that was refused for good; says what to tell people.
    Failure loginRefused(const wire::Fault &fault);
    /// The server knows this device no longer (close 4401).
    void signedOut(const std::string &reason);

    /// Sends the sealed profile when the server has not confirmed the present one.
    void publishProfile();
    /// After each login: list renewal, pending profile, waiting pings.
    void afterReady(const wire::Ready &ready);
    /// Tells who waits that there is no connection now.
    void attemptFailed(const Failure &failure);

private:
    using Registered = Promise<Answer<AccountView>>;
    using Pinged = Promise<Answer<PingResult>>;

    Answer<void> prepareRegistration(const Registration &wish);
    Result<void> makeAccount(const Registration &wish);
    Answer<wire::ClientBody> registerFrame(const store::AccountRow &row, const Ed25519Signature &login);
    void renewDeviceList(const wire::Ready &ready);
    Result<void> signNewList(const wire::DeviceList &old);
    void adoptOwnList();

    void profilePublished(std::uint64_t version, const wire::Outcome<wire::ServerBody> &answer);
    void measure(Pinged promise);

    Parts &parts_;
    std::optional<Registered> registering_;
    std::vector<Pinged> pings_;
    bool publishing_ = false;
};

/// A device list as front ends show it; `me`: the own number, or 0.
std::vector<DeviceView> deviceViews(const wire::DeviceList &list, std::uint16_t me);

} // namespace kith::client
