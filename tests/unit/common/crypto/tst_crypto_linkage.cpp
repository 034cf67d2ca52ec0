// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security TR14, TR15, C26
#include "common/crypto/session_cipher.h"
#include "tests/support/crypto/test_party.h"

#include <QtTest>

#include <QFile>
#include <QProcess>
#include <QStandardPaths>

using namespace kith;
using namespace kith::crypto;

class TestLinkage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tr14_noSecondProtobufC();
    void tr15_libraryHasTheFix();
};

void TestLinkage::tr14_noSecondProtobufC()
{
    SystemRandom random;
    const TestParty alice('a', random); // the library is loaded and used
    QFile maps(QStringLiteral("/proc/self/maps"));
    QVERIFY(maps.open(QIODevice::ReadOnly));
    const QByteArray loaded = maps.readAll();
    QVERIFY(loaded.contains("libsignal-protocol-c.so"));
    QVERIFY(!loaded.contains("libprotobuf-c.so"));
}

void TestLinkage::tr15_libraryHasTheFix()
{
    if (QStandardPaths::findExecutable(QStringLiteral("dpkg-query")).isEmpty())
        QSKIP("not a Debian system: the version cannot be asked");
    QProcess query;
    query.start(QStringLiteral("dpkg-query"),
                { QStringLiteral("-W"), QStringLiteral("-f"), QStringLiteral("${Version}"),
                  QStringLiteral("libsignal-protocol-c2.3.2") });
    QVERIFY(query.waitForFinished());
    const auto version = QString::fromLatin1(query.readAllStandardOutput());
    QCOMPARE(QProcess::execute(
                 QStringLiteral("dpkg"),
                 { QStringLiteral("--compare-versions"), version, QStringLiteral("ge"), QStringLiteral("2.3.3-3") }),
             0);
}

QTEST_GUILESS_MAIN(TestLinkage)
#include "tst_crypto_linkage.moc"
