// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>
#include <vector>

namespace kith::client {

/// A word as search sees it: without case, accents and apostrophes; a character of a script without spaces (Chinese,
/// Japanese, Thai ...) and an emoji are words of their own, so that any part of such a text is found.
struct SearchWord {
    QString folded;
    qsizetype start = 0, length = 0; ///< in the text, UTF-16 units
    bool joined = false; ///< nothing stands between it and the word before
};
std::vector<SearchWord> wordsOf(const QString &text);

/// The words of a message as the index keeps them, one space between two.
std::string indexedWords(const std::string &text);

/// What a person typed to search: phrases that must all occur; the last word of the last may be a beginning.
class SearchQuery {
public:
    static constexpr std::size_t mostWords = 16;

    explicit SearchQuery(const QString &typed);
    /// Nothing to look for.
    bool isEmpty() const { return phrases_.empty(); }
    /// For MATCH: made of quoted, folded words alone (security L2).
    std::string match() const;

    struct Range {
        qsizetype start = 0, length = 0;
    };
    /// Where it occurs: ascending, without overlap.
    std::vector<Range> rangesIn(const QString &text) const;

private:
    bool fits(const SearchWord &word, std::size_t phrase, std::size_t at) const;

    std::vector<std::vector<QString>> phrases_;
};

} // namespace kith::client
