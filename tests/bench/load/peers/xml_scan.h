// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

/// Enough of XML for the streams of a server that we started ourselves: elements, one after another, and attributes.
namespace kith::bench {

struct Element {
    std::string_view name; ///< empty: white space, the XML declaration or the end of the stream
    std::string_view text; ///< all of it; of stream:stream the start tag
};

/// The element at the start of `bytes`; its `text` is empty while a part is missing.
Element firstElement(std::string_view bytes);
/// Of the start tag; empty when it is not there.
std::string_view attribute(std::string_view element, std::string_view name);

} // namespace kith::bench
