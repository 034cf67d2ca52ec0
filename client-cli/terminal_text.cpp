// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/terminal_text.h"

namespace kith::cli {

namespace {

constexpr char32_t replacement = 0xfffd;

bool isSurrogate(char32_t c)
{
    return c >= 0xd800 && c <= 0xdfff;
}

/// Whether a terminal, or the eye of a reader, may be led astray by `c`.
bool isHostile(char32_t c)
{
    if (c < 0x20)
        return c != '\n' && c != '\t';
    if (c >= 0x7f && c <= 0x9f) // DEL and C1, among them CSI and OSC
        return true;
    if (c == 0x2028 || c == 0x2029) // line and paragraph separator
        return true;
    if ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)) // bidirectional control
        return true;
    if (c >= 0xfff9 && c <= 0xfffb) // interlinear annotation
        return true;
    return isSurrogate(c) || (c >= 0xe0000 && c <= 0xe001f); // language tags; the tags of flag emoji stay
}

/// Calls `f` with every code point; a lone surrogate comes as itself.
template <class F>
void forEachCodePoint(QStringView text, F f)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate()) {
            f(QChar::surrogateToUcs4(c, text.at(i + 1)));
            ++i;
        } else {
            f(static_cast<char32_t>(c.unicode()));
        }
    }
}

void append(QString &out, char32_t c)
{
    out.append(QStringView(QChar::fromUcs4(c)));
}

QString hex(char32_t c, int digits)
{
    return QStringLiteral("%1").arg(static_cast<uint>(c), digits, 16, QLatin1Char('0'));
}

bool isWide(char32_t c)
{
    return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0x303e) || (c >= 0x3041 && c <= 0xa4cf)
        || (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe6f)
        || (c >= 0xff00 && c <= 0xff60) || (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1f300 && c <= 0x1f64f)
        || (c >= 0x1f900 && c <= 0x1f9ff) || (c >= 0x20000 && c <= 0x3fffd);
}

int widthOf(char32_t c)
{
    const auto category = QChar::category(c);
    if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing || category == QChar::Other_Format)
        return 0;
    return isWide(c) ? 2 : 1;
}

} // namespace

QString terminalSafe(QStringView text)
{
    QString out;
    out.reserve(text.size());
    forEachCodePoint(text, [&out](char32_t c) { append(out, isHostile(c) ? replacement : c); });
    return out;
}

QString terminalLine(QStringView text)
{
    QString line = terminalSafe(text);
    line.replace(u'\n', u' ').replace(u'\t', u' ');
    return line;
}

QString plainCell(QStringView text)
{
    QString out;
    out.reserve(text.size());
    forEachCodePoint(text, [&out](char32_t c) {
        if (c == '\\')
            out += QStringLiteral("\\\\");
        else if (c == '\t')
            out += QStringLiteral("\\t");
        else if (c == '\n')
            out += QStringLiteral("\\n");
        else if (!isHostile(c))
            append(out, c);
        else if (c < 0x100)
            out += QStringLiteral("\\x") + hex(c, 2);
        else
            out += QStringLiteral("\\u") + hex(c, 4);
    });
    return out;
}

QByteArray jsonSafe(const QByteArray &compactJson)
{
    const QString text = QString::fromUtf8(compactJson);
    QString out;
    out.reserve(text.size());
    forEachCodePoint(text, [&out](char32_t c) {
        if (!isHostile(c)) {
            append(out, c);
            return;
        }
        const auto units = QChar::fromUcs4(c); // a view of the temporary would outlive it
        for (const QChar unit : QStringView(units))
            out += QStringLiteral("\\u") + hex(unit.unicode(), 4);
    });
    return out.toUtf8();
}

int displayWidth(QStringView text)
{
    int width = 0;
    forEachCodePoint(text, [&width](char32_t c) { width += widthOf(c); });
    return width;
}

QString fitted(const QString &text, int width)
{
    if (displayWidth(text) <= width)
        return text;
    QString out;
    int used = 0;
    bool full = false;
    forEachCodePoint(text, [&](char32_t c) {
        full = full || used + widthOf(c) > width - 1;
        if (full)
            return;
        append(out, c);
        used += widthOf(c);
    });
    return out + QChar(0x2026);
}

} // namespace kith::cli
