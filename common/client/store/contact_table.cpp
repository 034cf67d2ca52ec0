// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/store/contact_table.h"

namespace kith::client::store {

namespace {

// The columns that read() reads, in its order; always followed by the rest of one literal statement.
#define KITH_CONTACT_COLUMNS                                                                                      \
    "SELECT account, name, alias, account_key, trust, candidate_key, relation, relation_pending, request, list,"  \
    " list_signature, list_version, profile_key, profile_version, display_name, about, keys_sent, ephemeral_key," \
    " own_ephemeral_key, own_ephemeral_ms, undecryptable, last_reset_ms, added_ms, candidate_list,"               \
    " candidate_signature, was_verified FROM contact "

ContactRow read(const sql::Row &row)
{
    ContactRow contact;
    contact.account = row.id<AccountId>(0);
    contact.name = row.text(1);
    contact.alias = row.text(2);
    contact.accountKey = row.bytes(3);
    contact.trust = row.enumeration<Trust>(4);
    contact.candidateKey = row.maybe(5, &sql::Row::bytes);
    contact.relation = row.enumeration<ContactRelation>(6);
    contact.relationPending = row.flag(7);
    contact.request = row.flag(8);
    contact.list = row.bytes(9);
    contact.listSignature = row.bytes(10);
    contact.listVersion = row.number(11);
    contact.profileKey = row.maybe(12, &sql::Row::bytes);
    contact.profileVersion = row.number(13);
    contact.displayName = row.text(14);
    contact.about = row.text(15);
    contact.keysSent = row.number(16);
    contact.ephemeralKey = row.maybe(17, &sql::Row::bytes);
    contact.ownEphemeralKey = row.maybe(18, &sql::Row::bytes);
    contact.ownEphemeralMade = row.time(19);
    contact.undecryptable = static_cast<int>(row.integer(20));
    contact.lastReset = row.time(21);
    contact.added = row.time(22);
    contact.candidateList = row.maybe(23, &sql::Row::bytes);
    contact.candidateSignature = row.maybe(24, &sql::Row::bytes);
    contact.wasVerified = row.flag(25);
    return contact;
}

} // namespace

Result<std::optional<ContactRow>> ContactTable::find(const AccountId &account)
{
    return sql_.one(KITH_CONTACT_COLUMNS "WHERE account = ?", read, account);
}

Result<std::optional<ContactRow>> ContactTable::findByName(const std::string &name)
{
    return sql_.one(KITH_CONTACT_COLUMNS "WHERE name = ?", read, name);
}

Result<std::vector<ContactRow>> ContactTable::findByLabel(const std::string &label)
{
    return sql_.all(KITH_CONTACT_COLUMNS "WHERE alias = ? COLLATE NOCASE OR display_name = ? COLLATE NOCASE"
                                         " OR name = ? COLLATE NOCASE ORDER BY name",
                    read, label, label, label);
}

Result<std::vector<ContactRow>> ContactTable::list()
{
    return sql_.all(KITH_CONTACT_COLUMNS "ORDER BY name, account", read);
}

Result<std::vector<ContactRow>> ContactTable::withRelation(ContactRelation relation)
{
    return sql_.all(KITH_CONTACT_COLUMNS "WHERE relation = ? ORDER BY name, account", read, relation);
}

Result<std::vector<ContactRow>> ContactTable::requests()
{
    return sql_.all(KITH_CONTACT_COLUMNS "WHERE request = 1 ORDER BY name, account", read);
}

Result<std::vector<ContactRow>> ContactTable::relationPending()
{
    return sql_.all(KITH_CONTACT_COLUMNS "WHERE relation_pending = 1 ORDER BY account", read);
}

#undef KITH_CONTACT_COLUMNS

Result<void> ContactTable::save(const ContactRow &row)
{
    return sql_.execute(
        "INSERT OR REPLACE INTO contact (account, name, alias, account_key, trust, candidate_key, relation,"
        " relation_pending, request, list, list_signature, list_version, profile_key, profile_version, display_name,"
        " about, keys_sent, ephemeral_key, own_ephemeral_key, own_ephemeral_ms, undecryptable, last_reset_ms, added_ms,"
        " candidate_list, candidate_signature, was_verified)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row.account, row.name, row.alias, row.accountKey, row.trust, row.candidateKey, row.relation,
        row.relationPending, row.request, row.list, row.listSignature, row.listVersion, row.profileKey,
        row.profileVersion, row.displayName, row.about, row.keysSent, row.ephemeralKey, row.ownEphemeralKey,
        row.ownEphemeralMade, row.undecryptable, row.lastReset, row.added, row.candidateList, row.candidateSignature,
        row.wasVerified);
}

Result<void> ContactTable::remove(const AccountId &account)
{
    return sql_.execute("DELETE FROM contact WHERE account = ?", account);
}

Result<void> ContactTable::setRelation(const AccountId &account, ContactRelation relation, bool pending)
{
    return sql_.execute("UPDATE contact SET relation = ?, relation_pending = ? WHERE account = ?", relation, pending,
                        account);
}

Result<void> ContactTable::setRequest(const AccountId &account, bool request)
{
    return sql_.execute("UPDATE contact SET request = ? WHERE account = ?", request, account);
}

Result<void> ContactTable::setAlias(const AccountId &account, const std::string &alias)
{
    return sql_.execute("UPDATE contact SET alias = ? WHERE account = ?", alias, account);
}

Result<void> ContactTable::setTrust(const AccountId &account, Trust trust)
{
    return sql_.execute("UPDATE contact SET trust = ? WHERE account = ?", trust, account);
}

Result<void> ContactTable::setList(const AccountId &account, const QByteArray &list, const QByteArray &signature,
                                   std::uint64_t version)
{
    return sql_.execute("UPDATE contact SET list = ?, list_signature = ?, list_version = ? WHERE account = ?", list,
                        signature, version, account);
}

Result<void> ContactTable::setEphemeralKey(const AccountId &account, const std::optional<QByteArray> &key)
{
    return sql_.execute("UPDATE contact SET ephemeral_key = ? WHERE account = ?", key, account);
}

Result<void> ContactTable::setOwnEphemeralKey(const AccountId &account, const QByteArray &key, WallTime made)
{
    return sql_.execute("UPDATE contact SET own_ephemeral_key = ?, own_ephemeral_ms = ? WHERE account = ?", key, made,
                        account);
}

Result<void> ContactTable::setKeysSent(const AccountId &account, std::uint64_t version)
{
    return sql_.execute("UPDATE contact SET keys_sent = ? WHERE account = ?", version, account);
}

Result<void> ContactTable::setDecryptTrouble(const AccountId &account, int undecryptable, WallTime lastReset)
{
    return sql_.execute("UPDATE contact SET undecryptable = ?, last_reset_ms = ? WHERE account = ?", undecryptable,
                        lastReset, account);
}

} // namespace kith::client::store
