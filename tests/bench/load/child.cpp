// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/child.h"

#include "tests/bench/load/loop.h"

#include <csignal>
#include <fstream>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kith::bench {

namespace {

void pause()
{
    ::poll(nullptr, 0, 5); // milliseconds
}

void redirect(const std::string &file, int descriptor)
{
    const int opened = ::open(file.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
    ::dup2(opened, descriptor);
}

/// In the new process; does not return.
void become(const Child::Command &command)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::chdir(command.folder.c_str()) != 0)
        ::_exit(127);
    for (const auto &[name, value] : command.environment)
        ::setenv(name.c_str(), value.c_str(), 1);
    redirect("out.log", STDOUT_FILENO);
    redirect("err.log", STDERR_FILENO);
    std::vector<char *> words;
    for (const auto &word : command.words)
        words.push_back(const_cast<char *>(word.c_str())); // execvp's C signature; it writes nothing
    words.push_back(nullptr);
    ::execvp(words.front(), words.data());
    ::_exit(127);
}

} // namespace

Child::~Child()
{
    kill();
}

Child::Child(Child &&other) noexcept : pid_(std::exchange(other.pid_, 0)), output_(std::move(other.output_)) { }

Child &Child::operator=(Child &&other) noexcept
{
    std::swap(pid_, other.pid_);
    std::swap(output_, other.output_);
    return *this;
}

Result<Child> Child::start(const Command &command)
{
    Child child;
    child.output_ = command.folder + "/out.log";
    ::unlink(child.output_.c_str());
    child.pid_ = ::fork();
    if (child.pid_ < 0)
        return Error { ErrorCode::io, "no new process" };
    if (child.pid_ == 0)
        become(command);
    return child;
}

bool Child::isRunning()
{
    if (pid_ != 0 && ::waitpid(pid_, nullptr, WNOHANG) == pid_)
        pid_ = 0;
    return pid_ != 0;
}

Result<std::string> Child::firstLine(double limit)
{
    const double end = now() + limit;
    while (now() < end) {
        std::ifstream file(output_);
        std::string line;
        if (std::getline(file, line) && !file.eof())
            return line;
        if (!isRunning())
            return Error { ErrorCode::io, "the program ended before it was ready; see err.log" };
        pause();
    }
    return Error { ErrorCode::timeout, "the program is not ready in time" };
}

bool Child::end(double limit)
{
    const double last = now() + limit;
    while (isRunning() && now() < last)
        pause();
    return !isRunning();
}

void Child::stop(double patience)
{
    if (isRunning())
        ::kill(pid_, SIGTERM);
    if (end(patience))
        return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
}

} // namespace kith::bench
