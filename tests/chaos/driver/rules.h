// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"

#include <QByteArray>
#include <QProcessEnvironment>
#include <QString>

#include <map>
#include <vector>

namespace kith::chaos {

/// What one process will suffer from inside, given to it when it starts: death at the n-th pass of a crash point
/// (delivery section 7), or a disk that fails at the n-th call or loses its power (FI5, FI6).
struct Rule {
    enum class Kind { none, failpoint, disk };
    Kind kind = Kind::none;
    QString name; ///< of the point; or what the disk does
    int at = 1; ///< pass or call

    /// What the process must find in its environment. `folder` is the disk that fails, `log` where it says so.
    void put(QProcessEnvironment &environment, const QString &folder, const QString &log) const;
};

/// What makes a process pass a point, beside people who write.
enum class Scene { talk, newcomer, firstMessage, preKeys, senderKey };
Scene sceneOf(const QString &point);

/// Hands out rules by chance, all points equally often.
class RuleBag {
public:
    struct Entry {
        QString name;
        Rule::Kind kind;
        int usualPasses; ///< the rule fires at one of the first so many
    };
    RuleBag(std::vector<Entry> entries, std::uint64_t seed) : entries_(std::move(entries)), random_(seed) { }

    Rule next();

private:
    std::vector<Entry> entries_, left_;
    SeededRandom random_;
};

std::vector<RuleBag::Entry> serverEntries();
std::vector<RuleBag::Entry> crowdEntries();
/// A disk that breaks its promise (MU2), for the proof that this is noticed.
std::vector<RuleBag::Entry> lyingEntries();

/// The crash points that a run must hit, by name.
std::vector<QString> allPoints();

} // namespace kith::chaos
