// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/peers/xml_scan.h"

#include <string>

namespace kith::bench {

Element firstElement(std::string_view bytes)
{
    if (bytes.empty() || bytes[0] != '<')
        return { {}, bytes.substr(0, 1) };
    const auto close = bytes.find('>');
    if (close == std::string_view::npos)
        return {};
    const auto tag = bytes.substr(0, close + 1);
    if (tag.starts_with("<?") || tag.starts_with("</"))
        return { {}, tag };
    const auto name = tag.substr(1, tag.find_first_of(" \t\r\n/>", 1) - 1);
    if (name == "stream:stream" || tag[tag.size() - 2] == '/')
        return { name, tag };
    const std::string end = "</" + std::string(name) + '>';
    const auto at = bytes.find(end, close);
    if (at == std::string_view::npos)
        return {};
    return { name, bytes.substr(0, at + end.size()) };
}

std::string_view attribute(std::string_view element, std::string_view name)
{
    const auto tag = element.substr(0, element.find('>'));
    for (auto at = tag.find(name); at != std::string_view::npos; at = tag.find(name, at + 1)) {
        const auto quote = at + name.size() + 1;
        if (tag[at - 1] != ' ' || quote >= tag.size() || tag[quote - 1] != '=')
            continue;
        const auto end = tag.find(tag[quote], quote + 1);
        return tag.substr(quote + 1, end - quote - 1);
    }
    return {};
}

} // namespace kith::bench
