// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/content_check.h"

#include <algorithm>

namespace kith::client {

Result<void> checkOrigin(const wire::ContentHeader &header, const Origin &origin)
{
    const auto wrong = [](const char *what) { return Error { ErrorCode::invalid, what }; };
    if (header.sender.account != origin.sender.account)
        return wrong("a content of another sender");
    if (header.sender.number != origin.sender.number)
        return wrong("a content of another device");
    if (header.recipient != origin.self)
        return wrong("a content for another recipient");
    if (!(header.chat == wire::PairChat::of(origin.sender.account, origin.self)))
        return wrong("a content of another chat");
    if (header.mid != origin.mid)
        return wrong("a content under another message id");
    return {};
}

WallTime effectiveTime(WallTime clientTime, WallTime serverTime)
{
    constexpr milliseconds reach { 5 * 60 * 1000 };
    return std::clamp(clientTime, serverTime - reach, serverTime + reach);
}

} // namespace kith::client
