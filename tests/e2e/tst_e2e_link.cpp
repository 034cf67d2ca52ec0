// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/stage.h"

#include <QFile>
#include <QTest>

using namespace kith::e2e;

// covers: product N6; security B1, C26, TR14; style 3.1
class TestLink : public QObject {
    Q_OBJECT

    /// Every shared library that the program needs, directly or through another.
    static QByteArray libraries(const char *program)
    {
        return runProcess("ldd", { programPath(program) }, QProcessEnvironment::systemEnvironment()).out;
    }

private Q_SLOTS:
    void theServerCannotDecrypt()
    {
        const QByteArray needed = libraries("kith-server");
        QVERIFY(needed.contains("librocksdb"));
        QVERIFY2(!needed.contains("signal-protocol"), needed);
        QVERIFY2(!needed.contains("sqlcipher"), needed);
        QVERIFY2(!needed.contains("libsqlite3"), needed);
    }
    void theServerHoldsNoSymbolOfTheClient()
    {
        const auto symbols =
            runProcess("nm", { "-C", programPath("kith-server") }, QProcessEnvironment::systemEnvironment());
        QCOMPARE(symbols.exit, 0);
        QVERIFY(symbols.out.contains("kith::server::"));
        for (const char *room : { "kith::crypto::", "kith::client::", "kith::sql::" })
            QVERIFY2(!symbols.out.contains(room), room);
    }
    void noProgramLoadsTheOtherProtobufC()
    {
        QVERIFY(libraries("kith").contains("signal-protocol"));
        QVERIFY(!libraries("kith").contains("libprotobuf-c.so"));
        QVERIFY(!libraries("kith").contains("libsqlite3"));
    }
};

QTEST_GUILESS_MAIN(TestLink)
#include "tst_e2e_link.moc"
