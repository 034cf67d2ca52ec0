// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/app/desktop.h"
#include "tests/support/gui/scripted_agent.h"

#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>

#include <memory>

namespace kith::test {

/// A clock that stands still on the wall, so that a picture of today is the same tomorrow.
class StandingClock final : public Clock {
public:
    explicit StandingClock(WallTime wall) : wall_(wall) { }
    WallTime now() const override { return wall_; }
    MonoTime monotonic() const override { return real_.monotonic(); }

private:
    WallTime wall_;
    SystemClock real_;
};

/// The window of the product on a scripted agent.
class Stage final {
public:
    static constexpr qint64 now = 1'773'930'720'000; // Thursday 19 March 2026, 14:32 UTC

    Stage();
    ~Stage();

    /// Builds the window and shows it. False when QML has an error.
    bool open(QSize size);
    /// The first item or object below the window with an object name.
    QQuickItem *item(const char *name);
    QObject *object(const char *name);
    QImage grab();
    /// Turns the loop until `done` or 10 s.
    bool until(const std::function<bool()> &done);
    /// Everything that was asked has been answered and laid out.
    void settle();
    /// What QML and Qt said on the console.
    QStringList complaints() const;

    ScriptedAgent agent;
    StandingClock clock { fromMs(now) };
    QtTimers timers;
    SystemRandom random;
    std::unique_ptr<gui::Desk> desk;
    std::unique_ptr<gui::Desktop> desktop;
    std::unique_ptr<QQmlApplicationEngine> engine;
    QQuickWindow *window = nullptr;
};

/// Before the first Stage of a program: fonts, style, software renderer, no motion.
void prepareStage();

} // namespace kith::test
