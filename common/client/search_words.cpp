// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/search_words.h"

#include <algorithm>

namespace kith::client {

namespace {

constexpr qsizetype longestWord = 64; // of an index term; what is behind it is not searched
constexpr qsizetype shortestBeginning = 2; // one letter would match half of all words

bool isApostrophe(char32_t c)
{
    return c == U'\'' || c == U'\u2019' || c == U'\u02BC';
}

/// Has no spaces between words, or is a sign of its own.
bool standsAlone(char32_t c)
{
    switch (QChar::script(c)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return true;
    default:
        return QChar::category(c) == QChar::Symbol_Other;
    }
}

bool isOfWord(char32_t c)
{
    return QChar::isLetterOrNumber(c) || QChar::isMark(c) || standsAlone(c);
}

void appendFolded(QString &word, char32_t c)
{
    if (word.size() >= longestWord)
        return;
    if (c < 0x80) {
        word += QChar(static_cast<char16_t>(c)).toLower();
        return;
    }
    const QString parts = QString::fromUcs4(&c, 1).normalized(QString::NormalizationForm_KD).toUpper().toLower();
    for (const char32_t part : parts.toUcs4()) {
        const bool isSeparator = part < 0x80 && !QChar::isLetterOrNumber(part); // as the index's tokenizer sees it
        if (!QChar::isMark(part) && !isSeparator)
            word += QString::fromUcs4(&part, 1);
    }
}

/// Cuts a text into words, one character after the other.
class Cutter {
public:
    void take(char32_t c, qsizetype at, qsizetype size)
    {
        if (isApostrophe(c) && isOpen_) {
            ++apostrophes_; // belongs to the word if letters follow
            return;
        }
        if (!isOfWord(c)) {
            end();
            touches_ = false;
            return;
        }
        const bool alone = standsAlone(c) && !QChar::isMark(c);
        if (alone || !isOpen_ || wasAlone_ != alone)
            begin(at);
        appendFolded(words_.back().folded, c);
        words_.back().length = at + size - words_.back().start;
        wasAlone_ = alone || (wasAlone_ && QChar::isMark(c));
        apostrophes_ = 0;
    }
    std::vector<SearchWord> words()
    {
        std::erase_if(words_, [](const SearchWord &word) { return word.folded.isEmpty(); });
        return std::move(words_);
    }

private:
    void begin(qsizetype at)
    {
        words_.push_back({ {}, at, 0, touches_ && apostrophes_ == 0 });
        isOpen_ = true;
        touches_ = true;
    }
    void end()
    {
        isOpen_ = false;
        apostrophes_ = 0;
    }

    std::vector<SearchWord> words_;
    bool isOpen_ = false, wasAlone_ = false, touches_ = false;
    int apostrophes_ = 0;
};

} // namespace

std::vector<SearchWord> wordsOf(const QString &text)
{
    Cutter cutter;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool pair = text.at(i).isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate();
        const char32_t c = pair ? QChar::surrogateToUcs4(text.at(i), text.at(i + 1)) : text.at(i).unicode();
        cutter.take(c, i, pair ? 2 : 1);
        i += pair ? 1 : 0;
    }
    return cutter.words();
}

std::string indexedWords(const std::string &text)
{
    QString joined;
    for (const SearchWord &word : wordsOf(QString::fromStdString(text)))
        joined += (joined.isEmpty() ? QString() : QStringLiteral(" ")) + word.folded;
    return joined.toStdString();
}

SearchQuery::SearchQuery(const QString &typed)
{
    auto words = wordsOf(typed);
    words.resize(std::min(words.size(), mostWords));
    for (const SearchWord &word : words) {
        if (phrases_.empty() || !word.joined)
            phrases_.emplace_back();
        phrases_.back().push_back(word.folded);
    }
}

std::string SearchQuery::match() const
{
    QString match;
    for (std::size_t i = 0; i < phrases_.size(); ++i) {
        const QString words = QStringList(phrases_[i].begin(), phrases_[i].end()).join(u' ');
        const bool isBeginning = i + 1 == phrases_.size() && phrases_[i].back().size() >= shortestBeginning;
        match += QStringLiteral(" \"%1%2\"").arg(words, isBeginning ? QStringLiteral("*") : QString());
    }
    return match.toStdString();
}

bool SearchQuery::fits(const SearchWord &word, std::size_t phrase, std::size_t at) const
{
    const QString &wanted = phrases_[phrase][at];
    const bool isLast = phrase + 1 == phrases_.size() && at + 1 == phrases_[phrase].size();
    return isLast && wanted.size() >= shortestBeginning ? word.folded.startsWith(wanted) : word.folded == wanted;
}

std::vector<SearchQuery::Range> SearchQuery::rangesIn(const QString &text) const
{
    const auto words = wordsOf(text);
    std::vector<Range> ranges;
    for (std::size_t first = 0; first < words.size(); ++first) {
        std::size_t longest = 0;
        for (std::size_t phrase = 0; phrase < phrases_.size(); ++phrase) {
            const std::size_t size = phrases_[phrase].size();
            std::size_t at = 0;
            while (at < size && first + at < words.size() && fits(words[first + at], phrase, at))
                ++at;
            longest = at == size ? std::max(longest, size) : longest;
        }
        if (longest == 0)
            continue;
        const SearchWord &last = words[first + longest - 1];
        ranges.push_back({ words[first].start, last.start + last.length - words[first].start });
        first += longest - 1;
    }
    return ranges;
}

} // namespace kith::client
