// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db_commands.h"

#include "common/base/random.h"
#include "server/admin/admin_client.h"
#include "server/backup.h"

#include <cstdio>
#include <filesystem>

namespace kith::server {

namespace {

int report(const OperatorOptions &options, const Result<BackupFacts> &facts, const std::string &done)
{
    if (!facts)
        return fail(facts.error(), exitOf(facts.error().code), options.json);
    if (options.json)
        printJson({ { "made", QString::fromStdString(facts->made) },
                    { "files", static_cast<qint64>(facts->files) },
                    { "bytes", static_cast<qint64>(facts->bytes) },
                    { "rows", static_cast<qint64>(facts->rows) } });
    else
        std::printf("%s: %llu files, %llu bytes, %llu rows, made %s\n", done.c_str(),
                    static_cast<unsigned long long>(facts->files), static_cast<unsigned long long>(facts->bytes),
                    static_cast<unsigned long long>(facts->rows), facts->made.c_str());
    return 0;
}

std::string absolute(const std::string &path)
{
    return std::filesystem::absolute(path).lexically_normal().string();
}

} // namespace

int dbBackup(const OperatorOptions &options)
{
    const auto config = admin::readConfig(options.sources);
    if (!config)
        return fail(config.error(), exitConfiguration, options.json);
    const auto folder = absolute(options.word);
    const auto copied = admin::callAdmin(admin::runtimeFolderOf(config->store.dataDir), "db/backup",
                                         { { "to", QString::fromStdString(folder) } });
    if (!copied)
        return fail(copied.error(), exitOf(copied.error().code), options.json,
                    copied.error().code == ErrorCode::network ? "a stopped server's data directory can simply be copied"
                                                              : "");
    SystemClock clock;
    return report(options, finishBackup(folder, clock), "wrote " + folder);
}

int dbVerify(const OperatorOptions &options)
{
    SystemClock clock;
    return report(options, verifyBackup(absolute(options.word), clock), "sound");
}

int dbRestore(const OperatorOptions &options)
{
    const auto config = admin::readConfig(options.sources);
    if (!config)
        return fail(config.error(), exitConfiguration, options.json);
    SystemClock clock;
    SystemRandom random;
    return report(options, restoreBackup(absolute(options.word), config->store.dataDir, clock, random),
                  "restored into " + config->store.dataDir);
}

} // namespace kith::server
