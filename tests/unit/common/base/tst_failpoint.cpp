// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#undef KITH_TESTING // as a release compiles
#include "common/base/failpoint.h"

#include <QTest>

#define KITH_TEXT_OF(...) #__VA_ARGS__
#define KITH_TEXT(...) KITH_TEXT_OF(__VA_ARGS__)

namespace {

/// A call of anything would not be constant.
constexpr bool passes()
{
    KITH_FAILPOINT("c1");
    KITH_FAILPOINT("c3", [&] { thisDoesNotEvenExist(); });
    return true;
}
static_assert(passes());

} // namespace

// covers: delivery 7 (a release has no crash points)
class TestFailpoint : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void leavesNothingOfItsNameInARelease()
    {
        QCOMPARE(KITH_TEXT(KITH_FAILPOINT("c1")), "static_cast<void>(0)");
        QCOMPARE(KITH_TEXT(KITH_FAILPOINT("c3", [] { return "last act"; })), "static_cast<void>(0)");
    }
};

QTEST_GUILESS_MAIN(TestFailpoint)
#include "tst_failpoint.moc"
