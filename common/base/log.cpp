// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/log.h"

#include "common/base/clock.h"
#include "common/base/hash.h"
#include "common/base/random.h"

#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>
#include <cstdio>
#include <memory>
#include <mutex>

namespace kith {

namespace {

constexpr qint64 maxFileBytes = qint64 { 4 } * 1024 * 1024; // cli 5
constexpr int keptFiles = 4;

const char *levelName(QtMsgType level)
{
    switch (level) {
    case QtDebugMsg:
        return "debug";
    case QtInfoMsg:
        return "info";
    case QtWarningMsg:
        return "warning";
    case QtCriticalMsg:
        return "error";
    case QtFatalMsg:
        return "fatal";
    }
    return "error";
}

QByteArray formatLine(LogFormat format, QtMsgType level, const char *category, const QString &text)
{
    const auto stamp = QDateTime::fromMSecsSinceEpoch(toMs(SystemClock().now()), Qt::UTC).toString(Qt::ISODateWithMs);
    if (format == LogFormat::json) {
        const QJsonObject line {
            { "time", stamp }, { "level", levelName(level) }, { "category", category }, { "message", text }
        };
        return QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
    }
    return QStringLiteral("%1 %2 %3: %4\n").arg(stamp, levelName(level), category, text).toUtf8();
}

void rotate(const QString &path)
{
    QFile::remove(path + '.' + QString::number(keptFiles - 1));
    for (int i = keptFiles - 2; i >= 1; --i)
        QFile::rename(path + '.' + QString::number(i), path + '.' + QString::number(i + 1));
    QFile::rename(path, path + ".1");
}

/// The process's one sink: a C function pointer is all that Qt's message handler takes.
struct Installed {
    std::mutex mutex;
    LogSink sink;
};
Installed &installed()
{
    static Installed value;
    return value;
}

void handle(QtMsgType level, const QMessageLogContext &context, const QString &text)
{
    auto &log = installed();
    const std::scoped_lock lock(log.mutex);
    if (log.sink)
        log.sink(level, context.category ? context.category : "default", text);
}

} // namespace

LogSink standardErrorSink(LogFormat format)
{
    return [format](QtMsgType level, const char *category, const QString &text) {
        const QByteArray line = formatLine(format, level, category, text);
        std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
    };
}

LogSink fileSink(const QString &path, LogFormat format)
{
    const auto file = std::make_shared<QFile>(path); // shared: std::function must be copyable
    return [file, path, format](QtMsgType level, const char *category, const QString &text) {
        if (file->isOpen() && file->size() > maxFileBytes) {
            file->close();
            rotate(path);
        }
        if (!file->isOpen()) {
            if (!file->open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
                return; // a full or absent disk must not stop the program that wants to tell about it
            file->setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        }
        file->write(formatLine(format, level, category, text));
    };
}

void startLogging(LogSink sink, const QString &rules)
{
    installed().sink = std::move(sink);
    if (!rules.isEmpty())
        QLoggingCategory::setFilterRules(QString(rules).replace(';', '\n'));
    qInstallMessageHandler(handle);
}

QString logId(ByteView id)
{
    static const auto salt = [] {
        std::array<std::uint8_t, 32> octets {};
        if (!SystemRandom().fill(octets))
            octets.fill(0); // then ids are only unsalted hashes in this process's log
        return octets;
    }();
    const Sha256 mac = hmacSha256(salt, id);
    return QString::fromStdString(toHex(ByteView(mac.octets).first(4)));
}

} // namespace kith
