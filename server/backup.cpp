// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/backup.h"

#include "common/base/durable_file.h"
#include "server/embedded/checkpoint.h"
#include "server/version.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <filesystem>
#include <map>

namespace kith::server {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t maxFiles = 1'000'000;
constexpr std::size_t maxManifest = 256ULL * 1024 * 1024;
constexpr const char *manifestName = "manifest.json";

struct FileFacts {
    std::uint64_t size = 0;
    QByteArray hash; ///< SHA-256, hexadecimal
    bool operator==(const FileFacts &) const = default;
};
using Files = std::map<std::string, FileFacts>; // by path within the folder

Result<FileFacts> factsOf(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return Error { ErrorCode::io, "cannot read " + path };
    return FileFacts { static_cast<std::uint64_t>(file.size()), hash.result().toHex() };
}

/// Every file of the folder but the manifest.
Result<Files> filesOf(const std::string &folder)
{
    Files files;
    std::error_code failed;
    for (fs::recursive_directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
        const auto name = fs::relative(at->path(), folder).string();
        if (at->is_directory() || name == manifestName)
            continue;
        if (at->is_symlink() || !at->is_regular_file())
            return Error { ErrorCode::corrupt, name + " is no plain file" };
        if (files.size() == maxFiles)
            return Error { ErrorCode::tooLarge, "too many files" };
        KITH_TRY(files[name], factsOf(at->path().string()));
    }
    if (failed)
        return Error { ErrorCode::io, "cannot read " + folder + ": " + failed.message() };
    return files;
}

BackupFacts sumOf(const Files &files, const std::string &made)
{
    BackupFacts facts;
    facts.files = files.size();
    facts.made = made;
    for (const auto &[name, file] : files)
        facts.bytes += file.size;
    return facts;
}

QByteArray manifestOf(const Files &files, const std::string &made)
{
    QJsonArray list;
    for (const auto &[name, file] : files)
        list << QJsonObject { { "path", QString::fromStdString(name) },
                              { "bytes", static_cast<qint64>(file.size) },
                              { "sha256", QString::fromLatin1(file.hash) } };
    const QJsonObject manifest {
        { "schema", 1 }, { "made", QString::fromStdString(made) }, { "version", versionText }, { "files", list }
    };
    return QJsonDocument(manifest).toJson();
}

struct Manifest {
    Files files;
    std::string made;
};

Result<Manifest> readManifest(const std::string &folder)
{
    const auto bytes = readWhole(folder + '/' + manifestName, maxManifest);
    if (!bytes && bytes.error().code == ErrorCode::notFound)
        return Error { ErrorCode::notFound, "no manifest.json: not a backup, or one that was not finished" };
    if (!bytes)
        return bytes.error();
    const auto object = QJsonDocument::fromJson(*bytes).object();
    if (object.value(QStringLiteral("schema")).toInt() != 1)
        return Error { ErrorCode::corrupt, "manifest.json is damaged" };
    Manifest manifest;
    manifest.made = object.value(QStringLiteral("made")).toString().toStdString();
    for (const auto &value : object.value(QStringLiteral("files")).toArray()) {
        const auto file = value.toObject();
        manifest.files[file["path"].toString().toStdString()] = { static_cast<std::uint64_t>(file["bytes"].toInteger()),
                                                                  file["sha256"].toString().toLatin1() };
    }
    return manifest;
}

Result<void> compare(const Files &named, const Files &found)
{
    for (const auto &[name, facts] : named) {
        const auto file = found.find(name);
        if (file == found.end())
            return Error { ErrorCode::corrupt, name + " is missing" };
        if (file->second != facts)
            return Error { ErrorCode::corrupt, name + " is not what was written" };
    }
    for (const auto &[name, facts] : found) {
        if (!named.contains(name))
            return Error { ErrorCode::corrupt, name + " is not of this backup" };
    }
    return {};
}

Result<void> restoreKey(const std::string &from, const std::string &to)
{
    if (fs::exists(to)) {
        KITH_TRY(const auto there, factsOf(to));
        KITH_TRY(const auto ours, factsOf(from));
        return there == ours ? Result<void> {} : Error { ErrorCode::exists, to + " is another server's" };
    }
    std::error_code failed;
    return fs::copy_file(from, to, failed) ? Result<void> {}
                                           : Error { ErrorCode::io, "server.key: " + failed.message() };
}

} // namespace

Result<BackupFacts> finishBackup(const std::string &folder, const Clock &clock)
{
    KITH_TRY(const auto copy, embedded::verifyCopy(folder + "/store", clock));
    KITH_TRY(const auto files, filesOf(folder));
    const auto made = QDateTime::fromMSecsSinceEpoch(toMs(clock.now()), Qt::UTC).toString(Qt::ISODate).toStdString();
    KITH_CHECK(writeDurably(folder + '/' + manifestName, viewOf(manifestOf(files, made))));
    auto facts = sumOf(files, made);
    facts.rows = copy.rows;
    return facts;
}

Result<BackupFacts> verifyBackup(const std::string &folder, const Clock &clock)
{
    KITH_TRY(const auto manifest, readManifest(folder));
    KITH_TRY(const auto files, filesOf(folder));
    KITH_CHECK(compare(manifest.files, files));
    KITH_TRY(const auto copy, embedded::verifyCopy(folder + "/store", clock));
    auto facts = sumOf(files, manifest.made);
    facts.rows = copy.rows;
    return facts;
}

Result<BackupFacts> restoreBackup(const std::string &folder, const std::string &dataDir, const Clock &clock,
                                  Random &random)
{
    KITH_TRY(const auto facts, verifyBackup(folder, clock));
    KITH_CHECK(makePrivateFolder(dataDir));
    const auto lock = FileLock::take(dataDir + "/LOCK");
    if (!lock)
        return Error { lock.error().code, "a kith-server holds this data directory: " + lock.error().detail };
    if (fs::exists(dataDir + "/store"))
        return Error { ErrorCode::exists, dataDir + " holds a store already" };
    KITH_CHECK(restoreKey(folder + "/server.key", dataDir + "/server.key")); // first: a store alone would get a new one
    KITH_CHECK(embedded::restoreCopy(folder + "/store", dataDir + "/store", clock, random));
    return facts;
}

} // namespace kith::server
