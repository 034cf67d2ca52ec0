// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/driver/report.h"

#include "tests/chaos/driver/rules.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSysInfo>
#include <QTextStream>
#include <QThread>

namespace kith::chaos {

namespace {

constexpr std::size_t mostQuoted = 20;

QJsonObject toJson(const std::map<QString, int> &counts)
{
    QJsonObject object;
    for (const auto &[name, count] : counts)
        object.insert(name, count);
    return object;
}

/// All lines of a ledger together.
struct Sum {
    std::vector<QJsonObject> seeds;
    std::map<QString, int> faults, points;
    qint64 accepted = 0, delivered = 0, seconds = 0;
    int events = 0, markers = 0, failures = 0, slowestStart = 0;
};

Sum sumOf(const QString &ledger)
{
    Sum sum;
    QFile file(ledger);
    if (!file.open(QIODevice::ReadOnly))
        return sum;
    while (!file.atEnd()) {
        const auto line = QJsonDocument::fromJson(file.readLine()).object();
        if (line.isEmpty())
            continue;
        sum.accepted += line["accepted"].toInteger();
        sum.delivered += line["delivered"].toInteger();
        sum.seconds += line["seconds"].toInteger();
        sum.markers += line["markers"].toInt();
        sum.slowestStart = std::max(sum.slowestStart, line["slowestStartMs"].toInt());
        sum.failures += !line["violations"].toArray().isEmpty() || !line["troubles"].toArray().isEmpty();
        const auto faults = line["faults"].toObject();
        for (auto fault = faults.begin(); fault != faults.end(); ++fault) {
            sum.faults[fault.key()] += fault.value().toInt();
            sum.events += fault.value().toInt();
        }
        const auto points = line["points"].toObject();
        for (auto point = points.begin(); point != points.end(); ++point)
            sum.points[point.key()] += point.value().toInt();
        sum.seeds.push_back(line);
    }
    return sum;
}

void writeTotals(QTextStream &out, const Sum &sum)
{
    out << "| what | figure |\n|---|---|\n"
        << "| seeds | " << sum.seeds.size() << " |\n"
        << "| messages accepted by the server | " << sum.accepted << " |\n"
        << "| of them lost | " << sum.accepted - sum.delivered << " |\n"
        << "| faults seen to fire | " << sum.events << ", of " << sum.faults.size() << " kinds |\n"
        << "| seeds where something did not hold | " << sum.failures << " |\n"
        << "| markers of missing messages shown | " << sum.markers << " |\n"
        << "| slowest start of a server after a death | " << sum.slowestStart << " ms |\n"
        << "| duration | " << sum.seconds << " s |\n\n";
}

void writeCounts(QTextStream &out, const Sum &sum)
{
    out << "| fault | times |\n|---|---|\n";
    for (const auto &[name, count] : sum.faults)
        out << "| " << name << " | " << count << " |\n";
    out << "\n| crash point | deaths |\n|---|---|\n";
    for (const auto &name : allPoints()) {
        const auto found = sum.points.find(name);
        out << "| " << name << " | " << (found == sum.points.end() ? 0 : found->second) << " |\n";
    }
    out << '\n';
}

void writeSeeds(QTextStream &out, const Sum &sum)
{
    out << "| seed | when (UTC) | commit | s | messages | faults | held |\n|---|---|---|---|---|---|---|\n";
    for (const auto &line : sum.seeds) {
        int faults = 0;
        for (const auto &count : line["faults"].toObject())
            faults += count.toInt();
        const auto violations = line["violations"].toArray();
        const auto troubles = line["troubles"].toArray();
        const auto first = !violations.isEmpty() ? violations[0].toString()
            : !troubles.isEmpty()                ? troubles[0].toString()
                                                 : QStringLiteral("all");
        out << "| " << line["seed"].toString() << " | " << line["when"].toString() << " | " << line["commit"].toString()
            << " | " << line["seconds"].toInteger() << " | " << line["accepted"].toInteger() << " | " << faults << " | "
            << first.left(120) << " |\n";
    }
}

} // namespace

QJsonObject ledgerLine(std::uint64_t seed, qint64 seconds, const Tallies &tallies, const Verdict &verdict,
                       const QStringList &troubles)
{
    QJsonArray violations;
    for (std::size_t i = 0; i < std::min(mostQuoted, verdict.violations.size()); ++i)
        violations.append(verdict.violations[i].invariant + ": " + verdict.violations[i].what);
    return { { "seed", QString::number(seed) },
             { "when", QDateTime::currentDateTimeUtc().toString("yyyy-MM-dd hh:mm") },
             { "commit", qEnvironmentVariable("KITH_CHAOS_COMMIT") },
             { "seconds", seconds },
             { "accepted", verdict.accepted },
             { "delivered", verdict.delivered },
             { "markers", verdict.markers },
             { "faults", toJson(tallies.faults) },
             { "points", toJson(tallies.points) },
             { "slowestStartMs", tallies.slowestStartMs },
             { "violationCount", static_cast<qint64>(verdict.violations.size()) },
             { "violations", violations },
             { "troubles", QJsonArray::fromStringList(troubles) } };
}

bool appendToLedger(const QString &path, const QJsonObject &line)
{
    QFile file(path);
    const auto bytes = QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
    return file.open(QIODevice::WriteOnly | QIODevice::Append) && file.write(bytes) == bytes.size();
}

bool writeReport(const QString &ledger, const QString &page)
{
    const auto sum = sumOf(ledger);
    QFile file(page);
    if (sum.seeds.empty() || !file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return false;
    QTextStream out(&file);
    out << "<!-- SPDX-FileCopyrightText: 2026 The Kith authors -->\n<!-- SPDX-License-Identifier: GPL-3.0-or-later "
           "-->\n"
           "# What the chaos runs gave\n\nWritten by `kith-chaos` from its ledger, which is beside this page; README.md"
           " says what is what. "
        << QSysInfo::prettyProductName() << ", " << QThread::idealThreadCount() << " cores, "
        << QSysInfo::kernelVersion() << ".\n\n";
    writeTotals(out, sum);
    if (sum.accepted > 0 && sum.accepted == sum.delivered)
        out << "No loss in n messages means a rate below 3 in n with 95 % confidence.\n\n";
    writeCounts(out, sum);
    writeSeeds(out, sum);
    return true;
}

} // namespace kith::chaos
