// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/pager.h"

#include <csignal>
#include <cstdio>

namespace kith::cli {

bool page(const QByteArray &text)
{
    QByteArray command = qgetenv("KITH_PAGER");
    if (command.isEmpty())
        command = qgetenv("PAGER");
    if (command.isEmpty())
        command = "less -FRX"; // leaves at once when the text fits
    if (command == "cat" || qgetenv("TERM") == "dumb")
        return false;
    const auto before = ::signal(SIGPIPE, SIG_IGN); // left before the end
    std::FILE *pager = ::popen(command.constData(), "w"); // PAGER is a shell command by convention
    if (!pager)
        return false;
    std::fwrite(text.constData(), 1, static_cast<std::size_t>(text.size()), pager);
    constexpr int notFound = 127 << 8; // of the shell
    const bool shown = ::pclose(pager) != notFound;
    ::signal(SIGPIPE, before);
    return shown;
}

} // namespace kith::cli
