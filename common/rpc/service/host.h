// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/timers.h"
#include "common/client/account.h"
#include "common/client/engine.h"
#include "common/client/profile.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace kith::rpc::service {

/// `unregistered`: no profile, or one whose account the server has not confirmed.
enum class HostState { unregistered, locked, opening, ready };
const char *toString(HostState state);

/// The profile and its engine as the service sees them: opened, locked and made together. One thread.
class Host final : public QObject {
    Q_OBJECT
public:
    /// All outlive this.
    Host(client::Profile &profile, client::World world);
    ~Host() override;

    HostState state() const;
    /// Null unless the store is open.
    client::Engine *engine() { return engine_.get(); }
    client::Profile &profile() { return profile_; }
    const client::World &world() const { return world_; }
    /// Why the store did not open, where it is more than a missing secret.
    const std::optional<client::Failure> &trouble() const { return trouble_; }

    /// Opens the profile, if there is one, with what asks nobody; calls wait meanwhile.
    void open();
    /// Runs `f` when nothing is being opened: at once, or later unless `context` dies.
    void whenSettled(QObject *context, std::function<void()> f);

    Task<client::Answer<HostState>> unlock(client::SlotSecret slot);
    /// Engine stopped, database closed, key wiped (security B5).
    void lock();
    /// Makes the profile if there is none, then the account. A profile made by this call goes away again when the
    /// server definitely said no.
    Task<client::Answer<client::AccountView>> registerAccount(client::SlotSecret slot,
                                                              client::Account::Registration wish);
    /// Deletes the account at the server, then the profile here.
    Task<client::Answer<void>> deleteAccount();
    /// Ends the engine; the store is checkpointed and closed.
    void stop();

Q_SIGNALS:
    void stateChanged();
    /// A new engine runs; its parts may be connected to.
    void engineOpened();
    /// It is about to be destroyed.
    void engineClosing();

private:
    client::Answer<void> start(client::Profile::Opened opened);
    Task<client::Answer<client::AccountView>> registerWith(client::Account::Registration wish, bool isNew);
    client::Answer<client::AccountView> settleRegistration(client::Answer<client::AccountView> answer, bool isNew);
    void close();
    void setOpening(bool opening);
    void announce();

    client::Profile &profile_;
    client::World world_;
    std::unique_ptr<client::Engine> engine_;
    std::optional<client::Failure> trouble_;
    bool opening_ = false;
    HostState announced_ = HostState::unregistered;
    struct Waiting {
        QPointer<QObject> context;
        std::function<void()> call;
    };
    std::vector<Waiting> waiting_;
};

/// Why a profile did not open, for people.
client::Failure openFailure(const Error &error);

} // namespace kith::rpc::service
