// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/account.h"

#include "common/base/log.h"
#include "common/client/connection.h"
#include "common/client/courier.h"
#include "common/client/event_log.h"
#include "common/client/parts.h"
#include "common/client/pre_keys.h"
#include "common/client/refusal.h"
#include "common/client/rollback_guard.h"
#include "common/crypto/signing_key.h"
#include "common/wire/codec.h"

namespace kith::client {

KITH_LOG_CATEGORY(logAccount, "kith.account")

namespace {

constexpr std::size_t displayNameBytes = 128, aboutBytes = 512; // wire::ProfileContent

AccountView accountView(const store::AccountRow &row, bool updateNeeded)
{
    AccountView view;
    view.account = row.device.account;
    view.device = row.device.number;
    view.name = row.name;
    view.displayName = row.displayName;
    view.about = row.about;
    view.server = row.server;
    view.state = row.state;
    view.updateNeeded = updateNeeded;
    view.created = row.created;
    return view;
}

Failure unregistered()
{
    return { FailureCode::unregistered, "this profile has no account", "register first: kith register", {} };
}

bool isRegistered(const std::optional<store::AccountRow> &row)
{
    return row && row->state != AccountState::registering;
}

} // namespace

Account::Account(Parts &parts) : parts_(parts) { }

Answer<DeviceId> selfOf(Parts &parts)
{
    KITH_TRY(const auto row, parts.database->account().load());
    if (!isRegistered(row))
        return unregistered();
    return row->device;
}

Answer<AccountView> Account::show() const
{
    KITH_TRY(const auto row, parts_.database->account().load());
    if (!isRegistered(row))
        return unregistered();
    return accountView(*row, parts_.connection->updateNeeded());
}

Answer<AccountView> Account::set(std::optional<std::string> displayName, std::optional<std::string> about)
{
    if ((displayName && displayName->size() > displayNameBytes) || (about && about->size() > aboutBytes))
        return Failure { FailureCode::tooLarge, "a name has at most 128 bytes, an about line 512", {}, {} };
    KITH_CHECK(inTransaction(parts_, [&]() -> Answer<void> {
        KITH_TRY(const auto row, parts_.database->account().load());
        if (!isRegistered(row))
            return unregistered();
        KITH_CHECK(
            parts_.database->account().setProfile(displayName.value_or(row->displayName), about.value_or(row->about)));
        KITH_CHECK(parts_.database->account().setProfileState(row->profileVersion + 1, true));
        parts_.database->afterCommit([this] { publishProfile(); });
        return {};
    }));
    return show();
}

Answer<bool> Account::readReceipts() const
{
    KITH_TRY(const auto row, parts_.database->account().load());
    if (!isRegistered(row))
        return unregistered();
    return row->readReceipts;
}

Answer<void> Account::setReadReceipts(bool on)
{
    KITH_CHECK(show());
    KITH_CHECK(parts_.database->account().setReadReceipts(on));
    return {};
}

Answer<bool> Account::strictTrust() const
{
    KITH_TRY(const auto row, parts_.database->account().load());
    if (!isRegistered(row))
        return unregistered();
    return row->strictTrust;
}

Answer<void> Account::setStrictTrust(bool on)
{
    KITH_CHECK(show());
    KITH_CHECK(inTransaction(parts_, [&]() -> Result<void> {
        KITH_CHECK(parts_.database->account().setStrictTrust(on));
        KITH_TRY(const auto people, parts_.database->contacts().list());
        for (const auto &person : people)
            KITH_CHECK(parts_.courier->applyTrust(person.account));
        return {};
    }));
    return {};
}

Answer<std::vector<DeviceView>> Account::devices() const
{
    KITH_TRY(const auto row, parts_.database->account().load());
    if (!isRegistered(row))
        return unregistered();
    KITH_TRY(const auto key, crypto::SigningKey::fromSeed(row->accountSeed.view()));
    KITH_TRY(const auto signature, Ed25519Signature::from(row->listSignature));
    KITH_TRY(const auto list, wire::verifyDeviceList({ row->list, signature }, row->device.account, key.publicKey()));
    return deviceViews(list, row->device.number);
}

std::vector<DeviceView> deviceViews(const wire::DeviceList &list, std::uint16_t me)
{
    std::vector<DeviceView> out;
    for (const auto &entry : list.devices)
        out.push_back({ entry.number, entry.number == me, entry.number == 1, entry.added, entry.removed });
    return out;
}

Answer<ServerView> Account::server() const
{
    KITH_TRY(const auto row, parts_.database->account().load());
    if (!row)
        return unregistered();
    KITH_TRY(const auto address, net::ServerAddress::parse(QString::fromStdString(row->server)));
    ServerView view { address, {}, {} };
    if (row->serverId) {
        KITH_TRY(view.serverId, Sha256::from(*row->serverId));
    }
    if (parts_.connection->isOnline() && parts_.connection->serverHello())
        view.registration = parts_.connection->serverHello()->registration;
    return view;
}

Answer<ServerView> Account::setServer(const net::ServerAddress &address)
{
    KITH_CHECK(show());
    KITH_CHECK(parts_.database->account().setServer(address.toText().toStdString()));
    parts_.database->afterCommit([this] { parts_.connection->restart(); });
    return server();
}

Task<Answer<PingResult>> Account::ping()
{
    Pinged promise;
    auto task = promise.task();
    if (const auto self = selfOf(parts_); !self) {
        promise.complete(self.error());
    } else if (parts_.connection->isOnline()) {
        measure(std::move(promise));
    } else if (!dialAddress()) {
        promise.complete(Failure { FailureCode::signedOut, "this device is signed out" });
    } else {
        pings_.push_back(std::move(promise));
        parts_.connection->hurry();
    }
    return task;
}

void Account::measure(Pinged promise)
{
    const auto start = parts_.world.clock.monotonic();
    auto shared = std::make_shared<Pinged>(std::move(promise)); // shared: a Task's continuation must be copyable
    parts_.connection->request(wire::Heartbeat {}).then(this, [this, start, shared](const auto &answer) {
        if (!answer) {
            shared->complete(fromFault(answer.error(), "server"));
            return;
        }
        const auto view = server();
        if (!view)
            shared->complete(view.error());
        else
            shared->complete(PingResult { view->address.url.toStdString(), parts_.world.clock.monotonic() - start,
                                          view->serverId.value_or(Sha256 {}) });
    });
}

Task<Answer<void>> Account::remove()
{
    using Removed = Task<Answer<void>>;
    if (const auto self = selfOf(parts_); !self)
        return Removed::ready(self.error());
    return parts_.connection->request(wire::DeleteAccount {}).map(this, [this](const auto &answer) -> Answer<void> {
        if (!answer)
            return fromFault(answer.error(), "account");
        parts_.connection->stop();
        KITH_CHECK(parts_.database->clear());
        return {};
    });
}

void Account::signedOut(const std::string &reason)
{
    const auto written = inTransaction(parts_, [&]() -> Result<void> {
        KITH_TRY(const auto row, parts_.database->account().load());
        if (!row || row->state != AccountState::registered)
            return {};
        KITH_CHECK(parts_.database->account().setState(AccountState::signedOut));
        return parts_.events->append("account.signedOut", {}, {}, { { "reason", QString::fromStdString(reason) } });
    });
    if (!written)
        qCWarning(logAccount, "being signed out cannot be noted: %s", written.error().detail.c_str());
}

void Account::afterReady(const wire::Ready &ready)
{
    for (auto &promise : std::exchange(pings_, {}))
        measure(std::move(promise));
    renewDeviceList(ready);
    publishProfile();
}

void Account::attemptFailed(const Failure &failure)
{
    for (auto &promise : std::exchange(pings_, {}))
        promise.complete(failure);
    if (auto waiting = std::exchange(registering_, std::nullopt))
        waiting->complete(failure);
}

} // namespace kith::client
