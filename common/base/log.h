// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/bytes.h"

#include <QLoggingCategory>
#include <QString>

#include <functional>

namespace kith {

/// Defines a log category of this process inside a room: `KITH_LOG_CATEGORY(logStore, "kith.store")`.
#define KITH_LOG_CATEGORY(name, text) Q_LOGGING_CATEGORY(name, text, QtInfoMsg)

/// Where formatted lines go. `text` is one line without its end. Any thread, one call at a time.
using LogSink = std::function<void(QtMsgType level, const char *category, const QString &text)>;

enum class LogFormat { text, json };

/// Lines on standard error.
LogSink standardErrorSink(LogFormat format);

/// Lines in `path`, rotated at 4 MiB, four files kept (cli 5): path, path.1 ... path.3. Mode 0600.
LogSink fileSink(const QString &path, LogFormat format);

/// Sends every log line of the process, Qt's own included, to `sink`. `rules` as in QT_LOGGING_RULES. Call from main,
/// before a second thread exists. Log lines hold no content, no names, no keys (style H15).
void startLogging(LogSink sink, const QString &rules);

/// An id as logs may show it: 8 hex digits of HMAC-SHA256 under a salt drawn at process start (security S12).
QString logId(ByteView id);

} // namespace kith
