// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/search.h"

#include "common/client/quote.h"
#include "common/client/store/database.h"

#include <algorithm>
#include <limits>

namespace kith::client {

namespace {

constexpr qsizetype snippetSize = 160, leadSize = 40; // UTF-16 units: all, and before the first mark

/// `at`, or one less where it would cut a character in two.
qsizetype betweenCharacters(const QString &text, qsizetype at)
{
    return at > 0 && at < text.size() && text.at(at).isLowSurrogate() ? at - 1 : at;
}

SearchHit hitOf(Message message, const SearchQuery &query)
{
    const QString text = QString::fromStdString(message.text);
    const auto ranges = query.rangesIn(text);
    const qsizetype lead = ranges.empty() ? 0 : std::max<qsizetype>(0, ranges.front().start - leadSize);
    const qsizetype from = betweenCharacters(text, lead);
    const qsizetype to = betweenCharacters(text, std::min(text.size(), from + snippetSize));
    SearchHit hit { std::move(message), text.mid(from, to - from), {}, from > 0, to < text.size() };
    for (const auto &range : ranges) {
        if (range.start < to)
            hit.ranges.push_back({ range.start - from, std::min(range.length, to - range.start) });
    }
    return hit;
}

} // namespace

Answer<SearchPage> Search::find(const QString &typed, const std::optional<AccountId> &chat,
                                const std::optional<Mid> &before, int limit) const
{
    limit = std::clamp(limit, 1, maxPage);
    const SearchQuery query(typed);
    if (query.isEmpty())
        return SearchPage {};
    auto below = std::numeric_limits<std::int64_t>::max();
    if (before) {
        KITH_TRY(const auto row, database_.messages().find(*before));
        if (!row)
            return Failure { FailureCode::notFound, "no such message in this profile" };
        below = row->id;
    }
    KITH_TRY(auto rows, database_.messages().matching(query.match(), chat, below, limit + 1));
    SearchPage page;
    page.more = rows.size() > static_cast<std::size_t>(limit);
    if (page.more)
        rows.pop_back();
    for (const auto &row : rows) {
        KITH_TRY(auto message, shownMessage(database_, row));
        page.hits.push_back(hitOf(std::move(message), query));
    }
    return page;
}

} // namespace kith::client
