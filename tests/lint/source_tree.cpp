// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lint/source_tree.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

namespace kith::lint {

std::vector<SourceFile> readTree(const QString &root)
{
    static const QStringList wanted { "*.h", "*.cpp", "*.proto", "*.sh", "CMakeLists.txt", "*.cmake", "*.js" };
    std::vector<SourceFile> files;
    QDirIterator walk(root, wanted, QDir::Files, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        const QString absolute = walk.next();
        const QString path = QDir(root).relativeFilePath(absolute);
        if (path.startsWith("build/") || path.contains("node_modules/") || path.startsWith(".git/"))
            continue;
        QFile file(absolute);
        if (file.open(QIODevice::ReadOnly))
            files.push_back({ path, QString::fromUtf8(file.readAll()).split('\n') });
    }
    return files;
}

Rooms readRooms(const QString &path)
{
    Rooms rooms;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return rooms;
    for (const auto &line : QString::fromUtf8(file.readAll()).split('\n')) {
        if (line.startsWith('#') || line.trimmed().isEmpty())
            continue;
        const auto bar = line.section('|', 0, 0);
        Room room;
        for (const auto &word : bar.section(':', 1).split(' ', Qt::SkipEmptyParts))
            room.rooms.insert(word);
        for (const auto &word : line.section('|', 1).split(' ', Qt::SkipEmptyParts))
            room.libraries.insert(word);
        rooms[bar.section(':', 0, 0).trimmed()] = room;
    }
    return rooms;
}

QString roomOf(const Rooms &rooms, const QString &path)
{
    QString best;
    for (const auto &[name, room] : rooms)
        if (path.startsWith(name + '/') && name.size() > best.size())
            best = name;
    return best;
}

QString libraryOf(const QString &header)
{
    static const std::vector<std::pair<QRegularExpression, QString>> table {
        { QRegularExpression("^openssl/"), "openssl" },
        { QRegularExpression("^google/protobuf/|\\.pb\\.h$"), "protobuf" },
        { QRegularExpression("^QWebSocket|^QtWebSockets"), "websockets" },
        { QRegularExpression("^Q(Tcp|Ssl|Local|Udp|Host|Network|Abstract)Socket|^QTcpServer|^QLocalServer|^QSsl|^QHost|"
                             "^QNetwork|^QtNetwork"),
          "network" },
        { QRegularExpression("^QDBus"), "dbus" },
        { QRegularExpression("^signal/|signal_protocol"), "signal" },
        { QRegularExpression("^sodium"), "sodium" },
        { QRegularExpression("^sqlcipher/|^sqlite3"), "sqlcipher" },
        { QRegularExpression("^rocksdb/"), "rocksdb" },
        { QRegularExpression("^httplib"), "httplib" },
        { QRegularExpression("^prometheus/"), "prometheus" },
        { QRegularExpression("^CLI/"), "cli11" },
        { QRegularExpression("^toml\\+\\+/|^toml"), "toml" },
        { QRegularExpression("^systemd/"), "systemd" },
        { QRegularExpression("^qt6keychain/|keychain"), "keychain" },
        { QRegularExpression("^qrcodegen"), "qrcodegen" },
        { QRegularExpression("^QQuick|^QQml|^QtQml|^QtQuick|^QJSEngine"), "quick" },
        { QRegularExpression("^QTest|^QSignalSpy|^QtTest"), "test" },
        { QRegularExpression("^QSql|^QtSql"), "qtsql" }, // nobody may (F10)
    };
    for (const auto &[pattern, name] : table)
        if (pattern.match(header).hasMatch())
            return name;
    return {};
}

QStringList forbiddenArrows(const Rooms &rooms, const SourceFile &file)
{
    static const QRegularExpression include("^\\s*#\\s*include\\s+([<\"])([^>\"]+)[>\"]");
    QStringList found;
    const QString room = roomOf(rooms, file.path);
    if (room.isEmpty())
        return found;
    const Room &allowed = rooms.at(room);
    for (int i = 0; i < file.lines.size(); ++i) {
        const auto match = include.match(file.lines[i]);
        if (!match.hasMatch())
            continue;
        const QString header = match.captured(2);
        const QString at = QStringLiteral("%1:%2: ").arg(file.path).arg(i + 1);
        if (const QString library = libraryOf(header); !library.isEmpty()) {
            if (!allowed.libraries.contains(library))
                found << at + room + " may not use " + library;
        } else if (match.captured(1) == "\"") {
            const QString target = roomOf(rooms, header);
            if (target.isEmpty() && !header.endsWith(".moc"))
                found << at + "not an include from the root: " + header;
            else if (target != room && !target.isEmpty() && !allowed.rooms.contains(target))
                found << at + room + " may not use " + target;
        }
    }
    return found;
}

QStringList longFunctions(const SourceFile &file, int limit)
{
    static const QRegularExpression open("^(\\s*)\\{$");
    QStringList found;
    for (int i = 1; i < file.lines.size(); ++i) {
        const auto match = open.match(file.lines[i]);
        if (!match.hasMatch())
            continue;
        const QString close = match.captured(1) + '}';
        int end = i;
        while (end < file.lines.size() && !file.lines[end].startsWith(close))
            ++end;
        if (end - i - 1 > limit)
            found << QStringLiteral("%1:%2: a function of %3 lines").arg(file.path).arg(i).arg(end - i - 1);
    }
    return found;
}

QStringList forbiddenCalls(const SourceFile &file)
{
    struct Rule {
        QRegularExpression pattern;
        QString reason;
        QStringList allowedIn; ///< path prefixes
    };
    static const std::vector<Rule> rules {
        { QRegularExpression(
              "(system|steady|high_resolution)_clock::now|QDateTime::current|QElapsedTimer|\\btime\\(nullptr\\)"),
          "time comes from Clock",
          { "common/base/", "tests/" } },
        { QRegularExpression(
              "QRandomGenerator|std::random_device|std::mt19937|\\brand\\(|RAND_(priv_)?bytes|randombytes_buf"),
          "chance comes from Random",
          { "common/base/" } },
        { QRegularExpression("\\b(sleep|usleep|nanosleep|sleep_for|sleep_until|msleep|qSleep)\\s*\\(|QTest::qWait\\("),
          "nothing sleeps",
          {} },
        { QRegularExpression("^\\s*throw\\b"), "we throw nothing", {} },
        { QRegularExpression("ignoreSslErrors"),
          "one file decides about TLS errors",
          { "common/net/web_socket_dialer.cpp" } },
        { QRegularExpression("\\bQFuture|\\bco_await\\b|\\bco_return\\b|QtConcurrent"),
          "no futures, no coroutines",
          {} },
        { QRegularExpression("\\bTODO\\b|\\bFIXME\\b|\\bXXX\\b"), "unfinished work is an issue, not a comment", {} },
    };
    QStringList found;
    if (file.path.startsWith("tests/lint/"))
        return found; // this folder spells the rules
    for (int i = 0; i < file.lines.size(); ++i)
        for (const auto &rule : rules) {
            const auto excused = std::any_of(rule.allowedIn.begin(), rule.allowedIn.end(),
                                             [&](const QString &prefix) { return file.path.startsWith(prefix); });
            if (!excused && rule.pattern.match(file.lines[i]).hasMatch())
                found << QStringLiteral("%1:%2: %3").arg(file.path).arg(i + 1).arg(rule.reason);
        }
    return found;
}

} // namespace kith::lint
