// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/task.h"

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QObject>

namespace kith::support {

/// Turns the calling thread's event loop until `task` is done. A task that never comes ends the test program.
template <class T>
T await(Task<T> task)
{
    QObject context;
    std::optional<T> answer;
    task.then(&context, [&](T value) { answer.emplace(std::move(value)); });
    QEventLoop loop;
    const QDeadlineTimer deadline(30'000);
    while (!answer) {
        loop.processEvents(QEventLoop::AllEvents, 10);
        if (!answer && deadline.hasExpired())
            qFatal("a task was never completed");
    }
    return std::move(*answer);
}

} // namespace kith::support
