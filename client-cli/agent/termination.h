// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace kith::agent {

/// SIGTERM, SIGINT and SIGHUP as a Qt signal. One object a process, made before a second thread is.
class Termination final : public QObject {
    Q_OBJECT
public:
    Termination();
    ~Termination() override;

Q_SIGNALS:
    void requested();

private:
    int fd_ = -1;
    std::unique_ptr<QSocketNotifier> notifier_;
};

} // namespace kith::agent
