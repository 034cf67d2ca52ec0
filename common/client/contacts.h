// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/task.h"
#include "common/base/timers.h"
#include "common/client/account.h"
#include "common/client/address.h"
#include "common/client/failure.h"
#include "common/client/store/contact_table.h"
#include "common/client/values.h"
#include "common/wire/frames.h"

#include <QObject>

#include <map>
#include <string>
#include <vector>

namespace kith::client {

struct Parts;

/// Somebody who wrote and was not accepted yet (delivery FC3).
struct Request {
    Contact contact;
    std::uint64_t messages = 0;
    WallTime first {};
    std::string text; ///< of the first message
};

/// People: who an address means, what we decided about them, what we know of them.
///
/// An address is `@user`, `@user@server` (our server only), `me`, an alias or a name if it is unique, or "id:"
/// and 32 hex digits.
class Contacts final : public QObject {
    Q_OBJECT
public:
    explicit Contacts(Parts &parts);

    /// Known people only, no network. Errors: notFound (detail says whether the server may know), ambiguous (candidates
    /// in detail), unregistered, invalid.
    Answer<Contact> find(const std::string &address) const;
    /// find(), else a lookup at the server (user names only). A known contact needs no connection. Errors: as find,
    /// network, timeout, rateLimited, untrustedIdentity.
    Task<Answer<Contact>> resolve(const std::string &address);

    Answer<std::vector<Contact>> list() const;
    /// Looks up, accepts, sets the alias (empty: none).
    Task<Answer<Contact>> add(const std::string &address, const std::string &alias);
    Answer<Contact> rename(const std::string &address, const std::string &alias);
    Task<Answer<Contact>> block(const std::string &address);
    Answer<Contact> unblock(const std::string &address);
    /// Forgets what we decided; messages stay. Its pinned key stays too.
    Answer<void> remove(const std::string &address);
    Answer<std::vector<DeviceView>> devices(const std::string &address) const;

    Answer<std::vector<Request>> requests() const;
    /// Sends what was held back: receipts, profile key (delivery FC5).
    Answer<Contact> accept(const std::string &address);
    /// Deletes the chat; with `alsoBlock` the server drops what comes later.
    Answer<void> refuse(const std::string &address, bool alsoBlock);

    /// Marks `account` as accepted inside the caller's transaction and queues what FC5 owes. No change when it is.
    Result<void> acceptInTransaction(const AccountId &account);
    /// SetRelation for every pending row, one after the other, until the server took it (delivery FC2); after each
    /// change. One that is refused for now is asked again after a pause, one that is refused for good at the next
    /// login.
    void confirmRelations();
    /// Logged in: everything that is pending is asked.
    void online();

private:
    Answer<Contact> view(const AccountId &account) const;
    Answer<Contact> findParsed(const Address &address) const;
    /// Sets a relation, tells the server and front ends.
    Answer<Contact> decide(const AccountId &account, ContactRelation relation);
    Result<void> setRelation(const AccountId &account, ContactRelation relation);
    Result<void> renewProfileKey();
    Result<void> announce(const AccountId &account, bool removed = false);
    Result<void> deleteChat(const AccountId &account);
    void relationAnswered(const store::ContactRow &asked, const wire::Outcome<wire::ServerBody> &answer);

    Parts &parts_;
    std::map<AccountId, ContactRelation> refused_; ///< for good, on this connection
    Timer again_;
    bool confirming_ = false, resting_ = false;
};

/// A row as front ends see it.
Contact toContact(const store::ContactRow &row, const wire::DeviceList *list);

} // namespace kith::client
