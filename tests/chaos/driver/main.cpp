// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/driver/episode.h"
#include "tests/chaos/driver/report.h"
#include "tests/chaos/driver/world_after.h"

#include <QCommandLineParser>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>

using namespace kith;
using namespace kith::chaos;

namespace {

struct Wishes {
    QString folder, ledger, page;
    int seconds = 60, crowds = 8, people = 16;
    bool keep = false, faults = true, lyingDisk = false;
};

std::uint64_t freshSeed()
{
    SystemRandom random;
    return 1 + random.below(1'000'000'000);
}

void say(const QJsonObject &line)
{
    const auto violations = line["violations"].toArray();
    int faults = 0;
    for (const auto &count : line["faults"].toObject())
        faults += count.toInt();
    std::printf("seed %s: %lld accepted, %lld lost, %d faults, %lld violations, %lld s\n",
                qPrintable(line["seed"].toString()), line["accepted"].toInteger(),
                line["accepted"].toInteger() - line["delivered"].toInteger(), faults,
                line["violationCount"].toInteger(), line["seconds"].toInteger());
    for (const auto &violation : violations)
        std::printf("  %s\n", qPrintable(violation.toString()));
    for (const auto &trouble : line["troubles"].toArray())
        std::printf("  trouble: %s\n", qPrintable(trouble.toString()));
    std::fflush(stdout);
}

/// True when everything held.
bool runSeed(std::uint64_t seed, const Wishes &wishes)
{
    std::printf("seed %llu begins\n", static_cast<unsigned long long>(seed));
    std::fflush(stdout);
    const QString folder = wishes.folder + QStringLiteral("/seed-%1").arg(seed);
    QDir(folder).removeRecursively();
    QtTimers timers;
    QElapsedTimer took;
    took.start();
    Episode episode({ seed, folder, milliseconds { wishes.seconds * 1'000LL }, wishes.crowds, wishes.people,
                      wishes.faults, wishes.lyingDisk },
                    timers);
    QEventLoop loop;
    QObject::connect(&episode, &Episode::finished, &loop, &QEventLoop::quit);
    episode.run();
    loop.exec();
    auto world = episode.footprint();
    world.insert("queuedRows", queuedRowsOf(episode.storePath()));
    world.insert("plaintextIn", QJsonArray::fromStringList(filesWithPlaintext(episode.storePath())));
    QFile file(episode.logs() + "/world.json");
    if (file.open(QIODevice::WriteOnly))
        file.write(QJsonDocument(world).toJson());
    file.close();
    const auto verdict = check(readHistory(episode.logs()));
    const auto line = ledgerLine(seed, took.elapsed() / 1'000, episode.tallies(), verdict, episode.troubles());
    say(line);
    if (!wishes.ledger.isEmpty() && (!appendToLedger(wishes.ledger, line) || !writeReport(wishes.ledger, wishes.page)))
        std::puts("the ledger or the report cannot be written");
    const bool held = verdict.holds() && episode.troubles().isEmpty();
    if (held && !wishes.keep)
        QDir(folder).removeRecursively();
    else
        std::printf("histories: %s\n", qPrintable(folder));
    return held;
}

} // namespace

/// `kith-chaos`: runs seeds one after the other, each on its own server and people, and judges each.
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser options;
    options.setApplicationDescription("Breaks everything around people who write to each other; nothing may be lost.");
    options.addHelpOption();
    options.addOptions({ { "seed", "this one; otherwise a fresh one, printed", "number" },
                         { "seeds", "how many, one after the other", "number", "1" },
                         { "seconds", "how long each is under fire", "number", "60" },
                         { "crowds", "processes of people", "number", "8" },
                         { "people", "who know each other", "number", "16" },
                         { "folder", "where profiles, store and logs lie", "path", QDir::tempPath() + "/kith-chaos" },
                         { "ledger", "add a line per seed to this file", "path" },
                         { "report", "write this page from the ledger", "path" },
                         { "keep", "leave the histories of seeds that held" },
                         { "no-faults", "only messages" },
                         { "lying-disk", "the server's disk forgets what it was told to keep: must be noticed" } });
    options.process(application);
    const Wishes wishes { options.value("folder"),         options.value("ledger"),
                          options.value("report"),         options.value("seconds").toInt(),
                          options.value("crowds").toInt(), options.value("people").toInt(),
                          options.isSet("keep"),           !options.isSet("no-faults"),
                          options.isSet("lying-disk") };
    bool held = true;
    for (int i = 0; i < options.value("seeds").toInt(); ++i) {
        const auto seed =
            options.isSet("seed") ? options.value("seed").toULongLong() + static_cast<unsigned>(i) : freshSeed();
        held = runSeed(seed, wishes) && held;
    }
    return held ? 0 : 1;
}
