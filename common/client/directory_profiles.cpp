// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/directory.h"

#include "common/base/log.h"
#include "common/client/connection.h"
#include "common/client/event_log.h"
#include "common/client/parts.h"
#include "common/crypto/profile_seal.h"
#include "common/wire/content/content.h"

// The half of Directory that fetches and opens other people's sealed profiles (security C29).
namespace kith::client {

KITH_LOG_CATEGORY(logProfiles, "kith.profiles")

void Directory::fetchProfile(const AccountId &account, std::uint64_t version)
{
    const auto row = parts_.database->contacts().find(account);
    if (!row || !*row || !(*row)->profileKey || (*row)->profileVersion >= version || !parts_.connection->isOnline()
        || !fetchingProfiles_.insert(account).second)
        return;
    parts_.connection->request(wire::FetchProfile { account }).then(this, [this, account](auto answer) {
        fetchingProfiles_.erase(account);
        if (const auto *profile = answer ? std::get_if<wire::Profile>(&*answer) : nullptr)
            takeProfile(account, *profile);
    });
}

void Directory::takeProfile(const AccountId &account, const wire::Profile &profile)
{
    const auto taken = inTransaction(parts_, [&]() -> Result<void> {
        KITH_TRY(auto row, parts_.database->contacts().find(account));
        if (!row || !row->profileKey || row->profileVersion >= profile.version)
            return {};
        KITH_TRY(const auto opened,
                 crypto::openProfile(viewOf(*row->profileKey), account, profile.version, profile.sealed));
        KITH_TRY(const auto content, wire::decodeProfile(opened));
        row->profileVersion = profile.version;
        row->displayName = content.displayName;
        row->about = content.about;
        KITH_CHECK(parts_.database->contacts().save(*row));
        QJsonObject body { { "user", QString::fromStdString(parts_.names.user(account)) } };
        return parts_.events->append("contact.updated", account, account, body);
    });
    if (!taken) // an old key, or a lie: the person stays @name until a content brings the right key
        qCInfo(logProfiles, "a profile that does not open: %s", taken.error().detail.c_str());
}

} // namespace kith::client
