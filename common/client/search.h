// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/client/failure.h"
#include "common/client/search_words.h"
#include "common/client/values.h"

#include <optional>
#include <vector>

namespace kith::client {

namespace store {
class Database;
}

/// A message that was found, and the part of its text to show for it.
struct SearchHit {
    Message message;
    QString snippet;
    std::vector<SearchQuery::Range> ranges; ///< in the snippet
    bool cutStart = false, cutEnd = false; ///< the text goes on there
};
struct SearchPage {
    std::vector<SearchHit> hits; ///< the last that came first
    bool more = false;
};

/// Full-text search in the profile's messages (product UH2, UH3). Reads only.
class Search {
public:
    static constexpr int maxPage = 100;

    explicit Search(store::Database &database) : database_(database) { }

    /// `before`: the last hit of the page before. Errors: notFound for it; store's.
    Answer<SearchPage> find(const QString &typed, const std::optional<AccountId> &chat,
                            const std::optional<Mid> &before, int limit) const;

private:
    store::Database &database_;
};

} // namespace kith::client
