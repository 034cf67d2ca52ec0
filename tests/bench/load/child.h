// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"

#include <map>
#include <string>
#include <vector>

#include <sys/types.h>

namespace kith::bench {

/// A program that runs in the foreground beside the generator and ends with it.
class Child {
public:
    struct Command {
        std::vector<std::string> words; ///< the program first
        std::map<std::string, std::string> environment; ///< on top of our own
        std::string folder; ///< its working directory; it logs to out.log and err.log in it
    };
    Child() = default;
    ~Child();
    Child(Child &&other) noexcept;
    Child &operator=(Child &&other) noexcept;

    /// Errors: io.
    static Result<Child> start(const Command &command);

    pid_t pid() const { return pid_; }
    bool isRunning();
    /// The first line it wrote to standard output. Errors: timeout, io (it ended).
    Result<std::string> firstLine(double limit);
    /// Waits until it has ended by itself; false when it did not in time.
    bool end(double limit);
    /// Asks it to end, then makes it; returns when it is gone.
    void stop(double patience = 20);
    void kill() { stop(0); }

private:
    pid_t pid_ = 0;
    std::string output_; ///< the file that takes its standard output
};

} // namespace kith::bench
