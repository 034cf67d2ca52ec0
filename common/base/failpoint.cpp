// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/failpoint.h"

#ifdef KITH_TESTING
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace kith {

void failpoint(const char *name, const std::function<void()> &lastAct)
{
    struct Armed {
        std::string_view name;
        std::atomic<int> passesLeft { 0 };
    };
    static Armed armed;
    static const bool set = [] {
        const char *text = std::getenv("FAILPOINT");
        const std::string_view rule = text ? text : "";
        const auto colon = rule.find(':');
        armed.name = rule.substr(0, colon);
        armed.passesLeft = colon == std::string_view::npos ? 1 : std::atoi(text + colon + 1);
        return !armed.name.empty();
    }();
    if (!set || armed.name != name || armed.passesLeft.fetch_sub(1) != 1)
        return;
    if (lastAct)
        lastAct();
    std::fprintf(stderr, "failpoint %s\n", name);
    std::raise(SIGKILL);
}

} // namespace kith
#endif
