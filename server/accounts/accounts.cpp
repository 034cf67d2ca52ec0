// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/accounts/accounts.h"

#include "common/base/mailbox.h"
#include "common/base/task_group.h"
#include "common/wire/limits.h"
#include "server/ports/store_fault.h"

namespace kith::server::accounts {

namespace {

using wire::ErrorCode;
using wire::Fault;
using wire::Outcome;

constexpr Rate lookupRate { 60, 0.2 }; // security S10: 10,000 names take 14 hours
constexpr Rate changeRate { 120, 1 };

/// Outlives every connection of this thread.
QObject *here()
{
    return Mailbox::ofThisThread().get();
}

Fault rateFault(milliseconds wait)
{
    return { ErrorCode::rate, "too often", wait };
}

Fault notFound()
{
    return storeFault({ kith::ErrorCode::notFound, {} });
}

template <class T>
Task<Outcome<T>> refused(Fault fault)
{
    return Task<Outcome<T>>::ready(std::move(fault));
}

std::string keyOf(const AccountId &id)
{
    return { reinterpret_cast<const char *>(id.octets.data()), id.octets.size() };
}

bool isSame(const Account &stored, const wire::Register &request)
{
    return stored.name == request.name && stored.accountKey == request.accountKey && stored.devices == request.devices;
}

Outcome<wire::Done> doneOr(Result<void> result)
{
    if (!result)
        return storeFault(result.error());
    return wire::Done {};
}

} // namespace

Accounts::Accounts(AccountDirectory &directory, KeyDirectory &keys, MessageQueue &queues, const Clock &clock,
                   Settings settings)
    : directory_(directory)
    , keys_(keys)
    , queues_(queues)
    , clock_(clock)
    , mode_(settings.mode)
    , names_(QString::fromStdString(settings.names))
    , registrations_(clock, settings.registrations, settings.rateFactor, TokenBuckets::WhenCrowded::refuse)
    , lookups_(clock, lookupRate, settings.rateFactor, TokenBuckets::WhenCrowded::refuse)
    , changes_(clock, changeRate, settings.rateFactor, TokenBuckets::WhenCrowded::admit)
{
}

void Accounts::reload(const Settings &settings)
{
    mode_ = settings.mode;
    registrations_.setRate(settings.registrations);
}

bool Accounts::isName(const std::string &name) const
{
    if (name.empty() || name.size() > wire::limits::nameBytes)
        return false;
    const std::scoped_lock lock(nameMutex_);
    const auto match = names_.match(QString::fromStdString(name));
    return match.hasMatch() && match.capturedLength() == static_cast<qsizetype>(name.size());
}

Outcome<wire::DeviceList> Accounts::check(const wire::Register &request, const LoginFacts &facts) const
{
    if (!isName(request.name))
        return Fault { ErrorCode::invalid, "a name that this server does not allow", {} };
    auto verified = wire::verifyDeviceList(request.devices, request.account, request.accountKey);
    if (!verified)
        return storeFault(verified.error());
    const auto &list = *verified;
    if (list.version != 1 || list.devices.size() != 1 || list.devices.front().removed)
        return Fault { ErrorCode::invalid, "a first device list with other than one device", {} };
    const auto &device = list.devices.front();
    if (!provesLogin(facts, { request.account, device.number }, device.signingKey, request.login))
        return Fault { ErrorCode::forbidden, "the login signature does not verify", {} };
    return std::move(verified).value();
}

Outcome<std::optional<std::string>> Accounts::inviteFor(const wire::Register &request) const
{
    using Mode = wire::RegistrationMode;
    const auto mode = mode_.load();
    if (mode == Mode::closed)
        return Fault { ErrorCode::forbidden, "registration is closed", {} };
    if (mode == Mode::open)
        return std::optional<std::string> {};
    if (request.invite.empty())
        return Fault { ErrorCode::forbidden, "an invite is needed", {} };
    return std::optional(request.invite);
}

Task<Outcome<Enrolled>> Accounts::enrol(wire::Register request, LoginFacts facts)
{
    if (const auto wait = registrations_.take(facts.peer))
        return refused<Enrolled>(rateFault(*wait));
    const auto list = check(request, facts);
    if (!list)
        return refused<Enrolled>(list.error());
    const Enrolled enrolled { { request.account, list->devices.front().number }, list->version };

    auto promise = std::make_shared<Promise<Outcome<Enrolled>>>();
    auto task = promise->task();
    directory_.byId(request.account).then(here(), [this, promise, request, enrolled](Result<Account> stored) {
        if (stored && isSame(*stored, request))
            return promise->complete(enrolled);
        if (!stored && stored.error().code != kith::ErrorCode::notFound)
            return promise->complete(storeFault(stored.error()));
        auto invite = inviteFor(request);
        if (!invite)
            return promise->complete(invite.error());
        Account account { request.account, request.name, request.accountKey, request.devices, 1, {}, clock_.now() };
        directory_.create(std::move(account), std::move(invite).value(), clock_.now())
            .then(here(), [promise, enrolled](Result<void> created) {
                if (created)
                    return promise->complete(enrolled);
                if (created.error().code == kith::ErrorCode::exists)
                    return promise->complete(Fault { ErrorCode::conflict, "the name is taken", {} });
                if (created.error().code == kith::ErrorCode::permission)
                    return promise->complete(Fault { ErrorCode::forbidden, "the invite is not valid", {} });
                promise->complete(storeFault(created.error()));
            });
    });
    return task;
}

/// Of nobody, the null id has blocked the null id: the same reads as for somebody who blocked the asker.
Task<Result<AccountDirectory::Standing>> Accounts::standingFor(AccountId asker, const Result<Account> &found)
{
    return found ? directory_.standing(found->id, asker) : directory_.standing({}, {});
}

Task<Outcome<wire::AccountInfo>> Accounts::visible(AccountId asker, Result<Account> found)
{
    if (!found && found.error().code != kith::ErrorCode::notFound)
        return refused<wire::AccountInfo>(storeFault(found.error()));
    return standingFor(asker, found)
        .map(here(),
             [found = std::move(found)](Result<AccountDirectory::Standing> standing) -> Outcome<wire::AccountInfo> {
                 if (!standing)
                     return storeFault(standing.error());
                 if (!found || standing->relation == wire::Relation::blocked)
                     return notFound();
                 return wire::AccountInfo { found->id, found->name, found->accountKey, found->devices,
                                            found->profile.version };
             });
}

Task<Outcome<wire::AccountInfo>> Accounts::lookup(AccountId asker, std::string name)
{
    if (const auto wait = lookups_.take(keyOf(asker)))
        return refused<wire::AccountInfo>(rateFault(*wait));
    if (!isName(name))
        return refused<wire::AccountInfo>(notFound());
    auto promise = std::make_shared<Promise<Outcome<wire::AccountInfo>>>();
    auto task = promise->task();
    directory_.byName(name).then(here(), [this, asker, promise](Result<Account> found) {
        visible(asker, std::move(found)).then(here(), [promise](Outcome<wire::AccountInfo> info) {
            promise->complete(std::move(info));
        });
    });
    return task;
}

Task<Outcome<wire::AccountInfo>> Accounts::lookup(AccountId asker, AccountId id)
{
    if (const auto wait = lookups_.take(keyOf(asker)))
        return refused<wire::AccountInfo>(rateFault(*wait));
    auto promise = std::make_shared<Promise<Outcome<wire::AccountInfo>>>();
    auto task = promise->task();
    directory_.byId(id).then(here(), [this, asker, promise](Result<Account> found) {
        visible(asker, std::move(found)).then(here(), [promise](Outcome<wire::AccountInfo> info) {
            promise->complete(std::move(info));
        });
    });
    return task;
}

Task<Outcome<wire::Done>> Accounts::setRelation(AccountId asker, wire::SetRelation request)
{
    if (request.account == asker)
        return refused<wire::Done>({ ErrorCode::invalid, "a relation to oneself", {} });
    if (const auto wait = changes_.take(keyOf(asker)))
        return refused<wire::Done>(rateFault(*wait));
    auto promise = std::make_shared<Promise<Outcome<wire::Done>>>();
    auto task = promise->task();
    directory_.byId(request.account).then(here(), [this, asker, request, promise](Result<Account> found) {
        // Taking a decision back must work for an account that has gone meanwhile.
        if (!found && request.relation != wire::Relation::none)
            return promise->complete(storeFault(found.error()));
        directory_.setRelation(asker, request.account, request.relation).then(here(), [promise](Result<void> set) {
            promise->complete(doneOr(std::move(set)));
        });
    });
    return task;
}

Task<Outcome<wire::Done>> Accounts::setProfile(AccountId asker, wire::SetProfile request)
{
    if (const auto wait = changes_.take(keyOf(asker)))
        return refused<wire::Done>(rateFault(*wait));
    if (static_cast<std::size_t>(request.sealed.size()) > wire::limits::profileBytes)
        return refused<wire::Done>({ ErrorCode::tooLarge, "a profile over the limit", {} });
    return directory_.putProfile(asker, { request.version, std::move(request.sealed) }).map(here(), doneOr);
}

Task<Outcome<wire::Profile>> Accounts::fetchProfile(AccountId asker, AccountId id)
{
    if (const auto wait = lookups_.take(keyOf(asker)))
        return refused<wire::Profile>(rateFault(*wait));
    auto promise = std::make_shared<Promise<Outcome<wire::Profile>>>();
    auto task = promise->task();
    directory_.byId(id).then(here(), [this, asker, promise](Result<Account> found) {
        if (!found && found.error().code != kith::ErrorCode::notFound)
            return promise->complete(storeFault(found.error()));
        standingFor(asker, found)
            .then(here(), [promise, found = std::move(found)](Result<AccountDirectory::Standing> standing) {
                if (!standing)
                    return promise->complete(storeFault(standing.error()));
                if (!found || found->profile.version == 0 || standing->relation == wire::Relation::blocked)
                    return promise->complete(notFound());
                promise->complete(found->profile);
            });
    });
    return task;
}

} // namespace kith::server::accounts
