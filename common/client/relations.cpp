// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/contacts.h"

#include "common/base/log.h"
#include "common/client/composer.h"
#include "common/client/connection.h"
#include "common/client/directory.h"
#include "common/client/document.h"
#include "common/client/event_log.h"
#include "common/client/parts.h"
#include "common/client/receipts.h"

#include <algorithm>

namespace kith::client {

KITH_LOG_CATEGORY(logRelations, "kith.relations")

namespace {

constexpr milliseconds refusedPause { 30'000 }; // when the server names none
constexpr milliseconds shortestPause { 1'000 };

wire::Relation onWire(ContactRelation relation)
{
    switch (relation) {
    case ContactRelation::accepted:
        return wire::Relation::accepted;
    case ContactRelation::blocked:
        return wire::Relation::blocked;
    case ContactRelation::none:
        break;
    }
    return wire::Relation::none;
}

} // namespace

Answer<Contact> Contacts::decide(const AccountId &account, ContactRelation relation)
{
    KITH_TRY(const auto self, selfOf(parts_));
    if (account == self.account)
        return Failure { FailureCode::invalid, "that is this account itself", {}, {} };
    KITH_CHECK(inTransaction(parts_, [&]() -> Result<void> {
        if (relation == ContactRelation::accepted)
            KITH_CHECK(acceptInTransaction(account));
        else
            KITH_CHECK(setRelation(account, relation));
        parts_.database->afterCommit([this] { confirmRelations(); });
        return announce(account);
    }));
    return view(account);
}

Result<void> Contacts::setRelation(const AccountId &account, ContactRelation relation)
{
    KITH_TRY(const auto row, parts_.database->contacts().find(account));
    if (!row || row->relation == relation)
        return {};
    KITH_CHECK(parts_.database->contacts().setRelation(account, relation, true));
    if (relation != ContactRelation::accepted && row->keysSent > 0) // who held the key must not read on (C29)
        KITH_CHECK(renewProfileKey());
    if (relation == ContactRelation::blocked)
        KITH_CHECK(parts_.database->contacts().setRequest(account, false));
    return {};
}

Result<void> Contacts::renewProfileKey()
{
    KITH_TRY(const auto key, SecretBytes::random(32, parts_.world.random));
    KITH_TRY(const auto self, parts_.database->account().load());
    if (!self)
        return {};
    KITH_CHECK(parts_.database->account().setProfileKey(key));
    KITH_CHECK(parts_.database->account().setProfileState(self->profileVersion + 1, true));
    parts_.database->afterCommit([this] { parts_.account->publishProfile(); });
    return {};
}

Result<void> Contacts::acceptInTransaction(const AccountId &account)
{
    KITH_TRY(const auto row, parts_.database->contacts().find(account));
    if (!row || row->relation == ContactRelation::accepted)
        return {};
    KITH_CHECK(parts_.database->contacts().setRelation(account, ContactRelation::accepted, true));
    KITH_CHECK(parts_.database->contacts().setRequest(account, false));
    parts_.database->afterCommit([this] { confirmRelations(); });
    KITH_TRY(const auto first, parts_.database->messages().first(account));
    if (!first)
        return {};
    KITH_CHECK(parts_.receipts->sendHeldBack(account)); // ST21
    return parts_.composer->queueQuietly(account, wire::KeepAlive {}); // with our profile key (FC5)
}

void Contacts::online()
{
    refused_.clear();
    resting_ = false;
    confirmRelations();
}

void Contacts::confirmRelations()
{
    if (confirming_ || resting_ || !parts_.connection->isOnline())
        return;
    const auto rows = parts_.database->contacts().relationPending();
    if (!rows)
        return;
    const auto next = std::ranges::find_if(*rows, [this](const store::ContactRow &row) {
        const auto refused = refused_.find(row.account);
        return refused == refused_.end() || refused->second != row.relation;
    });
    if (next == rows->end())
        return;
    confirming_ = true;
    parts_.connection->request(wire::SetRelation { next->account, onWire(next->relation) })
        .then(this, [this, asked = *next](const auto &answer) {
            confirming_ = false;
            relationAnswered(asked, answer);
        });
}

void Contacts::relationAnswered(const store::ContactRow &asked, const wire::Outcome<wire::ServerBody> &answer)
{
    if (!answer && wire::isRetryable(answer.error().code)) {
        resting_ = true;
        const auto pause = std::max(shortestPause, answer.error().retryAfter.value_or(refusedPause));
        again_ = parts_.world.timers.after(pause, [this] {
            resting_ = false;
            confirmRelations();
        });
        return;
    }
    // A relation to an account that is gone needs no confirming.
    const bool settled = answer || answer.error().code == wire::ErrorCode::notFound;
    const auto row = parts_.database->contacts().find(asked.account);
    if (!row || !*row)
        return;
    if (!settled) {
        qCWarning(logRelations, "the server refuses a relation: %s", wire::toString(answer.error().code));
        refused_[asked.account] = asked.relation;
    } else if ((*row)->relation == asked.relation) {
        if (const auto kept = parts_.database->contacts().setRelation(asked.account, asked.relation, false); !kept) {
            qCWarning(logRelations, "a relation is not kept: %s", kept.error().detail.c_str());
            return;
        }
    }
    confirmRelations();
}

Answer<std::vector<Request>> Contacts::requests() const
{
    KITH_CHECK(selfOf(parts_));
    KITH_TRY(const auto rows, parts_.database->contacts().requests());
    std::vector<Request> out;
    for (const auto &row : rows) {
        Request request;
        request.contact = toContact(row, parts_.directory->listOf(row));
        KITH_TRY(request.messages, parts_.database->messages().count(row.account));
        KITH_TRY(const auto first, parts_.database->messages().first(row.account));
        request.first = first ? first->effectiveTime : row.added;
        request.text = first ? first->text : std::string {};
        out.push_back(std::move(request));
    }
    return out;
}

Answer<Contact> Contacts::accept(const std::string &address)
{
    KITH_TRY(const auto contact, find(address));
    return decide(contact.account, ContactRelation::accepted);
}

Answer<void> Contacts::refuse(const std::string &address, bool alsoBlock)
{
    KITH_TRY(const auto contact, find(address));
    if (!contact.request)
        return Failure { FailureCode::notFound, "there is no request of that user", {}, {} };
    KITH_CHECK(inTransaction(parts_, [&]() -> Result<void> {
        KITH_CHECK(deleteChat(contact.account));
        if (alsoBlock)
            KITH_CHECK(setRelation(contact.account, ContactRelation::blocked));
        parts_.database->afterCommit([this] { confirmRelations(); });
        return announce(contact.account);
    }));
    return {};
}

Result<void> Contacts::deleteChat(const AccountId &account)
{
    KITH_CHECK(parts_.database->messages().removeChat(account));
    KITH_CHECK(parts_.database->chats().remove(account));
    KITH_CHECK(parts_.database->counters().forgetPeers(account));
    KITH_CHECK(parts_.database->contacts().setRequest(account, false));
    return parts_.events->append(
        "chat.updated", account, account,
        { { "chat", QString::fromStdString(parts_.names.chat(account)) }, { "deleted", true } });
}

} // namespace kith::client
