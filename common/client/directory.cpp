// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/directory.h"

#include "common/base/log.h"
#include "common/client/connection.h"
#include "common/client/courier.h"
#include "common/client/document.h"
#include "common/client/event_log.h"
#include "common/client/parts.h"
#include "common/client/refusal.h"

#include <QJsonArray>

namespace kith::client {

KITH_LOG_CATEGORY(logDirectory, "kith.directory")

namespace {

Failure untrusted(std::string detail)
{
    return { FailureCode::untrustedIdentity, std::move(detail), "compare safety numbers before you go on", {} };
}

const wire::AccountInfo *infoIn(const wire::Outcome<wire::ServerBody> &answer)
{
    return answer ? std::get_if<wire::AccountInfo>(&*answer) : nullptr;
}

Failure failureIn(const wire::Outcome<wire::ServerBody> &answer)
{
    return answer ? Failure { FailureCode::network, "the server's answer is not the one asked for", {}, {} }
                  : fromFault(answer.error(), "user");
}

} // namespace

Task<Answer<AccountId>> Directory::lookUp(const std::string &name)
{
    return parts_.connection->request(wire::Lookup { name }).map(this, [this, name](auto answer) -> Answer<AccountId> {
        const auto *info = infoIn(answer);
        if (!info)
            return failureIn(answer);
        if (info->name != name)
            return untrusted("the server answered with another user");
        KITH_CHECK(take(*info));
        return info->account;
    });
}

Task<Answer<void>> Directory::refresh(const AccountId &account)
{
    auto &waiting = refreshing_[account];
    waiting.emplace_back();
    auto task = waiting.back().task();
    if (waiting.size() > 1)
        return task;
    parts_.connection->request(wire::LookupAccount { account }).then(this, [this, account](auto answer) {
        const auto *info = infoIn(answer);
        Answer<void> outcome = failureIn(answer);
        if (info)
            outcome = info->account == account ? take(*info) : untrusted("the server answered with another account");
        auto all = refreshing_.extract(account);
        for (auto &promise : all.mapped())
            promise.complete(outcome);
    });
    return task;
}

Answer<void> Directory::take(const wire::AccountInfo &info)
{
    auto outcome = inTransaction(parts_, [&]() -> Answer<bool> {
        KITH_TRY(const auto row, parts_.database->contacts().find(info.account));
        const auto taken = row ? takeKnown(*row, info) : takeNew(info);
        // A changed key is an answer of the kind "no", and yet it has to be written down.
        if (!taken && taken.error().code != FailureCode::untrustedIdentity)
            return taken.error();
        if (!taken)
            qCWarning(logDirectory, "account %s: %s", qPrintable(logId(info.account.view())),
                      taken.error().detail.c_str());
        return taken.ok();
    });
    KITH_CHECK(outcome);
    if (!*outcome)
        return untrusted("the server's statement about this user is not trusted");
    fetchProfile(info.account, info.profileVersion);
    return {};
}

Answer<void> Directory::takeNew(const wire::AccountInfo &info)
{
    auto list = verifyTrustedList(info.devices, info.account, info.accountKey);
    if (!list)
        return untrusted("a device list that is not signed as it must be");
    KITH_TRY(const auto twin, parts_.database->contacts().findByName(info.name));
    if (twin)
        return untrusted("the server gives a known user's name to another account");
    store::ContactRow row;
    row.account = info.account;
    row.name = info.name;
    row.accountKey = info.accountKey.bytes();
    row.trust = Trust::tofu;
    row.list = info.devices.list;
    row.listSignature = info.devices.signature.bytes();
    row.listVersion = list->version;
    row.added = parts_.now();
    KITH_CHECK(parts_.database->contacts().save(row));
    return {};
}

Answer<void> Directory::takeKnown(const store::ContactRow &row, const wire::AccountInfo &info)
{
    if (info.accountKey.bytes() != row.accountKey)
        return takeChangedKey(row, info);
    auto list = verifyTrustedList(info.devices, info.account, info.accountKey);
    if (!list) // EV4
        return refuse(row.account, "a device list that is not signed as it must be",
                      "The server named devices that are not signed by " + parts_.names.shown(row.account)
                          + ": nothing is sent to them");
    if (list->version < row.listVersion || (list->version == row.listVersion && info.devices.list != row.list)) // EV5
        return refuse(row.account, "a device list older than the one known, or another one of its version",
                      "The server showed an old device list of " + parts_.names.shown(row.account)
                          + ": it was refused");
    warned_.erase({ row.account, Lie::list });
    if (row.trust == Trust::changed)
        KITH_CHECK(takePinnedAgain(row));
    return list->version > row.listVersion ? takeNewerList(row, info) : Answer<void> {};
}

/// Blocked, and the person is warned. Stays written: see take().
Answer<void> Directory::refuse(const AccountId &account, std::string what, const std::string &line)
{
    KITH_CHECK(warnOnce(account, Lie::list, line));
    return untrusted(std::move(what));
}

Result<void> Directory::warnOnce(const AccountId &account, Lie lie, const std::string &line)
{
    if (warned_.contains({ account, lie }))
        return {};
    parts_.database->afterCommit([this, account, lie] { warned_.insert({ account, lie }); });
    return addWarning(parts_, account, line);
}

/// The server shows the pinned key again: what was held goes to the devices it was always meant for.
Answer<void> Directory::takePinnedAgain(const store::ContactRow &row)
{
    auto back = row;
    back.trust = row.wasVerified ? Trust::verified : Trust::tofu;
    back.wasVerified = false;
    back.candidateKey.reset();
    back.candidateList.reset();
    back.candidateSignature.reset();
    KITH_CHECK(parts_.database->contacts().save(back));
    KITH_CHECK(parts_.courier->applyTrust(row.account));
    KITH_CHECK(addSystemLine(parts_, row.account,
                             "The safety number with " + parts_.names.shown(row.account) + " is the known one again"));
    KITH_CHECK(announceIdentity(back));
    parts_.database->afterCommit([this, account = row.account] { Q_EMIT listChanged(account); });
    return {};
}

Result<void> Directory::announceIdentity(const store::ContactRow &row)
{
    QJsonObject body { { "user", QString::fromStdString(parts_.names.user(row.account)) },
                       { "chat", QString::fromStdString(parts_.names.chat(row.account)) },
                       { "state", toString(row.trust) } };
    return parts_.events->append("identity.changed", row.account, row.account, body);
}

Answer<void> Directory::takeChangedKey(const store::ContactRow &row, const wire::AccountInfo &info)
{
    const auto list = verifyTrustedList(info.devices, info.account, info.accountKey);
    if (!list)
        return refuse(row.account, "another account key, and a device list that is not signed with it",
                      "The server showed another key for " + parts_.names.shown(row.account)
                          + " that does not even fit its devices: it was refused");
    const bool known = row.trust == Trust::changed && row.candidateKey == info.accountKey.bytes();
    const auto before = known ? candidateListOf(row) : std::nullopt;
    if (before && list->version <= before->version)
        return untrusted("the account key changed and was not accepted yet");
    auto changed = row;
    changed.trust = Trust::changed;
    changed.wasVerified = row.trust == Trust::changed ? row.wasVerified : row.trust == Trust::verified;
    changed.candidateKey = info.accountKey.bytes();
    changed.candidateList = info.devices.list;
    changed.candidateSignature = info.devices.signature.bytes();
    KITH_CHECK(parts_.database->contacts().save(changed));
    KITH_CHECK(parts_.courier->applyTrust(row.account));
    if (known)
        return untrusted("the account key changed and was not accepted yet");
    KITH_CHECK(
        addSystemLine(parts_, row.account, "The safety number with " + parts_.names.shown(row.account) + " changed"));
    KITH_CHECK(announceIdentity(changed));
    return untrusted("the account key changed");
}

std::optional<wire::DeviceList> Directory::candidateListOf(const store::ContactRow &row) const
{
    const auto key = Ed25519PublicKey::from(row.candidateKey.value_or(QByteArray {}));
    const auto signature = Ed25519Signature::from(row.candidateSignature.value_or(QByteArray {}));
    if (row.trust != Trust::changed || !row.candidateList || !key || !signature)
        return {};
    const auto list = verifyTrustedList({ *row.candidateList, *signature }, row.account, *key);
    return list ? std::optional(*list) : std::nullopt;
}

Answer<void> Directory::takeNewerList(const store::ContactRow &row, const wire::AccountInfo &info)
{
    const auto *before = listOf(row);
    auto now = verifyTrustedList(info.devices, info.account, info.accountKey);
    KITH_CHECK(now);
    const auto changes = before ? changesBetween(*before, *now) : DeviceChanges {};
    KITH_CHECK(parts_.database->contacts().setList(row.account, info.devices.list, info.devices.signature.bytes(),
                                                   now->version));
    KITH_TRY(const auto self, parts_.database->account().load());
    // Strict mode: a new device is held like a new key, until the person verified again (security C7).
    if (self && self->strictTrust && !changes.added.empty() && row.trust == Trust::verified)
        KITH_CHECK(parts_.database->contacts().setTrust(row.account, Trust::tofu));
    KITH_CHECK(parts_.courier->applyTrust(row.account));
    KITH_CHECK(announceDevices(row.account, changes));
    parts_.database->afterCommit([this, account = row.account] { Q_EMIT listChanged(account); });
    return {};
}

Result<void> Directory::announceDevices(const AccountId &account, const DeviceChanges &changes)
{
    if (changes.isEmpty())
        return {};
    QJsonArray added, removed;
    for (const auto number : changes.added)
        added.append(number);
    for (const auto number : changes.removed)
        removed.append(number);
    QJsonObject body { { "user", QString::fromStdString(parts_.names.user(account)) },
                       { "added", added },
                       { "removed", removed } };
    KITH_CHECK(parts_.events->append("devices.changed", account, account, body));
    const auto name = parts_.names.shown(account);
    if (!changes.added.empty())
        KITH_CHECK(addSystemLine(parts_, account, name + " added a device"));
    if (!changes.removed.empty())
        KITH_CHECK(addSystemLine(parts_, account, name + " removed a device"));
    return {};
}

Task<Answer<void>> Directory::establish(const AccountId &account, const std::vector<std::uint16_t> &devices)
{
    wire::FetchBundles fetch { { { account, devices } } };
    return parts_.connection->request(std::move(fetch)).map(this, [this, account](auto answer) {
        return takeBundles(account, answer);
    });
}

Answer<void> Directory::takeBundles(const AccountId &account, const wire::Outcome<wire::ServerBody> &answer)
{
    const auto *bundles = answer ? std::get_if<wire::Bundles>(&*answer) : nullptr;
    if (!bundles)
        return failureIn(answer);
    if (bundles->accounts.empty())
        return Failure { FailureCode::notFound, "the server knows no such user", {}, {} };
    const auto &one = bundles->accounts.front();
    if (one.account != account)
        return untrusted("the server answered with another account");
    KITH_TRY(const auto before, parts_.database->contacts().find(account));
    KITH_CHECK(take({ account, before ? before->name : std::string {}, one.accountKey, one.devices, 0 }));
    bool refused = false;
    KITH_CHECK(inTransaction(parts_, [&]() -> Answer<void> {
        KITH_TRY(const auto row, parts_.database->contacts().find(account));
        const auto *list = row ? listOf(*row) : nullptr;
        if (!list || row->trust == Trust::changed)
            return untrusted("the account key changed and was not accepted yet");
        for (const auto &bundle : one.bundles) {
            const auto taken = takeBundle(account, *list, bundle);
            if (taken)
                continue;
            if (taken.error().code != ErrorCode::invalid && taken.error().code != ErrorCode::untrusted)
                return Failure(taken.error());
            qCWarning(logDirectory, "refused a prekey bundle: %s", taken.error().detail.c_str());
            refused = true;
        }
        if (refused) // EV3
            KITH_CHECK(warnOnce(account, Lie::keys,
                                "The server offered keys that are not those of " + parts_.names.shown(account)
                                    + ": they were refused"));
        else
            warned_.erase({ account, Lie::keys });
        return {};
    }));
    return refused ? untrusted("a prekey bundle that is not as it must be") : Answer<void> {};
}

Result<void> Directory::takeBundle(const AccountId &account, const wire::DeviceList &list,
                                   const wire::DeviceBundle &bundle)
{
    const auto *entry = list.find(bundle.device);
    if (!entry || entry->removed)
        return Error { ErrorCode::untrusted, "a bundle of a device that the signed list does not name" };
    const DeviceId device { account, bundle.device };
    KITH_TRY(const bool known, parts_.sessions->hasSession(device));
    if (known)
        return {};
    crypto::PreKeyBundle keys;
    keys.device = device;
    keys.registrationId = bundle.registrationId;
    keys.identityKey = entry->identityKey;
    keys.signedPreKeyId = bundle.signedPreKey.id;
    keys.signedPreKey = bundle.signedPreKey.publicKey;
    keys.signedPreKeySignature = bundle.signedPreKey.signature;
    if (bundle.oneTime)
        keys.oneTimeKey = { bundle.oneTime->id, bundle.oneTime->publicKey };
    return parts_.sessions->establish(keys, entry->identityKey);
}

const wire::DeviceList *Directory::listOf(const store::ContactRow &row)
{
    auto &held = lists_[row.account];
    if (held.bytes == row.list && held.key == row.accountKey && !row.list.isEmpty())
        return &held.list;
    const auto key = Ed25519PublicKey::from(row.accountKey);
    const auto signature = Ed25519Signature::from(row.listSignature);
    if (row.list.isEmpty() || !key || !signature)
        return nullptr;
    auto list = wire::verifyDeviceList({ row.list, *signature }, row.account, *key);
    if (!list)
        return nullptr;
    held = { row.list, row.accountKey, std::move(*list) };
    return &held.list;
}

namespace {

Result<void> addLine(Parts &parts, const AccountId &chat, const std::string &text, WallTime latest, MessageState state)
{
    KITH_TRY(const auto mid, parts.world.jitter.id<Mid>());
    store::MessageRow row;
    row.chat = chat;
    row.sender = { chat, 0 };
    row.mid = mid;
    row.kind = MessageKind::system;
    row.text = text;
    row.clientTime = std::max(parts.now(), latest + milliseconds { 1 });
    row.effectiveTime = row.clientTime;
    row.serverTime = row.clientTime;
    row.state = state;
    KITH_TRY([[maybe_unused]] const auto id, parts.database->messages().insert(row));
    return {};
}

} // namespace

Result<void> addSystemLine(Parts &parts, const AccountId &chat, const std::string &text)
{
    KITH_TRY(const auto latest, parts.database->messages().latestEffectiveTime(chat));
    if (!latest)
        return {}; // no chat, no line
    return addLine(parts, chat, text, *latest, MessageState::read);
}

Result<void> addWarning(Parts &parts, const AccountId &chat, const std::string &text)
{
    KITH_TRY(const auto latest, parts.database->messages().latestEffectiveTime(chat));
    KITH_CHECK(addLine(parts, chat, text, latest.value_or(WallTime {}), MessageState::delivered));
    return parts.events->append("chat.updated", chat, chat,
                                { { "chat", QString::fromStdString(parts.names.chat(chat)) } });
}

} // namespace kith::client
