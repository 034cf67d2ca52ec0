// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security S14
#include "common/base/random.h"
#include "server/embedded/keys.h"

#include <QTest>

using namespace kith;
using namespace kith::server::embedded;

class TestKeys : public QObject {
    Q_OBJECT

    struct Parts {
        AccountId account;
        std::uint16_t device = 0;
        std::uint64_t number = 0;
        auto operator<=>(const Parts &) const = default;
    };
    /// Few different octets, many of them extreme: close neighbours are what breaks an order.
    static std::uint8_t octet(Random &random)
    {
        constexpr std::array<std::uint8_t, 5> some { 0x00, 0x01, 0x7F, 0x80, 0xFF };
        return some.at(random.below(some.size()));
    }
    static Parts parts(Random &random)
    {
        Parts parts;
        parts.account.octets.fill(octet(random));
        parts.account.octets.back() = octet(random);
        parts.device = static_cast<std::uint16_t>(octet(random) << 8 | octet(random));
        for (int i = 0; i < 8; ++i)
            parts.number = parts.number << 8 | octet(random);
        return parts;
    }
    static std::string key(const Parts &parts) { return keyOf(parts.account, parts.device, parts.number); }

private Q_SLOTS:
    void bytesSortAsTheirParts()
    {
        const std::uint64_t seed = 4711;
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        SeededRandom random(seed);
        for (int i = 0; i < 20'000; ++i) {
            const auto a = parts(random), b = parts(random);
            QCOMPARE(key(a).size(), std::size_t { 26 });
            QVERIFY((a <=> b) == (key(a).compare(key(b)) <=> 0));
        }
    }

    void namesSortAsTextAndNoneIsAPrefix()
    {
        const std::vector<std::string> names { "a", "a_", "aa", "ab", "b", std::string(32, 'z') };
        for (std::size_t i = 0; i + 1 < names.size(); ++i) {
            QVERIFY(nameKey(names[i]) < nameKey(names[i + 1]));
            QVERIFY(!nameKey(names[i + 1]).starts_with(nameKey(names[i])));
        }
        QCOMPARE(nameKey(std::string(33, 'z')), nameKey({}));
    }

    void anEndIsBehindItsPrefixAndNothingElse()
    {
        QCOMPARE(endOf("ab"), std::string("ac"));
        QCOMPARE(endOf("a\xFF"), std::string("b"));
        QCOMPARE(endOf("\xFF\xFF"), std::string());
    }

    void partsAreReadBack()
    {
        const DeviceId device { AccountId { { 1, 2, 3 } }, 77 };
        const auto written = keyOf(std::uint64_t { 42 }, device);
        QCOMPARE(deviceAt(written, 8), std::optional { device });
        QVERIFY(!deviceAt(written, 9));
        QCOMPARE(lastNumber(keyOf(device, std::uint64_t { 42 })), std::uint64_t { 42 });
        QCOMPARE(lastNumber("short"), std::uint64_t { 0 });
    }
};

QTEST_GUILESS_MAIN(TestKeys)
#include "tst_keys.moc"
