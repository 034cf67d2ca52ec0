// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/error.h"

#include <QPointer>

#include <cassert>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace kith {

/// The shared half of a Task and its Promise. One thread.
template <class T>
struct TaskState {
    std::optional<T> value;
    std::function<void(T)> continuation;
    QPointer<QObject> context;
    bool done = false;

    void complete(T result)
    {
        assert(!done);
        done = true;
        if (!continuation) {
            value = std::move(result);
            return;
        }
        const auto call = std::exchange(continuation, nullptr);
        if (context)
            call(std::move(result));
    }
};

/// A value that comes once, on this thread. The continuation needs a context object and never runs after it has died;
/// it runs at once if the value is there already (style 5.17). Neither futures nor coroutines: F4-F7 of the design.
template <class T>
class [[nodiscard]] Task {
public:
    explicit Task(std::shared_ptr<TaskState<T>> state) : state_(std::move(state)) { }

    static Task ready(T value)
    {
        auto state = std::make_shared<TaskState<T>>();
        state->complete(std::move(value));
        return Task(std::move(state));
    }

    bool isReady() const { return state_->value.has_value(); }

    /// Runs `f(T)` once. Call at most once.
    template <class F>
    void then(QObject *context, F f)
    {
        assert(context && !state_->continuation);
        if (state_->value) {
            f(std::move(*std::exchange(state_->value, std::nullopt)));
            return;
        }
        state_->context = context;
        state_->continuation = std::move(f);
    }

    /// A task for `f(T)`, which must return a U.
    template <class F, class U = std::invoke_result_t<F, T>>
    Task<U> map(QObject *context, F f)
    {
        auto next = std::make_shared<TaskState<U>>();
        then(context, [next, f = std::move(f)](T value) { next->complete(f(std::move(value))); });
        return Task<U>(next);
    }

private:
    std::shared_ptr<TaskState<T>> state_;
};

/// The side that completes a Task, exactly once. Dying before that completes it with `cancelled` where T can say so.
template <class T>
class Promise {
public:
    Promise() : state_(std::make_shared<TaskState<T>>()) { }
    Promise(Promise &&other) noexcept : state_(std::exchange(other.state_, nullptr)) { }
    Promise &operator=(Promise &&other) noexcept
    {
        std::swap(state_, other.state_);
        return *this;
    }
    Promise(const Promise &) = delete;
    Promise &operator=(const Promise &) = delete;
    ~Promise()
    {
        if constexpr (std::is_constructible_v<T, Error>) {
            if (state_ && !state_->done)
                state_->complete(T(Error { ErrorCode::cancelled, "nobody is left to answer" }));
        }
    }

    Task<T> task() const { return Task<T>(state_); }
    void complete(T value) { state_->complete(std::move(value)); }
    bool isDone() const { return !state_ || state_->done; }

private:
    std::shared_ptr<TaskState<T>> state_;
};

} // namespace kith
