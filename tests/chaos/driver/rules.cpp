// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/driver/rules.h"

#include "tests/e2e/crash_points.h"

namespace kith::chaos {

namespace {

using Kind = Rule::Kind;

/// A third fires after a while of peace, the others soon, so that most of the time goes into messages.
constexpr int peace = 15;

} // namespace

void Rule::put(QProcessEnvironment &environment, const QString &folder, const QString &log) const
{
    const QString rule = QStringLiteral("%1:%2").arg(name).arg(at);
    if (kind == Kind::failpoint) {
        environment.insert("FAILPOINT", rule);
    } else if (kind == Kind::disk) {
        environment.insert("LD_PRELOAD", QStringLiteral(KITH_FAILING_DISK));
        environment.insert("KITH_DISK_FOLDER", folder);
        environment.insert("KITH_DISK_RULE", rule);
        environment.insert("KITH_DISK_LOG", log);
    }
}

Scene sceneOf(const QString &point)
{
    if (point == "c11" || point == "s9")
        return Scene::newcomer;
    if (point == "c12" || point == "c13" || point == "s11")
        return Scene::preKeys;
    if (point == "c7-prekey" || point == "c7-signed-prekey" || point == "c7-identity")
        return Scene::firstMessage;
    return point == "c7-sender-key" ? Scene::senderKey : Scene::talk;
}

Rule RuleBag::next()
{
    if (left_.empty())
        left_ = entries_;
    const auto chosen = left_.begin() + static_cast<std::ptrdiff_t>(random_.below(left_.size()));
    const Entry entry = *chosen;
    left_.erase(chosen);
    auto passes = static_cast<std::uint64_t>(entry.usualPasses);
    if (passes > 1 && random_.below(3) == 0)
        passes *= peace;
    return { entry.kind, entry.name, 1 + static_cast<int>(random_.below(passes)) };
}

std::vector<RuleBag::Entry> serverEntries()
{
    return {
        { "s1", Kind::failpoint, 60 }, { "s2", Kind::failpoint, 60 }, { "s3", Kind::failpoint, 60 },
        { "s4", Kind::failpoint, 60 }, { "s5", Kind::failpoint, 60 }, { "s6", Kind::failpoint, 60 },
        { "s7", Kind::failpoint, 60 }, { "s8", Kind::failpoint, 3 },  { "s11", Kind::failpoint, 1 },
        { "enospc", Kind::disk, 60 },  { "eio", Kind::disk, 60 },     { "short", Kind::disk, 60 },
        { "cut", Kind::disk, 60 },     { "tear", Kind::disk, 60 },
    };
}

std::vector<RuleBag::Entry> lyingEntries()
{
    return { { "lie", Kind::disk, 60 } };
}

std::vector<RuleBag::Entry> crowdEntries()
{
    return {
        { "c1", Kind::failpoint, 3 },
        { "c2", Kind::failpoint, 60 },
        { "c3", Kind::failpoint, 40 },
        { "c4", Kind::failpoint, 20 },
        { "c5", Kind::failpoint, 6 },
        { "c6", Kind::failpoint, 6 },
        { "c7-session", Kind::failpoint, 100 },
        { "c7-prekey", Kind::failpoint, 1 },
        { "c7-signed-prekey", Kind::failpoint, 1 },
        { "c7-identity", Kind::failpoint, 1 },
        { "c7-sender-key", Kind::failpoint, 1 },
        { "c8", Kind::failpoint, 40 },
        { "c9", Kind::failpoint, 6 },
        { "c10", Kind::failpoint, 2 },
        { "enospc", Kind::disk, 100 },
        { "eio", Kind::disk, 100 },
        { "short", Kind::disk, 100 },
        { "cut", Kind::disk, 100 },
        { "tear", Kind::disk, 100 },
    };
}

std::vector<QString> allPoints()
{
    std::vector<QString> names;
    for (const auto &point : e2e::crashPoints)
        names.push_back(QString::fromLatin1(point.name));
    return names;
}

} // namespace kith::chaos
