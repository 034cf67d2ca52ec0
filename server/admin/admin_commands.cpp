// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/admin_commands.h"

#include "common/base/durable_file.h"
#include "common/base/log.h"
#include "common/base/mailbox.h"

#include <QDateTime>
#include <QJsonArray>

#include <filesystem>

#include <unistd.h>

namespace kith::server::admin {

KITH_LOG_CATEGORY(logAudit, "kith.audit")

namespace {

constexpr std::size_t tokenBytes = 20; // 160 bits, 27 characters
constexpr int maxPage = 200;
constexpr std::size_t maxPath = 4'096;
constexpr const char *receiptContext = "kith.erasure.v1";

Task<AdminCommands::Answer> refuse(ErrorCode code, const char *detail)
{
    return Task<AdminCommands::Answer>::ready(Error { code, detail });
}

/// The store says which kind of row is missing; people know it by another name.
Error named(Error error, const char *missing)
{
    return error.code == ErrorCode::notFound ? Error { error.code, missing } : error;
}

QString timeText(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(toMs(time), Qt::UTC).toString(Qt::ISODate);
}

void audit(const char *what, ByteView object, bool done)
{
    qCInfo(logAudit, "uid %u, %s, object %s, %s", ::getuid(), what, qPrintable(logId(object)),
           done ? "done" : "failed");
}

QJsonObject describe(const Invite &invite)
{
    return { { "token", QString::fromStdString(invite.token) },
             { "uses_left", static_cast<qint64>(invite.usesLeft) },
             { "used", static_cast<qint64>(invite.used) },
             { "expires", timeText(invite.expires) },
             { "revoked", invite.revoked } };
}

QObject *here()
{
    return Mailbox::ofThisThread().get();
}

} // namespace

AdminCommands::AdminCommands(const Parts &parts, milliseconds inviteLife)
    : parts_(parts)
    , inviteLife_(inviteLife)
    , commands_ { { "invite/create", &AdminCommands::createInvite }, { "invite/list", &AdminCommands::listInvites },
                  { "invite/revoke", &AdminCommands::revokeInvite }, { "user/list", &AdminCommands::listUsers },
                  { "user/delete", &AdminCommands::deleteUser },     { "db/backup", &AdminCommands::backup } }
{
}

Task<AdminCommands::Answer> AdminCommands::run(const std::string &command, const QJsonObject &arguments)
{
    const auto found = commands_.find(command);
    if (found == commands_.end())
        return refuse(ErrorCode::notFound, "no such command");
    return (this->*found->second)(arguments);
}

Task<AdminCommands::Answer> AdminCommands::createInvite(const QJsonObject &arguments)
{
    const auto uses = arguments.value(QStringLiteral("uses")).toInt(1);
    const auto seconds = arguments.value(QStringLiteral("expires_seconds")).toDouble(0);
    if (uses < 1 || uses > 100'000 || seconds < 0 || seconds > 10.0 * 365 * 86'400)
        return refuse(ErrorCode::invalid, "uses is 1 to 100000, expires_seconds at most ten years");
    FixedBytes<struct InviteToken, tokenBytes> octets;
    if (auto filled = parts_.random.fill(octets.octets); !filled)
        return Task<Answer>::ready(std::move(filled).error());
    Invite invite;
    invite.token = toBase64Url(octets.view());
    invite.usesLeft = static_cast<std::uint32_t>(uses);
    const auto life = seconds > 0 ? milliseconds { static_cast<std::int64_t>(seconds * 1'000) } : inviteLife_;
    invite.expires = parts_.clock.now() + life;
    return parts_.directory.putInvite(invite).map(here(), [invite](Result<void> stored) -> Answer {
        audit("invite create", viewOf(invite.token), stored.ok());
        if (!stored)
            return std::move(stored).error();
        return describe(invite);
    });
}

Task<AdminCommands::Answer> AdminCommands::listInvites(const QJsonObject &)
{
    return parts_.directory.invites().map(here(), [](Result<std::vector<Invite>> invites) -> Answer {
        if (!invites)
            return std::move(invites).error();
        QJsonArray all;
        for (const auto &invite : *invites)
            all << describe(invite);
        return QJsonObject { { "invites", all } };
    });
}

Task<AdminCommands::Answer> AdminCommands::revokeInvite(const QJsonObject &arguments)
{
    const auto token = arguments.value(QStringLiteral("token")).toString().toStdString();
    if (token.empty() || token.size() > wire::limits::inviteBytes)
        return refuse(ErrorCode::invalid, "token is missing");
    return parts_.directory.revokeInvite(token).map(here(), [token](Result<void> revoked) -> Answer {
        audit("invite revoke", viewOf(token), revoked.ok());
        if (!revoked)
            return named(std::move(revoked).error(), "no such invite");
        return QJsonObject { { "revoked", true } };
    });
}

Task<AdminCommands::Answer> AdminCommands::listUsers(const QJsonObject &arguments)
{
    const auto after = arguments.value(QStringLiteral("after")).toString().toStdString();
    return parts_.directory.list(after, maxPage).map(here(), [](Result<std::vector<Account>> accounts) -> Answer {
        if (!accounts)
            return std::move(accounts).error();
        QJsonArray all;
        for (const auto &account : *accounts)
            all << QJsonObject { { "name", QString::fromStdString(account.name) },
                                 { "account", QString::fromStdString(account.id.hex()) },
                                 { "created", timeText(account.created) } };
        return QJsonObject { { "users", all }, { "more", all.size() == maxPage } };
    });
}

/// What the operator can show to whoever asked for the erasure.
AdminCommands::Answer AdminCommands::receipt(const Account &account) const
{
    const auto erased = timeText(parts_.clock.now());
    const auto text =
        QString::fromStdString(account.name) + '\n' + QString::fromStdString(account.id.hex()) + '\n' + erased;
    KITH_TRY(const auto signature, parts_.key.sign(receiptContext, viewOf(text.toUtf8())));
    return QJsonObject { { "name", QString::fromStdString(account.name) },
                         { "account", QString::fromStdString(account.id.hex()) },
                         { "erased", erased },
                         { "server_key", QString::fromStdString(parts_.key.publicKey().hex()) },
                         { "signature", QString::fromStdString(signature.hex()) } };
}

Task<AdminCommands::Answer> AdminCommands::deleteUser(const QJsonObject &arguments)
{
    const auto name = arguments.value(QStringLiteral("name")).toString().toStdString();
    if (name.empty() || name.size() > wire::limits::nameBytes)
        return refuse(ErrorCode::invalid, "name is missing");
    auto promise = std::make_shared<Promise<Answer>>(); // shared: a continuation must be copyable
    auto task = promise->task();
    parts_.directory.byName(name).then(here(), [this, promise](Result<Account> found) {
        if (!found)
            return promise->complete(named(std::move(found).error(), "no such user"));
        const Account account = *found;
        parts_.accounts.remove(DeviceId { account.id, 1 })
            .then(here(), [this, promise, account](wire::Outcome<std::vector<DeviceId>> removed) {
                audit("user delete", account.id.view(), removed.ok());
                if (!removed)
                    return promise->complete(Error { ErrorCode::io, removed.error().detail });
                parts_.delivery.signOut(*removed);
                promise->complete(receipt(account));
            });
    });
    return task;
}

/// A new folder `to` with what a manifest then makes a backup of (backup.h): the store and the server's identity.
Task<AdminCommands::Answer> AdminCommands::backup(const QJsonObject &arguments)
{
    const auto to = arguments.value(QStringLiteral("to")).toString().toStdString();
    if (!to.starts_with('/') || to.size() > maxPath)
        return refuse(ErrorCode::invalid, "to is the absolute path of a folder");
    std::error_code failed;
    if (std::filesystem::exists(to, failed) && !std::filesystem::is_empty(to, failed))
        return refuse(ErrorCode::exists, "the folder is not empty");
    if (auto made = makePrivateFolder(to); !made)
        return Task<Answer>::ready(Error { made.error().code, "the server cannot make that folder" });
    return parts_.checkpoint(to + "/store").map(here(), [this, to](Result<void> copied) -> Answer {
        std::error_code unreadable;
        if (copied && !std::filesystem::copy_file(parts_.keyFile, to + "/server.key", unreadable))
            copied = Error { ErrorCode::io, "the server's key cannot be copied" };
        audit("db backup", viewOf(to), copied.ok());
        if (!copied)
            return std::move(copied).error();
        return QJsonObject { { "path", QString::fromStdString(to) } };
    });
}

} // namespace kith::server::admin
