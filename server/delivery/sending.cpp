// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/delivery/sending.h"

#include "common/base/failpoint.h"
#include "common/base/task_group.h"
#include "server/ports/store_fault.h"

#include <algorithm>
#include <set>

namespace kith::server::delivery {

namespace {

using wire::ErrorCode;
using wire::Fault;
using wire::Outcome;

constexpr milliseconds queueFullWait { 30'000 }; // the recipient has to come and drain

QObject *here()
{
    return Mailbox::ofThisThread().get();
}

Fault notFound()
{
    return storeFault({ kith::ErrorCode::notFound, {} });
}

} // namespace

Task<Outcome<SendAnswer>> Delivery::send(DeviceId sender, wire::SendMessage message)
{
    return std::make_shared<Sending>(*this, sender, std::move(message))->start();
}

Task<Outcome<SendAnswer>> Sending::start()
{
    auto task = promise_.task();
    if (auto fault = malformed())
        refuse(std::move(*fault));
    else if (auto wait = tooOften())
        refuse(std::move(*wait));
    else
        readTargets();
    return task;
}

std::optional<Fault> Sending::malformed() const
{
    std::set<AccountId> accounts;
    std::size_t ciphertexts = 0;
    for (const auto &target : message_.targets) {
        if (!accounts.insert(target.account).second)
            return Fault { ErrorCode::invalid, "an account twice", {} };
        std::set<std::uint16_t> devices;
        for (const auto &one : target.ciphertexts) {
            const DeviceId device { target.account, one.device };
            if (!device.isValid() || device == sender_ || !devices.insert(one.device).second)
                return Fault { ErrorCode::invalid, "a device twice, or the sender's own", {} };
            if (one.content.isEmpty())
                return Fault { ErrorCode::invalid, "an empty ciphertext", {} };
            if (static_cast<std::size_t>(one.content.size()) > delivery_.settings_.contentBytes)
                return Fault { ErrorCode::tooLarge, "a ciphertext over the limit", {} };
        }
        ciphertexts += target.ciphertexts.size();
    }
    if (ciphertexts > static_cast<std::size_t>(wire::limits::ciphertextsPerSend))
        return Fault { ErrorCode::tooLarge, "more ciphertexts than a send may hold", {} };
    if (message_.mid.isNull() || message_.targets.empty())
        return Fault { ErrorCode::invalid, "a message without id or target", {} };
    return std::nullopt;
}

std::optional<Fault> Sending::tooOften() const
{
    double bytes = 0;
    for (const auto &target : message_.targets) {
        for (const auto &one : target.ciphertexts)
            bytes += static_cast<double>(one.content.size());
        if (isOwn(target) && message_.targets.size() > 1)
            continue; // the copy for own devices is no message of its own
        const auto pair = (sender_.account.bytes() + target.account.bytes()).toStdString();
        if (const auto wait = delivery_.pairs_.take(pair)) {
            delivery_.metrics_.count("kith_rate_limited_total", "limit=\"send\"");
            return Fault { ErrorCode::rate, "too often", wait };
        }
    }
    if (const auto wait = delivery_.inbound_.take(sender_.account.bytes().toStdString(), bytes)) {
        delivery_.metrics_.count("kith_rate_limited_total", "limit=\"bytes\"");
        return Fault { ErrorCode::rate, "too much", wait };
    }
    return std::nullopt;
}

void Sending::readTargets()
{
    std::vector<Task<Result<Account>>> accounts;
    std::vector<Task<Result<Standing>>> standings;
    for (const auto &target : message_.targets) {
        accounts.push_back(delivery_.accounts_.byId(target.account));
        standings.push_back(delivery_.accounts_.standing(target.account, sender_.account));
    }
    auto read = whenAll(here(), std::move(standings));
    whenAll(here(), std::move(accounts))
        .then(here(), [self = shared_from_this(), read](std::vector<Result<Account>> found) mutable {
            self->accounts_ = std::move(found);
            read.then(here(), [self](std::vector<Result<Standing>> all) {
                self->standings_ = std::move(all);
                self->judgeTargets();
            });
        });
}

std::optional<Fault> Sending::judgeAccess() const
{
    for (std::size_t i = 0; i < accounts_.size(); ++i) {
        if (!standings_[i])
            return storeFault(standings_[i].error());
        if (!accounts_[i])
            return storeFault(accounts_[i].error());
        if (!isOwn(message_.targets[i]) && standings_[i]->relation == wire::Relation::blocked)
            return notFound();
    }
    return std::nullopt;
}

Result<std::optional<wire::MismatchedAccount>> Sending::compare(const wire::SendTarget &target,
                                                                const Account &account) const
{
    KITH_TRY(const auto list, delivery_.lists_.of(account));
    auto expected = list->active();
    if (isOwn(target))
        std::erase(expected, sender_.number);
    std::vector<std::uint16_t> given;
    for (const auto &one : target.ciphertexts)
        given.push_back(one.device);
    std::ranges::sort(given);

    wire::MismatchedAccount mismatch { account.id, account.listVersion, {}, {}, {} };
    std::ranges::set_difference(expected, given, std::back_inserter(mismatch.missing));
    std::ranges::set_difference(given, expected, std::back_inserter(mismatch.extra));
    if (target.listVersion != account.listVersion)
        std::ranges::set_intersection(given, expected, std::back_inserter(mismatch.stale));
    if (mismatch.missing.empty() && mismatch.extra.empty() && mismatch.stale.empty())
        return std::optional<wire::MismatchedAccount> {};
    return std::optional(std::move(mismatch));
}

void Sending::judgeTargets()
{
    if (auto fault = judgeAccess())
        return refuse(std::move(*fault));
    wire::DeviceMismatch answer;
    for (std::size_t i = 0; i < accounts_.size(); ++i) {
        auto mismatch = compare(message_.targets[i], *accounts_[i]);
        if (!mismatch)
            return refuse(storeFault(mismatch.error()));
        if (*mismatch)
            answer.accounts.push_back(std::move(**mismatch));
    }
    if (!answer.accounts.empty()) {
        delivery_.metrics_.count("kith_messages_total", "kind=\"pair\",result=\"mismatch\"");
        return promise_.complete(SendAnswer { std::move(answer) });
    }
    admitStrangers();
}

void Sending::admitStrangers()
{
    std::vector<Task<Result<bool>>> verdicts;
    for (std::size_t i = 0; i < standings_.size(); ++i) {
        if (isOwn(message_.targets[i]) || standings_[i]->relation != wire::Relation::none)
            continue;
        verdicts.push_back(delivery_.accounts_.admitStranger(message_.targets[i].account, sender_.account, message_.mid,
                                                             delivery_.settings_.strangers));
    }
    if (verdicts.empty())
        return store();
    whenAll(here(), std::move(verdicts)).then(here(), [self = shared_from_this()](std::vector<Result<bool>> all) {
        for (const auto &admitted : all) {
            if (!admitted)
                return self->refuse(storeFault(admitted.error()));
            if (!*admitted)
                return self->refuse(notFound());
        }
        self->store();
    });
}

void Sending::store()
{
    AcceptRequest request { sender_, message_.mid, message_.sendCounter, {} };
    for (const auto &target : message_.targets) {
        for (const auto &one : target.ciphertexts)
            request.appends.push_back({ { target.account, one.device }, one.type, one.content });
    }
    KITH_FAILPOINT("s1");
    delivery_.queues_.accept(std::move(request)).then(here(), [self = shared_from_this()](Result<AcceptResult> result) {
        self->stored(std::move(result));
    });
}

void Sending::stored(Result<AcceptResult> result)
{
    if (!result) {
        const bool disk = result.error().detail.find("disk") != std::string::npos;
        if (result.error().code == kith::ErrorCode::full && !disk) {
            delivery_.metrics_.count("kith_queue_refused_total");
            return refuse({ ErrorCode::queueFull, "no device of the recipient has room", queueFullWait });
        }
        return refuse(storeFault(result.error()));
    }
    KITH_FAILPOINT("s3");
    if (std::ranges::any_of(result->appended, &Appended::closed)) {
        tellRecipients(*result);
        return answerClosed(*result);
    }
    delivery_.metrics_.count("kith_messages_total",
                             result->duplicate ? "kind=\"pair\",result=\"duplicate\""
                                               : "kind=\"pair\",result=\"accepted\"");
    promise_.complete(SendAnswer { wire::Accepted { message_.mid, result->sid, result->serverTime } });
    tellRecipients(*result);
}

/// A device was removed between the check and the append (delivery ID3): its sender drops it and sends the same mid.
void Sending::answerClosed(const AcceptResult &result)
{
    std::vector<Task<Result<Account>>> reads;
    for (const auto &target : message_.targets)
        reads.push_back(delivery_.accounts_.byId(target.account));
    whenAll(here(), std::move(reads))
        .then(here(), [self = shared_from_this(), result](std::vector<Result<Account>> accounts) {
            wire::DeviceMismatch answer;
            for (const auto &account : accounts) {
                if (!account)
                    return self->refuse(storeFault(account.error()));
                wire::MismatchedAccount mismatch { account->id, account->listVersion, {}, {}, {} };
                for (const auto &one : result.appended) {
                    if (one.closed && one.device.account == account->id)
                        mismatch.extra.push_back(one.device.number);
                }
                if (!mismatch.extra.empty())
                    answer.accounts.push_back(std::move(mismatch));
            }
            self->promise_.complete(SendAnswer { std::move(answer) });
        });
}

void Sending::tellRecipients(const AcceptResult &result)
{
    std::vector<Routes::Note> notes;
    std::size_t index = 0;
    for (const auto &target : message_.targets) {
        for (const auto &one : target.ciphertexts) {
            const auto &appended = result.appended[index++];
            const DeviceId device { target.account, one.device };
            if (appended.closed)
                continue;
            if (appended.missed) {
                notes.push_back({ device, NewRows {} }); // its Missed marker
                continue;
            }
            if (appended.duplicate) {
                if (appended.qseq.value > 0)
                    notes.push_back({ device, NewRow { appended.qseq, std::nullopt } });
                continue;
            }
            wire::Envelope envelope { sender_, message_.mid, result.sid, result.serverTime, one.type, one.content };
            notes.push_back({ device, NewRow { appended.qseq, std::move(envelope) } });
        }
    }
    delivery_.routes_.tell(std::move(notes));
}

void Sending::refuse(Fault fault)
{
    delivery_.metrics_.count("kith_messages_total",
                             std::string("kind=\"pair\",result=\"") + wire::toString(fault.code) + '"');
    promise_.complete(std::move(fault));
}

} // namespace kith::server::delivery
