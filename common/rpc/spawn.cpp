// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/spawn.h"

#include <QFile>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace kith::rpc {

namespace {

constexpr int keptFd = 3;

/// Descriptors 0 to 3 as promised, everything else closed. Only calls that signal-safety(7) allows after a fork.
void arrangeDescriptors(int pipeEnd, const char *errorFile)
{
    ::dup2(pipeEnd, keptFd);
    const int nothing = ::open("/dev/null", O_RDWR);
    const int errors = ::open(errorFile, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0600);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(nothing, STDOUT_FILENO);
    ::dup2(errors >= 0 ? errors : nothing, STDERR_FILENO);
    ::close_range(keptFd + 1, ~0U, 0);
}

/// Runs in the child of a fork.
[[noreturn]] void runChild(char *const *argv, int pipeEnd, const char *errorFile)
{
    ::setsid();
    if (::fork() != 0)
        ::_exit(0); // the grandchild belongs to init, which collects it
    arrangeDescriptors(pipeEnd, errorFile);
    for (int signal = 1; signal < NSIG; ++signal)
        ::signal(signal, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    if (::chdir("/") == 0)
        ::execv(argv[0], argv);
    ::_exit(127);
}

} // namespace

Result<int> spawnDetached(const QString &program, QStringList arguments, const QString &errorFile)
{
    arguments.replaceInStrings(QStringLiteral("{fd}"), QString::number(keptFd));
    std::vector<QByteArray> texts { QFile::encodeName(program) };
    for (const QString &argument : arguments)
        texts.push_back(argument.toLocal8Bit());
    std::vector<char *> argv;
    for (QByteArray &text : texts)
        argv.push_back(text.data());
    argv.push_back(nullptr);
    const QByteArray errors = QFile::encodeName(errorFile);

    int ends[2] = { -1, -1 };
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return Error { ErrorCode::io, std::string("pipe: ") + std::strerror(errno) };
    if (ends[1] <= keptFd) { // dup2 onto itself would keep close-on-exec, and 0 to 2 are about to be replaced
        const int moved = ::fcntl(ends[1], F_DUPFD_CLOEXEC, keptFd + 1);
        ::close(ends[1]);
        ends[1] = moved;
    }
    const pid_t child = ::fork();
    if (child == 0)
        runChild(argv.data(), ends[1], errors.constData());
    ::close(ends[1]);
    if (child < 0) {
        ::close(ends[0]);
        return Error { ErrorCode::io, std::string("fork: ") + std::strerror(errno) };
    }
    while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) { }
    return ends[0];
}

} // namespace kith::rpc
