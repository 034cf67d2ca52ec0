// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/contacts.h"

#include "common/base/log.h"
#include "common/client/connection.h"
#include "common/client/directory.h"
#include "common/client/document.h"
#include "common/client/event_log.h"
#include "common/client/parts.h"

#include <QUrl>

namespace kith::client {

KITH_LOG_CATEGORY(logContacts, "kith.contacts")

namespace {

Failure unknownUser(const std::string &what)
{
    const bool isName = what.starts_with('@');
    return { FailureCode::notFound,
             "nobody is known as " + what,
             isName ? "look them up: kith contact add " + what : "user names begin with @",
             {} };
}

Failure ambiguous(const std::vector<store::ContactRow> &rows)
{
    std::string names;
    for (const auto &row : rows)
        names += (names.empty() ? "@" : ", @") + row.name;
    return { FailureCode::ambiguous, "this could be " + names, "use the user name", {} };
}

/// Whether `host` of an address is the server that this account is at.
bool isOurServer(const std::string &host, const std::string &server)
{
    const auto address = net::ServerAddress::parse(QString::fromStdString(server));
    if (!address)
        return false;
    const QUrl url(address->url);
    const auto given = QString::fromStdString(host);
    return given == url.host() || given == QStringLiteral("%1:%2").arg(url.host()).arg(url.port());
}

} // namespace

Contacts::Contacts(Parts &parts) : parts_(parts) { }

Contact toContact(const store::ContactRow &row, const wire::DeviceList *list)
{
    Contact contact;
    contact.account = row.account;
    contact.name = row.name;
    contact.alias = row.alias;
    contact.displayName = row.displayName;
    contact.about = row.about;
    contact.trust = row.trust;
    contact.relation = row.relation;
    contact.request = row.request;
    contact.added = row.added;
    if (list)
        contact.devices = list->active();
    return contact;
}

Answer<Contact> Contacts::view(const AccountId &account) const
{
    KITH_TRY(const auto self, selfOf(parts_));
    if (account == self.account) {
        KITH_TRY(const auto own, parts_.account->show());
        Contact me;
        me.account = own.account;
        me.name = own.name;
        me.displayName = own.displayName;
        me.about = own.about;
        me.trust = Trust::verified;
        me.relation = ContactRelation::accepted;
        me.devices = { own.device };
        me.added = own.created;
        return me;
    }
    KITH_TRY(const auto row, parts_.database->contacts().find(account));
    if (!row)
        return unknownUser("that account");
    return toContact(*row, parts_.directory->listOf(*row));
}

Answer<Contact> Contacts::find(const std::string &address) const
{
    auto parsed = Address::parse(address);
    if (!parsed)
        return Failure { parsed.error().code == ErrorCode::unsupported ? FailureCode::unsupported
                                                                       : FailureCode::invalid,
                         parsed.error().detail,
                         "an address is @user, me, or a contact's name",
                         {} };
    return findParsed(*parsed);
}

Answer<Contact> Contacts::findParsed(const Address &address) const
{
    KITH_TRY(const auto own, parts_.account->show());
    switch (address.kind) {
    case Address::Kind::self:
        return view(own.account);
    case Address::Kind::account:
        return view(address.account);
    case Address::Kind::user: {
        if (!address.host.empty() && !isOurServer(address.host, own.server))
            return Failure { FailureCode::notFound,
                             "that server is not the one of this account",
                             "people of other servers cannot be reached",
                             {} };
        if (address.name == own.name)
            return view(own.account);
        KITH_TRY(const auto row, parts_.database->contacts().findByName(address.name));
        return row ? view(row->account) : Answer<Contact>(unknownUser("@" + address.name));
    }
    case Address::Kind::label:
        break;
    }
    KITH_TRY(const auto rows, parts_.database->contacts().findByLabel(address.name));
    if (rows.size() > 1)
        return ambiguous(rows);
    return rows.empty() ? Answer<Contact>(unknownUser("that")) : view(rows.front().account);
}

Task<Answer<Contact>> Contacts::resolve(const std::string &address)
{
    using Resolved = Task<Answer<Contact>>;
    auto known = find(address);
    const auto parsed = Address::parse(address);
    const bool askServer =
        !known && known.error().code == FailureCode::notFound && parsed && parsed->kind == Address::Kind::user;
    if (!askServer)
        return Resolved::ready(std::move(known));
    const auto own = parts_.account->show();
    if (!parsed->host.empty() && (!own || !isOurServer(parsed->host, own->server)))
        return Resolved::ready(std::move(known));
    return parts_.directory->lookUp(parsed->name).map(this, [this](auto account) -> Answer<Contact> {
        return account ? view(*account) : Answer<Contact>(account.error());
    });
}

Answer<std::vector<Contact>> Contacts::list() const
{
    KITH_CHECK(selfOf(parts_));
    KITH_TRY(const auto rows, parts_.database->contacts().list());
    std::vector<Contact> out;
    for (const auto &row : rows) {
        if (row.relation != ContactRelation::none || !row.alias.empty())
            out.push_back(toContact(row, parts_.directory->listOf(row)));
    }
    return out;
}

Task<Answer<Contact>> Contacts::add(const std::string &address, const std::string &alias)
{
    return resolve(address).map(this, [this, alias](auto found) -> Answer<Contact> {
        KITH_TRY(const auto contact, std::move(found));
        if (!alias.empty())
            KITH_CHECK(parts_.database->contacts().setAlias(contact.account, alias));
        return decide(contact.account, ContactRelation::accepted);
    });
}

Answer<Contact> Contacts::rename(const std::string &address, const std::string &alias)
{
    KITH_TRY(const auto contact, find(address));
    KITH_CHECK(inTransaction(parts_, [&]() -> Result<void> {
        KITH_CHECK(parts_.database->contacts().setAlias(contact.account, alias));
        return announce(contact.account);
    }));
    return view(contact.account);
}

Task<Answer<Contact>> Contacts::block(const std::string &address)
{
    return resolve(address).map(this, [this](auto found) -> Answer<Contact> {
        KITH_TRY(const auto contact, std::move(found));
        return decide(contact.account, ContactRelation::blocked);
    });
}

Answer<Contact> Contacts::unblock(const std::string &address)
{
    KITH_TRY(const auto contact, find(address));
    if (contact.relation != ContactRelation::blocked)
        return contact;
    return decide(contact.account, ContactRelation::none);
}

Answer<void> Contacts::remove(const std::string &address)
{
    KITH_TRY(const auto contact, find(address));
    KITH_CHECK(inTransaction(parts_, [&]() -> Result<void> {
        KITH_CHECK(parts_.database->contacts().setAlias(contact.account, {}));
        KITH_CHECK(setRelation(contact.account, ContactRelation::none));
        parts_.database->afterCommit([this] { confirmRelations(); });
        return announce(contact.account, true);
    }));
    return {};
}

Answer<std::vector<DeviceView>> Contacts::devices(const std::string &address) const
{
    KITH_TRY(const auto contact, find(address));
    KITH_TRY(const auto self, selfOf(parts_));
    if (contact.account == self.account)
        return parts_.account->devices();
    KITH_TRY(const auto row, parts_.database->contacts().find(contact.account));
    const auto *list = row ? parts_.directory->listOf(*row) : nullptr;
    return list ? deviceViews(*list, 0) : std::vector<DeviceView> {};
}

Result<void> Contacts::announce(const AccountId &account, bool removed)
{
    KITH_TRY(const auto row, parts_.database->contacts().find(account));
    if (!row)
        return {};
    auto body = contactEventBody(toContact(*row, parts_.directory->listOf(*row)), parts_.names);
    if (removed)
        body.insert("removed", true);
    return parts_.events->append("contact.updated", account, account, body);
}

} // namespace kith::client
