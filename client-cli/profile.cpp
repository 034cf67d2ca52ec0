// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/commands.h"
#include "client-cli/secrets.h"
#include "client-cli/session.h"
#include "common/base/durable_file.h"

#include <QDir>

namespace kith::cli {

namespace {

using rpc::ErrorCode;
using rpc::RpcError;
using rpc::RpcResult;

/// The paths of another profile beside the current one.
RpcResult<rpc::ProfilePaths> pathsOf(Session &session, const QString &name)
{
    const Arguments &options = session.options();
    auto paths = rpc::resolvePaths(session.environment(), { name, options.value("data-dir"), options.value("config") });
    if (!paths)
        return RpcError { ErrorCode::invalidParams, QString::fromStdString(paths.error().detail) };
    return std::move(*paths);
}

int runList(Session &session, const Arguments &)
{
    QJsonArray items;
    const QDir root(session.paths().dataRoot);
    for (const QString &name : root.entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks, QDir::Name)) {
        const auto paths = rpc::isProfileName(name) ? pathsOf(session, name) : RpcError { ErrorCode::notFound, {} };
        if (!paths)
            continue;
        items.append(QJsonObject { { QStringLiteral("schema"), 1 },
                                   { QStringLiteral("profile"), name },
                                   { QStringLiteral("running"), !rpc::holderOf(*paths).isEmpty() },
                                   { QStringLiteral("current"), name == session.paths().profile },
                                   { QStringLiteral("path"), paths->dataDir } });
    }
    session.out().list(
        { { QStringLiteral("schema"), 1 }, { QStringLiteral("items"), items }, { QStringLiteral("more"), false } },
        { { "PROFILE", "profile" }, { "RUNNING", "running" }, { "CURRENT", "current" }, { "PATH", "path" } });
    return 0;
}

int runCreate(Session &session, const Arguments &arguments)
{
    if (arguments.has("NAME")) {
        if (const auto chosen = session.useProfile(arguments.value("NAME")); !chosen)
            return session.fail(chosen.error());
    }
    if (const auto made = makePrivateFolder(QFile::encodeName(session.paths().dataDir).toStdString()); !made)
        return session.fail(RpcError(made.error()));
    const auto status = session.call("agent.status");
    if (!status)
        return session.fail(status.error());
    const QString name = session.paths().profile;
    session.out().sentence({ { QStringLiteral("schema"), 1 },
                             { QStringLiteral("profile"), name },
                             { QStringLiteral("state"), status->value(u"state") } },
                           QStringLiteral("profile %1: %2").arg(name, status->value(u"state").toString()));
    return 0;
}

RpcResult<void> removeFolder(const rpc::ProfilePaths &paths)
{
    if (!paths.exists())
        return RpcError { ErrorCode::notFound, QStringLiteral("there is no profile %1").arg(paths.profile) };
    const auto lock = FileLock::take(QFile::encodeName(paths.lockFile).toStdString());
    if (!lock)
        return RpcError { ErrorCode::stopping, QStringLiteral("profile %1 is in use").arg(paths.profile),
                          QStringLiteral("stop its agent first: kith -p %1 agent stop").arg(paths.profile) };
    if (!QDir(paths.dataDir).removeRecursively()) // removes links, not what they point to
        return RpcError { ErrorCode::internal,
                          QStringLiteral("not everything could be removed from %1").arg(paths.dataDir) };
    return {};
}

int runRemove(Session &session, const Arguments &arguments)
{
    const QString name = arguments.value("NAME");
    const auto paths = pathsOf(session, name);
    if (!paths)
        return session.fail(paths.error());
    bool sure = arguments.has("yes");
    if (!sure && session.mayAsk()) {
        const auto typed = askLine(
            QStringLiteral("This deletes all messages and keys of profile %1. Type its name to go on: ").arg(name));
        if (!typed)
            return session.fail(typed.error());
        sure = *typed == name;
    }
    if (!sure)
        return session.fail(
            { ErrorCode::invalidParams, QStringLiteral("nothing was removed"), QStringLiteral("confirm with --yes") });
    if (const auto removed = removeFolder(*paths); !removed)
        return session.fail(removed.error());
    session.out().sentence(
        { { QStringLiteral("schema"), 1 }, { QStringLiteral("profile"), name }, { QStringLiteral("removed"), true } },
        QStringLiteral("removed profile %1").arg(name));
    return 0;
}

} // namespace

std::vector<Command> profileCommands()
{
    return {
        { "profile list", "the profiles of this user", Agent::local, runList },
        { "profile create",
          "make an empty profile",
          Agent::making,
          runCreate,
          { { "NAME", "1 to 32 of a-z 0-9 _ . -; without it that of -p", Complete::nothing, false } },
          {},
          "profile create work" },
        { "profile remove",
          "delete a profile's messages and keys from this machine",
          Agent::local,
          runRemove,
          { { "NAME", "the profile", Complete::profile } },
          { { "--yes", nullptr, "do not ask" } } },
    };
}

} // namespace kith::cli
