// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C17; delivery ID6
#include "common/client/content_check.h"

#include <QtTest>

namespace kith::client {

namespace {

template <class Id>
Id id(std::uint8_t value)
{
    Id result;
    result.octets.fill(value);
    return result;
}

const DeviceId alice { id<AccountId>(1), 1 };
const AccountId bob = id<AccountId>(2);

wire::ContentHeader honest()
{
    wire::ContentHeader header;
    header.sender = alice;
    header.recipient = bob;
    header.chat = wire::PairChat::of(alice.account, bob);
    header.mid = id<Mid>(7);
    return header;
}

} // namespace

class ContentCheckTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void honestContentPasses() { QVERIFY(checkOrigin(honest(), { alice, bob, id<Mid>(7) })); }

    void eachFieldIsCompared_data()
    {
        QTest::addColumn<int>("field");
        const char *const names[] = { "sender account", "sender device", "recipient", "chat", "mid" };
        for (int field = 0; field < 5; ++field)
            QTest::newRow(names[field]) << field;
    }

    void eachFieldIsCompared()
    {
        QFETCH(int, field);
        auto header = honest();
        const auto other = id<AccountId>(3);
        if (field == 0)
            header.sender.account = other;
        else if (field == 1)
            header.sender.number = 2;
        else if (field == 2)
            header.recipient = other;
        else if (field == 3)
            header.chat = wire::PairChat::of(alice.account, other);
        else
            header.mid = id<Mid>(8);
        const auto outcome = checkOrigin(header, { alice, bob, id<Mid>(7) });
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::invalid);
    }

    void effectiveTimeStaysWithinFiveMinutes_data()
    {
        QTest::addColumn<qint64>("client");
        QTest::addColumn<qint64>("effective");
        constexpr qint64 reach = 300'000;
        QTest::newRow("equal") << qint64 { 1'000'000 } << qint64 { 1'000'000 };
        QTest::newRow("a little early") << qint64 { 1'000'000 - 299'999 } << qint64 { 1'000'000 - 299'999 };
        QTest::newRow("at the edge") << qint64 { 1'000'000 + reach } << qint64 { 1'000'000 + reach };
        QTest::newRow("days early") << qint64 { -259'200'000 } << qint64 { 1'000'000 - reach };
        QTest::newRow("days late") << qint64 { 259'200'000 } << qint64 { 1'000'000 + reach };
    }

    void effectiveTimeStaysWithinFiveMinutes()
    {
        QFETCH(qint64, client);
        QFETCH(qint64, effective);
        QCOMPARE(toMs(effectiveTime(fromMs(client), fromMs(1'000'000))), static_cast<std::int64_t>(effective));
    }
};

} // namespace kith::client

QTEST_GUILESS_MAIN(kith::client::ContentCheckTest)
#include "tst_content_check.moc"
