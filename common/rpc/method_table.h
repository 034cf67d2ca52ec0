// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <span>

namespace kith::rpc {

/// The API that `hello` negotiates: another major is another language, a greater minor only adds.
constexpr int apiMajor = 1;
constexpr int apiMinor = 1;

/// What a method needs before it can run.
enum class Needs {
    nothing, ///< answers also while locked, opening or unregistered
    openStore, ///< otherwise `locked`, or `unregistered`; while opening it waits
};

/// Whether a repeat must be recognised.
enum class Effect {
    none, ///< reads, or may be repeated by its nature (lock, ack, typing)
    keyed, ///< takes `key?`; the same key answers the first result for 30 days (cli 1.3)
};

/// Whether the line of a call must be wiped after use (security B3).
enum class Params { plain, secret };

/// One method of cli 7.2.
struct Method {
    const char *name;
    Needs needs;
    Effect effect;
    Params params;
    const char *summary;

    QString paramsSchema() const; ///< name for SchemaSet::validate
    QString resultSchema() const;
};

enum class Delivery {
    durable, ///< in the event log, with a cursor
    transient, ///< may be dropped
};

/// One event type of cli 7.4.
struct EventType {
    const char *name;
    Delivery delivery;
    const char *summary;

    QString schema() const;
};

std::span<const Method> methodTable();
std::span<const EventType> eventTable();
/// The method of that name, or null.
const Method *findMethod(QStringView name);
/// The event type of that name, or null.
const EventType *findEvent(QStringView name);

} // namespace kith::rpc
