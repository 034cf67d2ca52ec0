// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/error.h"

#include <QTest>

#include <set>

using namespace kith::rpc;

// covers: cli 7.5
class TestRpcErrors : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tableIsTheDocumentedOne_data()
    {
        QTest::addColumn<int>("number");
        QTest::addColumn<int>("exit");
        const auto row = [](const char *name, int number, int exit) { QTest::newRow(name) << number << exit; };
        row("network", -32001, 3);
        row("unregistered", -32002, 4);
        row("signedOut", -32002, 4);
        row("deviceRemoved", -32002, 4);
        row("notFound", -32003, 5);
        row("untrustedIdentity", -32004, 6);
        row("rateLimited", -32005, 7);
        row("queueFull", -32005, 7);
        row("outboxFull", -32005, 7);
        row("locked", -32006, 11);
        row("partial", -32007, 8);
        row("stopping", -32008, 9);
        row("timeout", -32009, 10);
        row("refused", -32010, 12);
        row("blocked", -32010, 12);
        row("tooLarge", -32010, 12);
        row("quota", -32010, 12);
        row("storeDamaged", -32011, 11);
        row("storeFull", -32011, 11);
        row("unsupported", -32012, 9);
        row("keyReused", -32013, 2);
        row("ambiguous", -32013, 2);
        row("updateNeeded", -32014, 12);
        row("cancelled", -32015, 130);
        row("internal", -32099, 1);
        row("parseError", -32700, 2);
        row("invalidRequest", -32600, 2);
        row("methodNotFound", -32601, 9);
        row("invalidParams", -32602, 2);
        row("internalRpc", -32603, 1);
    }
    void tableIsTheDocumentedOne()
    {
        QFETCH(int, number);
        QFETCH(int, exit);
        const auto code = errorCodeNamed(QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY(code);
        QCOMPARE(rowOf(*code).rpc, number);
        QCOMPARE(rowOf(*code).exit, exit);
    }

    void tableHasNoOtherRows() { QCOMPARE(errorTable().size(), std::size_t { 30 }); }

    void rowsStandInTheOrderOfTheEnum()
    {
        int next = 0;
        for (const ErrorRow &row : errorTable())
            QCOMPARE(static_cast<int>(row.code), next++);
    }

    void crossesTheSocketUnchanged()
    {
        for (const ErrorRow &row : errorTable()) {
            RpcError error(row.code, QStringLiteral("message"), QStringLiteral("hint"));
            error.retryAfter = std::chrono::milliseconds(1500);
            error.details = QJsonObject { { QStringLiteral("to"), QStringLiteral("@mei") } };
            QVERIFY(RpcError::fromJson(error.toJson()) == error);
        }
    }

    void unknownNameFallsBackToItsNumber()
    {
        const QJsonObject foreign { { QStringLiteral("code"), -32002 },
                                    { QStringLiteral("message"), QStringLiteral("m") },
                                    { QStringLiteral("data"),
                                      QJsonObject { { QStringLiteral("code"), QStringLiteral("fromTheFuture") } } } };
        QCOMPARE(RpcError::fromJson(foreign).exitCode(), 4);
        QCOMPARE(RpcError::fromJson(QJsonObject {}).code, ErrorCode::internal);
    }

    void everyClassOfBaseHasACode()
    {
        QCOMPARE(RpcError(kith::Error { kith::ErrorCode::notFound, "x" }).code, ErrorCode::notFound);
        QCOMPARE(RpcError(kith::Error { kith::ErrorCode::locked, "x" }).exitCode(), 11);
        QCOMPARE(RpcError(kith::Error { kith::ErrorCode::untrusted, "x" }).exitCode(), 6);
        QCOMPARE(RpcError(kith::Error { kith::ErrorCode::invalid, "x" }).message, QStringLiteral("x"));
    }
};

QTEST_GUILESS_MAIN(TestRpcErrors)
#include "tst_rpc_errors.moc"
