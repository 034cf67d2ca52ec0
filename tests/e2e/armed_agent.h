// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/e2e/stage.h"

namespace kith::e2e {

/// A person's agent as a child of the test that dies at a crash point. The agent that comes after it is an ordinary
/// one.
class ArmedAgent {
public:
    /// Ends the agent that runs and starts this one, which kills itself at the `pass`-th pass of `point`.
    ArmedAgent(Person &person, QByteArray point, int pass);

    bool isReady() const { return ready_; }
    bool isDead() const { return process_.state() == QProcess::NotRunning; }
    /// It is dead, by SIGKILL, and said that it was at its point.
    bool diedAtItsPoint();

private:
    QByteArray point_;
    QProcess process_;
    bool ready_ = false;
};

/// Starts `server` so that it kills itself at the `pass`-th pass of `point`. disarm() before the next start.
void arm(Server &server, const QByteArray &point, int pass);
void disarm(Server &server);
bool diedAtItsPoint(const Server &server, const QByteArray &point);

} // namespace kith::e2e
