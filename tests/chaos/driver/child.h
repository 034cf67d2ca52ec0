// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/timers.h"

#include <QJsonObject>
#include <QProcess>

#include <functional>
#include <memory>
#include <optional>

namespace kith::chaos {

/// How a process ended.
struct Death {
    bool killed = false; ///< by SIGKILL: its own at a crash point, or ours
    int code = 0;
    QString point; ///< the crash point that its last words name, or empty
};

/// One of the built programs as a process that comes back under the same name: its standard error gathers in one file,
/// its standard output is JSON lines.
class Child final : public QObject {
public:
    std::function<void(const QJsonObject &)> onLine;
    std::function<void(const Death &)> onDeath;

    Child(QString program, QString errorFile) : program_(std::move(program)), errorFile_(std::move(errorFile)) { }
    ~Child() override;

    void start(const QStringList &arguments, const QProcessEnvironment &environment);
    void say(const QByteArray &line);
    bool isRunning() const { return process_ && process_->state() != QProcess::NotRunning; }
    qint64 pid() const { return process_ ? process_->processId() : 0; }
    void signal(int number) const;

private:
    void ended(int code, bool killed);

    QString program_, errorFile_;
    std::unique_ptr<QProcess> process_;
    qint64 errorsBefore_ = 0; ///< size of the file at the start
};

/// Our environment without what would reach into the children.
QProcessEnvironment cleanEnvironment();

} // namespace kith::chaos
