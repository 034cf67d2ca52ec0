// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/profile_paths.h"

#include "common/base/durable_file.h"
#include "common/base/hash.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace kith::rpc {

namespace {

constexpr qsizetype socketPathLimit = 107; // sun_path without its NUL, unix(7)

QString get(const QProcessEnvironment &environment, const char *name)
{
    return environment.value(QString::fromLatin1(name));
}

/// An XDG folder; relative values are ignored, as the XDG base directory specification says.
QString xdg(const QProcessEnvironment &environment, const char *name, const QString &home, const char *fallback)
{
    const QString given = get(environment, name);
    return QDir::isAbsolutePath(given) ? QDir::cleanPath(given) : home + QString::fromLatin1(fallback);
}

QString shortHash(const QString &text)
{
    return QString::fromStdString(sha256(viewOf(text.toUtf8())).hex().substr(0, 16));
}

QString socketIn(const QString &folder, const QString &profile)
{
    return folder + u'/' + profile + QStringLiteral(".sock");
}

/// The runtime folder whose socket path fits into a socket address.
Result<QString> fittingFolder(const QString &wished, const QString &profile)
{
    if (QFile::encodeName(socketIn(wished, profile)).size() <= socketPathLimit)
        return wished;
    const QString name = QStringLiteral("kith-%1-%2").arg(::getuid()).arg(shortHash(wished));
    for (const QString &temporary : { QDir::tempPath(), QStringLiteral("/tmp") }) {
        const QString folder = temporary + u'/' + name;
        if (QFile::encodeName(socketIn(folder, profile)).size() <= socketPathLimit)
            return folder;
    }
    return Error { ErrorCode::invalid, "no folder has a path short enough for a socket" };
}

} // namespace

bool ProfilePaths::exists() const
{
    const QFileInfo info(dataDir);
    return info.isDir() && !info.isSymLink();
}

bool isProfileName(QStringView name)
{
    if (name.isEmpty() || name.size() > 32 || name.startsWith(u'.'))
        return false;
    return std::all_of(name.begin(), name.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'_' || c == u'.' || c == u'-';
    });
}

Result<ProfilePaths> resolvePaths(const QProcessEnvironment &environment, const PathOptions &options)
{
    const auto firstOf = [](const QString &a, const QString &b, const QString &c) {
        return !a.isEmpty() ? a : !b.isEmpty() ? b : c;
    };
    ProfilePaths paths;
    paths.profile = firstOf(options.profile, get(environment, "KITH_PROFILE"), QStringLiteral("default"));
    if (!isProfileName(paths.profile))
        return Error { ErrorCode::invalid, "a profile name is 1 to 32 of a-z 0-9 _ . - and starts with no dot" };
    const QString home = firstOf(get(environment, "HOME"), {}, QDir::homePath());
    if (home.isEmpty() || home == u"/")
        return Error { ErrorCode::invalid, "there is no home folder: set HOME" };

    const QString defaultRoot = xdg(environment, "XDG_DATA_HOME", home, "/.local/share") + QStringLiteral("/kith");
    const QString givenRoot = firstOf(options.dataRoot, get(environment, "KITH_DATA_DIR"), defaultRoot);
    paths.dataRoot = QDir::cleanPath(QDir::current().absoluteFilePath(givenRoot));
    paths.dataDir = paths.dataRoot + u'/' + paths.profile;
    paths.lockFile = paths.dataDir + QStringLiteral("/lock");

    const QString configHome = xdg(environment, "XDG_CONFIG_HOME", home, "/.config") + QStringLiteral("/kith");
    paths.configDir = QDir::current().absoluteFilePath(firstOf({}, get(environment, "KITH_CONFIG_DIR"), configHome));
    const QString ownFile = paths.configDir + QStringLiteral("/config.toml");
    paths.configFile = QDir::current().absoluteFilePath(firstOf(options.configFile, {}, ownFile));
    paths.cacheDir = xdg(environment, "XDG_CACHE_HOME", home, "/.cache") + QStringLiteral("/kith");

    const QString stateHome = xdg(environment, "XDG_STATE_HOME", home, "/.local/state") + QStringLiteral("/kith");
    const QString runtimeHome = get(environment, "XDG_RUNTIME_DIR");
    QString runtime = QDir::isAbsolutePath(runtimeHome) ? QDir::cleanPath(runtimeHome) + QStringLiteral("/kith")
                                                        : stateHome + QStringLiteral("/run");
    QString logs = stateHome + QStringLiteral("/log");
    if (paths.dataRoot != defaultRoot) {
        runtime += u'/' + shortHash(paths.dataRoot);
        logs += u'/' + shortHash(paths.dataRoot);
    }
    paths.logFile = logs + u'/' + paths.profile + QStringLiteral(".log");
    KITH_TRY(paths.runtimeDir, fittingFolder(runtime, paths.profile));
    paths.socket = socketIn(paths.runtimeDir, paths.profile);
    paths.startLock = paths.runtimeDir + u'/' + paths.profile + QStringLiteral(".start");
    return paths;
}

Result<void> makeRuntimeFolder(const ProfilePaths &paths)
{
    return makePrivateFolder(QFile::encodeName(paths.runtimeDir).toStdString());
}

QString holderOf(const ProfilePaths &paths)
{
    const QByteArray file = QFile::encodeName(paths.lockFile);
    const int fd = ::open(file.constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return {};
    char pid[24] = {};
    // flock(2) has no question, only an attempt; a shared one, let go at once.
    const bool held = ::flock(fd, LOCK_SH | LOCK_NB) != 0 && ::read(fd, pid, sizeof pid - 1) >= 0;
    ::close(fd);
    return held ? QString::fromLatin1(pid).trimmed() : QString();
}

} // namespace kith::rpc
