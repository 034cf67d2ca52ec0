// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security ERR1-ERR14 (as people see them); delivery ST9
#include "common/client/refusal.h"

#include <QtTest>

namespace kith::client {

using Wire = wire::ErrorCode;

class TestRefusal : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFaultHasItsFailure_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("failure");
        QTest::addColumn<QString>("whileRegistering");
        const auto row = [](Wire code, const char *failure, const char *registering) {
            QTest::addRow("ERR%d", static_cast<int>(code)) << static_cast<int>(code) << failure << registering;
        };
        row(Wire::invalid, "invalidParams", "invalidParams");
        row(Wire::unauthenticated, "signedOut", "signedOut");
        row(Wire::forbidden, "refused", "refused");
        row(Wire::notFound, "notFound", "refused");
        row(Wire::mismatchedDevices, "internal", "internal");
        row(Wire::staleDevices, "internal", "internal");
        row(Wire::rate, "rateLimited", "rateLimited");
        row(Wire::queueFull, "queueFull", "queueFull");
        row(Wire::tooLarge, "tooLarge", "tooLarge");
        row(Wire::quota, "quota", "quota");
        row(Wire::conflict, "refused", "refused");
        row(Wire::epoch, "internal", "internal");
        row(Wire::unavailable, "network", "network");
        row(Wire::internal, "internal", "internal");
    }
    void everyFaultHasItsFailure()
    {
        QFETCH(int, code);
        const wire::Fault fault { static_cast<Wire>(code), "detail", {} };
        QTEST(QString::fromLatin1(toString(fromFault(fault, "user").code)), "failure");
        QTEST(QString::fromLatin1(toString(fromRegistration(fault).code)), "whileRegistering");
    }

    void keepsTheServersPause()
    {
        const wire::Fault fault { Wire::rate, {}, milliseconds { 1'500 } };
        QCOMPARE(fromFault(fault, "user").retryAfter->count(), 1'500LL);
    }

    void registrationSaysWhatToDo()
    {
        for (const auto code : { Wire::forbidden, Wire::notFound, Wire::conflict }) {
            const auto failure = fromRegistration({ code, "because", {} });
            QVERIFY2(!failure.detail.empty() && !failure.hint.empty(), toString(failure.code));
        }
    }

    void certificateThatDoesNotFitIsNoNetworkTrouble()
    {
        QCOMPARE(fromDialling({ ErrorCode::untrusted, "pin" }).code, FailureCode::untrustedIdentity);
        for (const auto code : { ErrorCode::timeout, ErrorCode::unsupported, ErrorCode::network })
            QCOMPARE(fromDialling({ code, "x" }).code, FailureCode::network);
    }

    void failedMessageHasAReasonWord()
    {
        QCOMPARE(failedReason(Wire::notFound), "notFound");
        QCOMPARE(failedReason(Wire::forbidden), "refused");
        QCOMPARE(failedReason(Wire::tooLarge), "tooLarge");
        QCOMPARE(failedReason(Wire::quota), "quota");
        QCOMPARE(failedReason(Wire::invalid), "invalid");
    }
};

} // namespace kith::client

QTEST_APPLESS_MAIN(kith::client::TestRefusal)
#include "tst_refusal.moc"
