// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/models/foreign_text.h"

#include <QRegularExpression>
#include <QTextBoundaryFinder>

namespace kith::gui {

namespace {

constexpr int mostMarks = 4; // Vietnamese and Hebrew need 2, Tibetan 3
constexpr qsizetype previewLength = 200;
constexpr qsizetype nameLength = 128;
constexpr QChar firstStrongIsolate { 0x2068 };
constexpr QChar popIsolate { 0x2069 };

bool isBidiControl(char32_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x061C;
}

bool isControl(char32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xFFFE || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFC)
        || (c >= 0xE0000 && c <= 0xE001F);
}

/// Copies `text` without what may not be shown; `spaced` turns line ends into spaces.
QString tamed(const QString &text, bool spaced)
{
    QString out;
    out.reserve(text.size());
    int marks = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t c = text[i].unicode();
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            c = QChar::surrogateToUcs4(text[i], text[i + 1]);
            ++i;
        }
        if (c == u'\n' || c == 0x2028 || c == 0x2029) {
            out.append(spaced ? u' ' : u'\n');
            continue;
        }
        if (c == u'\t') {
            out.append(u' ');
            continue;
        }
        if (isControl(c) || isBidiControl(c) || QChar::isSurrogate(c))
            continue;
        const auto category = QChar::category(c);
        const bool isMark = category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing;
        marks = isMark ? marks + 1 : 0;
        if (marks > mostMarks && !QChar::requiresSurrogates(c) && c != 0xFE0F)
            continue;
        out.append(QChar::fromUcs4(c));
    }
    return out;
}

bool isEmojiBase(char32_t c)
{
    return (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x27BF) || (c >= 0x1F1E6 && c <= 0x1F1FF)
        || (c >= 0x2B00 && c <= 0x2BFF) || (c >= 0x2190 && c <= 0x21FF && c != 0x2192) || c == 0x2B50 || c == 0x203C
        || c == 0x2049 || c == 0x2122 || c == 0x2139 || (c >= 0x2300 && c <= 0x23FF) || c == 0x3030 || c == 0x3297
        || c == 0x1F004 || c == 0x1F0CF || (c >= 0x1F170 && c <= 0x1F251);
}

bool isEmojiPart(char32_t c)
{
    return isEmojiBase(c) || c == 0x200D || c == 0xFE0F || c == 0x20E3 || (c >= 0x1F3FB && c <= 0x1F3FF)
        || (c >= 0xE0020 && c <= 0xE007F);
}

} // namespace

QString shownName(const QString &name)
{
    const QString plain = tamed(name.left(nameLength), true).simplified();
    return plain.isEmpty() ? QString() : firstStrongIsolate + plain + popIsolate;
}

QString shownText(const QString &text)
{
    return tamed(text, false);
}

QString shownLine(const QString &text)
{
    return tamed(text.left(previewLength), true).simplified();
}

bool isRightToLeft(QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t c = text[i].unicode();
        if (text[i].isHighSurrogate() && i + 1 < text.size()) {
            c = QChar::surrogateToUcs4(text[i], text[i + 1]);
            ++i;
        }
        switch (QChar::direction(c)) {
        case QChar::DirL:
            return false;
        case QChar::DirR:
        case QChar::DirAL:
            return true;
        default:
            break;
        }
    }
    return false;
}

bool isJumbo(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty() || trimmed.size() > 48) // a family of four with skin tones has 15 units
        return false;
    const auto points = trimmed.toUcs4();
    const bool allEmoji = std::all_of(points.begin(), points.end(), [](uint c) { return isEmojiPart(c); });
    const bool hasBase = std::any_of(points.begin(), points.end(), [](uint c) { return isEmojiBase(c); });
    if (!allEmoji || !hasBase)
        return false;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, trimmed);
    int count = 0;
    while (finder.toNextBoundary() > 0)
        ++count;
    return count >= 1 && count <= 3;
}

QString initialsOf(const QString &name)
{
    QStringList words;
    for (const QString &word : name.split(u' ', Qt::SkipEmptyParts)) {
        const auto points = word.toUcs4();
        const auto letter =
            std::find_if(points.begin(), points.end(), [](uint c) { return QChar::isLetterOrNumber(c); });
        if (letter != points.end())
            words.append(QString::fromUcs4(reinterpret_cast<const char32_t *>(&*letter), 1));
    }
    if (words.isEmpty())
        return {};
    return words.size() == 1 ? words.first().toUpper() : (words.first() + words.last()).toUpper();
}

int hueOf(const QString &identity)
{
    quint32 hash = 2166136261u; // FNV-1a
    for (const QChar c : identity)
        hash = (hash ^ c.unicode()) * 16777619u;
    return static_cast<int>((hash * 2654435769u) >> 29);
}

QString firstLink(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("https?://[^\\s<>\"]{1,2000}"),
                                            QRegularExpression::CaseInsensitiveOption);
    QString link = pattern.match(text.left(8192)).captured();
    while (!link.isEmpty() && QStringLiteral(".,;:!?)]}'").contains(link.back()))
        link.chop(1);
    return link;
}

} // namespace kith::gui
