// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"

#include <QObject>

#include <functional>
#include <memory>

namespace kith {

/// One pending call. Destroying it cancels; move-only.
class Timer {
public:
    /// How an implementation is told to forget a call.
    struct Handle {
        virtual ~Handle() = default;
    };

    Timer() = default;
    explicit Timer(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) { }
    void cancel() { handle_.reset(); }
    bool isSet() const { return handle_ != nullptr; }

private:
    std::unique_ptr<Handle> handle_;
};

/// Where waiting comes from: the one way to be called later. Calls run on the thread that asked, in order of due time.
class Timers {
public:
    virtual ~Timers() = default;
    /// Calls `f` once, no earlier than `delay` from now, unless the Timer dies first. A Timer stays "set" after firing;
    /// assigning a new one is fine, also from inside `f`.
    [[nodiscard]] virtual Timer after(milliseconds delay, std::function<void()> f) = 0;
};

/// Timers of the calling thread's Qt event loop.
class QtTimers final : public Timers {
public:
    [[nodiscard]] Timer after(milliseconds delay, std::function<void()> f) override;
};

} // namespace kith
