// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace kith::cli {

/// SIGINT as an event: the first one asks for a clean stop, the second ends the process at once with 130 (cli 3).
/// One per process, made in main.
class Interrupt final : public QObject {
    Q_OBJECT
public:
    Interrupt();
    ~Interrupt() override;

    bool isRaised() const;

Q_SIGNALS:
    void raised();

private:
    std::unique_ptr<QSocketNotifier> notifier_;
};

} // namespace kith::cli
