// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/task.h"

#include <vector>

namespace kith {

/// One task for the values of all `tasks`, in their order; ready when the last of them is. `context` as in Task::then.
template <class T>
Task<std::vector<T>> whenAll(QObject *context, std::vector<Task<T>> tasks)
{
    struct Gathering { // shared by the continuations: whichever runs last completes the promise
        std::vector<std::optional<T>> values;
        std::size_t open = 0;
        Promise<std::vector<T>> promise;

        void put(std::size_t index, T value)
        {
            values[index] = std::move(value);
            if (--open > 0)
                return;
            std::vector<T> all;
            all.reserve(values.size());
            for (auto &one : values)
                all.push_back(std::move(*one));
            promise.complete(std::move(all));
        }
    };
    auto gathering = std::make_shared<Gathering>();
    auto result = gathering->promise.task();
    gathering->values.resize(tasks.size());
    gathering->open = tasks.size();
    if (tasks.empty())
        gathering->promise.complete({});
    for (std::size_t i = 0; i < tasks.size(); ++i)
        tasks[i].then(context, [gathering, i](T value) { gathering->put(i, std::move(value)); });
    return result;
}

} // namespace kith
