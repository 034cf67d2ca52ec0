// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C9
#include "common/client/decrypt_budget.h"

#include <QtTest>

namespace kith::client {

class DecryptBudgetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isSpentAfterTwoHundredMilliseconds()
    {
        DecryptBudget budget;
        const auto device = deviceOf(1);
        QVERIFY(!budget.isSpent(device, at(0)));
        budget.spend(device, milliseconds { 199 }, at(100'000));
        QVERIFY(!budget.isSpent(device, at(100'000)));
        budget.spend(device, milliseconds { 1 }, at(100'001));
        QVERIFY(budget.isSpent(device, at(100'001)));
    }

    void comesBackAMinuteAfterTheFirstFailure()
    {
        DecryptBudget budget;
        const auto device = deviceOf(1);
        budget.spend(device, milliseconds { 100 }, at(100'000));
        budget.spend(device, milliseconds { 100 }, at(150'000));
        QVERIFY(budget.isSpent(device, at(159'999)));
        QVERIFY(!budget.isSpent(device, at(160'000)));
        budget.spend(device, milliseconds { 100 }, at(160'000)); // a new minute's first
        QVERIFY(!budget.isSpent(device, at(160'000)));
    }

    void devicesDoNotShareIt()
    {
        DecryptBudget budget;
        budget.spend(deviceOf(1), milliseconds { 500 }, at(100'000));
        QVERIFY(budget.isSpent(deviceOf(1), at(100'000)));
        QVERIFY(!budget.isSpent(deviceOf(2), at(100'000)));
    }

private:
    static MonoTime at(std::int64_t ms) { return MonoTime { milliseconds { ms } }; }
    static DeviceId deviceOf(std::uint16_t number) { return { AccountId {}, number }; }
};

} // namespace kith::client

QTEST_GUILESS_MAIN(kith::client::DecryptBudgetTest)
#include "tst_decrypt_budget.moc"
