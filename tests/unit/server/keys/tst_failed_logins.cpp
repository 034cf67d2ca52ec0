// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security LIM15
#include "server/keys/failed_logins.h"
#include "tests/support/net/virtual_time.h"

#include <QtTest>

using namespace kith;
using server::keys::FailedLogins;

class FailedLoginsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void waitsAfterFiveInAMinute();
    void doublesThePause();
    void forgivesSlowFailures();
    void forgetsOnSuccess();
    void refusesTheUnknownInACrowd();
    void hasNoLimitAtFactorZero();

private:
    static void fail(FailedLogins &logins, const std::string &pair, int times)
    {
        for (int i = 0; i < times; ++i)
            logins.failed(pair);
    }
};

void FailedLoginsTest::waitsAfterFiveInAMinute()
{
    support::VirtualTime time;
    FailedLogins logins(time, 5);
    fail(logins, "a", 4);
    QVERIFY(!logins.wait("a"));
    fail(logins, "a", 1);
    QVERIFY(logins.wait("a") == milliseconds { 60'000 });
    QVERIFY(!logins.wait("b"));
    time.advance(milliseconds { 60'000 });
    QVERIFY(!logins.wait("a"));
}

void FailedLoginsTest::doublesThePause()
{
    support::VirtualTime time;
    FailedLogins logins(time, 5);
    fail(logins, "a", 5);
    milliseconds expected { 60'000 };
    for (int i = 0; i < 8; ++i) {
        const auto wait = logins.wait("a");
        QVERIFY(wait == expected);
        time.advance(*wait);
        fail(logins, "a", 1);
        expected = std::min(2 * expected, milliseconds { 3'600'000 });
    }
}

void FailedLoginsTest::forgivesSlowFailures()
{
    support::VirtualTime time;
    FailedLogins logins(time, 5);
    for (int i = 0; i < 20; ++i) {
        fail(logins, "a", 1);
        QVERIFY(!logins.wait("a"));
        time.advance(milliseconds { 61'000 });
    }
}

void FailedLoginsTest::forgetsOnSuccess()
{
    support::VirtualTime time;
    FailedLogins logins(time, 5);
    fail(logins, "a", 4);
    logins.succeeded("a");
    fail(logins, "a", 4);
    QVERIFY(!logins.wait("a"));
}

void FailedLoginsTest::refusesTheUnknownInACrowd()
{
    support::VirtualTime time;
    FailedLogins logins(time, 5, 3);
    for (const auto *pair : { "a", "b", "c" })
        fail(logins, pair, 1);
    QVERIFY(logins.wait("d"));
    QVERIFY(!logins.wait("a"));
    time.advance(milliseconds { 3 * 3'600'000 });
    QVERIFY(!logins.wait("d"));
}

void FailedLoginsTest::hasNoLimitAtFactorZero()
{
    support::VirtualTime time;
    FailedLogins logins(time, 0);
    fail(logins, "a", 100);
    QVERIFY(!logins.wait("a"));
}

QTEST_GUILESS_MAIN(FailedLoginsTest)
#include "tst_failed_logins.moc"
