// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/error.h"

#include <cassert>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace kith {

/// A T, or the reason why there is none. Never empty, never thrown (style 5.7, 5.8).
/// `E` differs from Error only where a closed protocol enum is the answer (wire::Fault).
template <class T, class E = Error>
class [[nodiscard]] Result {
public:
    using Value = T;

    Result(T value) : state_(std::in_place_index<0>, std::move(value)) { }
    Result(E error) : state_(std::in_place_index<1>, std::move(error)) { }
    /// A room's own class of error takes in an Error, so that KITH_TRY works across both.
    template <class F>
    requires(
        std::is_same_v<
            F, Error> && !std::is_same_v<E, Error> && !std::is_same_v<T, Error> && std::is_constructible_v<E, Error>)
        Result(F error)
        : state_(std::in_place_index<1>, E(std::move(error)))
    {
    }

    bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    T &value() & { return assert(ok()), *std::get_if<0>(&state_); }
    const T &value() const & { return assert(ok()), *std::get_if<0>(&state_); }
    /// By value: a range-for over a part of a temporary Result would outlive it.
    T value() && { return assert(ok()), std::move(*std::get_if<0>(&state_)); }
    T &operator*() & { return value(); }
    const T &operator*() const & { return value(); }
    T operator*() && { return std::move(*this).value(); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }

    const E &error() const & { return assert(!ok()), *std::get_if<1>(&state_); }
    E &&error() && { return assert(!ok()), std::move(*std::get_if<1>(&state_)); }

private:
    std::variant<T, E> state_;
};

/// Success without a value, or the reason for failure.
template <class E>
class [[nodiscard]] Result<void, E> {
public:
    using Value = void;

    Result() = default;
    Result(E error) : error_(std::move(error)) { }
    template <class F>
    requires(std::is_same_v<F, Error> && !std::is_same_v<E, Error> && std::is_constructible_v<E, Error>) Result(F error)
        : error_(E(std::move(error)))
    {
    }

    bool ok() const { return !error_; }
    explicit operator bool() const { return ok(); }

    const E &error() const & { return assert(error_), *error_; }
    E &&error() && { return assert(error_), std::move(*error_); }

private:
    std::optional<E> error_;
};

} // namespace kith

#define KITH_JOIN_(a, b) a##b
#define KITH_JOIN(a, b) KITH_JOIN_(a, b)
#define KITH_TRY_AS(declaration, expression, name) \
    auto name = (expression);                      \
    if (!name)                                     \
        return std::move(name).error();            \
    declaration = std::move(name).value()

/// `KITH_TRY(const auto row, read(id));` declares `row`, or returns the error to the caller. Two statements: not after
/// an `if` without braces.
#define KITH_TRY(declaration, expression) KITH_TRY_AS(declaration, expression, KITH_JOIN(kithTry, __LINE__))

/// `KITH_CHECK(write(row));` goes on, or returns the error to the caller.
#define KITH_CHECK(expression) KITH_CHECK_AS(expression, KITH_JOIN(kithCheck, __COUNTER__))
#define KITH_CHECK_AS(expression, name)     \
    do {                                    \
        auto name = (expression);           \
        if (!name)                          \
            return std::move(name).error(); \
    } while (false)
