// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/metrics_page.h"

#include <array>
#include <sstream>
#include <string>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace kith::bench {

namespace {

std::string pageOn(std::uint16_t port)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to {};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    std::string page;
    if (::connect(descriptor, reinterpret_cast<const sockaddr *>(&to), sizeof to) == 0) {
        const auto request =
            "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\nConnection: close\r\n\r\n";
        (void)!::write(descriptor, request.data(), request.size());
        std::array<char, 65'536> buffer;
        for (ssize_t got = 0; (got = ::read(descriptor, buffer.data(), buffer.size())) > 0;)
            page.append(buffer.data(), static_cast<std::size_t>(got));
    }
    ::close(descriptor);
    return page;
}

} // namespace

std::optional<double> metricOn(std::uint16_t port, std::string_view name)
{
    std::istringstream page(pageOn(port));
    std::optional<double> sum;
    for (std::string line; std::getline(page, line);) {
        const auto rest = line.starts_with(name) ? std::string_view(line).substr(name.size()) : std::string_view();
        if (rest.starts_with('{') || rest.starts_with(' '))
            sum = sum.value_or(0) + std::strtod(line.c_str() + line.rfind(' '), nullptr);
    }
    return sum;
}

} // namespace kith::bench
