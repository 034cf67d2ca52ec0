// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/suggest.h"

#include <algorithm>
#include <vector>

namespace kith::cli {

namespace {

/// Optimal string alignment distance; three rows are enough.
qsizetype distance(const QString &a, const QString &b)
{
    const auto width = static_cast<std::size_t>(b.size()) + 1;
    std::vector<qsizetype> before(width), last(width), row(width);
    for (std::size_t j = 0; j < width; ++j)
        last[j] = static_cast<qsizetype>(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const auto at = static_cast<std::size_t>(j);
            const qsizetype differs = a.at(i - 1) == b.at(j - 1) ? 0 : 1;
            row[at] = std::min({ last[at] + 1, row[at - 1] + 1, last[at - 1] + differs });
            if (i > 1 && j > 1 && a.at(i - 1) == b.at(j - 2) && a.at(i - 2) == b.at(j - 1))
                row[at] = std::min(row[at], before[at - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[width - 1];
}

} // namespace

QString nearest(const QString &typed, const QStringList &candidates)
{
    constexpr qsizetype longest = 64; // nobody mistypes more; bounds the work
    QString best;
    qsizetype bestDistance = std::max<qsizetype>(1, typed.size() / 3) + 1;
    for (const QString &candidate : candidates) {
        if (typed.size() > longest)
            break;
        const qsizetype d = distance(typed.toLower(), candidate.toLower());
        if (d < bestDistance) {
            best = candidate;
            bestDistance = d;
        }
    }
    return best;
}

} // namespace kith::cli
