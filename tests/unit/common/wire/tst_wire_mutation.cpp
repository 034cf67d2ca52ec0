// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/random.h"
#include "common/wire/codec.h"
#include "tests/fuzz/wire_entries.h"
#include "tests/unit/common/wire/samples.h"

#include <QElapsedTimer>
#include <QTest>

using namespace kith;
using namespace kith::wire;

namespace {

constexpr int iterations = 200'000;
constexpr qint64 longestMs = 4'000; // a slow or instrumented machine does fewer

using Entry = void (*)(const std::uint8_t *, std::size_t);

/// One to four changes: a bit, a byte, a cut, an insertion, a doubled part, a number at its edge.
void mutate(QByteArray &bytes, SeededRandom &random)
{
    const auto at = [&] { return static_cast<qsizetype>(random.below(static_cast<std::uint64_t>(bytes.size()))); };
    for (auto changes = random.below(4) + 1; changes > 0 && !bytes.isEmpty(); --changes) {
        const auto place = at();
        switch (random.below(6)) {
        case 0:
            bytes[place] = static_cast<char>(bytes.at(place) ^ (1 << random.below(8)));
            break;
        case 1:
            bytes[place] = static_cast<char>(random.below(256));
            break;
        case 2:
            bytes.truncate(place);
            break;
        case 3:
            bytes.insert(place, static_cast<char>(random.below(256)));
            break;
        case 4:
            bytes.insert(place, bytes.mid(at(), static_cast<qsizetype>(random.below(32))));
            break;
        default:
            bytes.replace(place, 1, QByteArray("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"));
        }
    }
}

struct Seed {
    QByteArray bytes;
    Entry entry;
};

std::vector<Seed> seeds()
{
    std::vector<Seed> all;
    for (const auto &[name, frame] : samples::clientFrames())
        all.push_back({ encode(frame), fuzz::frames });
    for (const auto &[name, frame] : samples::serverFrames())
        all.push_back({ encode(frame), fuzz::frames });
    for (const auto &[name, content] : samples::contents())
        all.push_back({ encode(content), fuzz::contents });
    for (const auto &[name, row] : samples::storedRows())
        all.push_back({ row, fuzz::storedRows });
    all.push_back({ encode(samples::profile()), fuzz::contents });
    all.push_back({ samples::signList(samples::deviceList(), samples::FixedKey(0x11)).list, fuzz::deviceLists });
    return all;
}

} // namespace

// KITH_TEST_SEED=N repeats a run.
// covers: security FZ1, FZ2, FZ7, FZ17
class TestWireMutation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decodersKeepTheirPromiseOnMutatedBytes()
    {
        std::uint64_t seed = qEnvironmentVariable("KITH_TEST_SEED").toULongLong();
        if (seed == 0) {
            SystemRandom system;
            QVERIFY(system.fill({ reinterpret_cast<std::uint8_t *>(&seed), sizeof seed }).ok());
        }
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        SeededRandom random(seed);
        const auto all = seeds();
        QElapsedTimer timer;
        timer.start();
        int done = 0;
        for (; done < iterations && timer.elapsed() < longestMs; ++done) {
            const auto &from = all[random.below(all.size())];
            auto bytes = from.bytes;
            mutate(bytes, random);
            from.entry(viewOf(bytes).data(), viewOf(bytes).size());
        }
        qInfo("%d mutations in %lld ms", done, static_cast<long long>(timer.elapsed()));
        QVERIFY(done > 1'000);
    }
};

QTEST_GUILESS_MAIN(TestWireMutation)
#include "tst_wire_mutation.moc"
