// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/task.h"
#include "common/client/failure.h"
#include "common/client/store/contact_table.h"
#include "common/client/trusted_list.h"
#include "common/wire/frames.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kith::client {

struct Parts;

/// What the server says about accounts, and what of it is believed: pinned account keys, signed device lists, prekey
/// bundles, sealed profiles (security C6, C7, C21, C29).
class Directory final : public QObject {
    Q_OBJECT
public:
    explicit Directory(Parts &parts) : parts_(parts) { }

    /// Errors: notFound, network, rateLimited, untrustedIdentity (unsigned, older, or another key than the pinned one).
    Task<Answer<AccountId>> lookUp(const std::string &name);
    /// Asks for the account's present list; calls for the same account share one request. Errors: as lookUp.
    Task<Answer<void>> refresh(const AccountId &account);
    /// Makes sessions with those devices of `account` that have none; nothing happens for the others. Errors: as
    /// lookUp; untrustedIdentity also when a bundle was refused (security C6); the others' sessions stand.
    Task<Answer<void>> establish(const AccountId &account, const std::vector<std::uint16_t> &devices);
    /// Gets the sealed profile when our copy is older than `version`.
    void fetchProfile(const AccountId &account, std::uint64_t version);

    /// The verified list that the profile holds for a person; null when it holds none. Valid until the next call.
    const wire::DeviceList *listOf(const store::ContactRow &row);
    /// What a changed key that nobody accepted yet signed as its devices; nothing when the key did not change.
    std::optional<wire::DeviceList> candidateListOf(const store::ContactRow &row) const;

Q_SIGNALS:
    /// A newer list of that account was taken in, or its changed key was accepted.
    void listChanged(const AccountId &account);

private:
    Answer<void> take(const wire::AccountInfo &info);
    Answer<void> takeNew(const wire::AccountInfo &info);
    Answer<void> takeKnown(const store::ContactRow &row, const wire::AccountInfo &info);
    Answer<void> takeChangedKey(const store::ContactRow &row, const wire::AccountInfo &info);
    Answer<void> takePinnedAgain(const store::ContactRow &row);
    Answer<void> takeNewerList(const store::ContactRow &row, const wire::AccountInfo &info);
    Answer<void> refuse(const AccountId &account, std::string what, const std::string &line);
    Result<void> announceIdentity(const store::ContactRow &row);
    Result<void> announceDevices(const AccountId &account, const DeviceChanges &changes);
    Answer<void> takeBundles(const AccountId &account, const wire::Outcome<wire::ServerBody> &answer);
    Result<void> takeBundle(const AccountId &account, const wire::DeviceList &list, const wire::DeviceBundle &bundle);
    void takeProfile(const AccountId &account, const wire::Profile &profile);

    struct Held {
        QByteArray bytes, key;
        wire::DeviceList list;
    };
    Parts &parts_;
    std::map<AccountId, Held> lists_; ///< verified once, kept while the bytes are the same
    std::map<AccountId, std::vector<Promise<Answer<void>>>> refreshing_;
    std::set<AccountId> fetchingProfiles_;
    enum class Lie { list, keys };
    Result<void> warnOnce(const AccountId &account, Lie lie, const std::string &line);
    std::set<std::pair<AccountId, Lie>> warned_; ///< shown to the person, and nothing honest came since
};

/// Puts a line of ours into a chat that exists ("Mei added a device"). Belongs to the caller's transaction.
Result<void> addSystemLine(Parts &parts, const AccountId &chat, const std::string &text);
/// Puts a line into a chat that a person has to see: unread, with an event, and also where there was no chat before.
/// Belongs to the caller's transaction.
Result<void> addWarning(Parts &parts, const AccountId &chat, const std::string &text);

} // namespace kith::client
