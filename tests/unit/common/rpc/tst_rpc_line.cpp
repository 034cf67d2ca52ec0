// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/random.h"
#include "common/rpc/line.h"
#include "common/rpc/message.h"
#include "tests/support/memory.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace kith::rpc;

// covers: cli 7.1, security B3, B4, LIM14, FZ12
class TestRpcLine : public QObject {
    Q_OBJECT

    static QByteArray nested(int depth) { return QByteArray(depth, '[') + QByteArray(depth, ']'); }

private Q_SLOTS:
    void cutsLinesWhereverTheReadsEnd()
    {
        const QByteArray stream = "{\"a\":1}\n\n  \r\n[1]\r\n{\"b\":2}\n";
        for (qsizetype step = 1; step <= stream.size(); ++step) {
            LineReader reader;
            QList<QByteArray> lines;
            for (qsizetype at = 0; at < stream.size(); at += step) {
                reader.feed(kith::viewOf(stream.mid(at, step)));
                for (auto line = reader.next(); line && *line; line = reader.next())
                    lines.append(**line);
            }
            QCOMPARE(lines, (QList<QByteArray> { "{\"a\":1}", "[1]", "{\"b\":2}" }));
            QCOMPARE(reader.pending(), qsizetype { 0 });
        }
    }

    /// Looks through everything that this process may write to, for a text given backwards so that the search is not
    /// what it finds.
    static bool memoryHolds(const QByteArray &backwards)
    {
        QFile maps(QStringLiteral("/proc/self/maps"));
        QFile memory(QStringLiteral("/proc/self/mem"));
        if (!maps.open(QIODevice::ReadOnly) || !memory.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
            return false;
        for (const auto &line : maps.readAll().split('\n')) {
            const QList<QByteArray> ends = line.left(line.indexOf(' ')).split('-');
            if (!line.contains(" rw") || ends.size() != 2 || !memory.seek(ends[0].toLongLong(nullptr, 16)))
                continue;
            const qint64 size = ends[1].toLongLong(nullptr, 16) - ends[0].toLongLong(nullptr, 16);
            if (kith::support::isShadow(size))
                continue;
            QByteArray bytes = memory.read(size);
            const auto found = std::search(bytes.cbegin(), bytes.cend(), backwards.crbegin(), backwards.crend());
            const bool holds = found != bytes.cend();
            wipeLine(bytes);
            if (holds)
                return true;
        }
        return false;
    }

    void aLineIsWipedOnceItWasGivenOut()
    {
        const QByteArray backwards = "terces yrev a si siht";
        LineReader reader;
        {
            QByteArray stream;
            stream.reserve(64);
            stream.append("{}\n");
            for (auto i = backwards.size() - 1; i >= 0; --i)
                stream.append(backwards.at(i));
            stream.append("\nthe next line has begun");
            reader.feed(kith::viewOf(stream));
            wipeLine(stream);
        }
        QVERIFY(memoryHolds(backwards));
        for (int i = 0; i < 2; ++i) {
            auto line = reader.next();
            QVERIFY(line && *line);
            wipeLine(**line);
        }
        QVERIFY(!memoryHolds(backwards));
        QCOMPARE(reader.pending(), qsizetype { 23 });
    }

    void takesALineOfExactlyTheLimit()
    {
        LineReader reader;
        reader.feed(kith::viewOf(QByteArray(maxLineBytes, 'x') + '\n'));
        const auto line = reader.next();
        QVERIFY(line && *line);
        QCOMPARE((*line)->size(), maxLineBytes);
    }

    void refusesAnEndlessLineBeforeItsEnd()
    {
        LineReader reader;
        reader.feed(kith::viewOf(QByteArray(maxLineBytes + 1, 'x')));
        const auto line = reader.next();
        QVERIFY(!line);
        QCOMPARE(line.error().code, ErrorCode::tooLarge);
    }

    void countsDepthBeforeParsing()
    {
        QVERIFY(parseLine(nested(maxDepth)).ok());
        const auto deep = parseLine(nested(maxDepth + 1));
        QVERIFY(!deep);
        QCOMPARE(deep.error().code, ErrorCode::parseError);
        QVERIFY(!parseLine(QByteArray(maxLineBytes, '[')).ok());
    }

    void bracketsInStringsAreNoDepth()
    {
        QVERIFY(parseLine("{\"a\":\"" + QByteArray(50, '[') + "\\\"" + QByteArray(50, '{') + "\"}").ok());
    }

    void boundsBatches()
    {
        QByteArray batch = "[";
        for (int i = 0; i < maxBatch; ++i)
            batch += "{},";
        QVERIFY(parseLine(batch.chopped(1) + "]").ok());
        const auto over = parseLine(batch + "{}]");
        QVERIFY(!over);
        QCOMPARE(over.error().code, ErrorCode::invalidRequest);
        QVERIFY(!parseLine("[]").ok());
    }

    void refusesWhatIsNoJson_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("word") << QByteArray("hello");
        QTest::newRow("half") << QByteArray("{\"a\":");
        QTest::newRow("two documents") << QByteArray("{}{}");
        QTest::newRow("bad UTF-8") << QByteArray("{\"a\":\"\xff\xfe\"}");
        QTest::newRow("overlong UTF-8") << QByteArray("{\"a\":\"\xc0\xaf\"}");
        QTest::newRow("NUL") << QByteArray("{\0}", 3);
    }
    void refusesWhatIsNoJson()
    {
        QFETCH(QByteArray, line);
        const auto read = parseLine(line);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::parseError);
    }

    void refusesWhatIsNoCall_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("no version") << QByteArray(R"({"id":1,"method":"x"})");
        QTest::newRow("version 1") << QByteArray(R"({"jsonrpc":"1.0","id":1,"method":"x"})");
        QTest::newRow("no method") << QByteArray(R"({"jsonrpc":"2.0","id":1})");
        QTest::newRow("empty method") << QByteArray(R"({"jsonrpc":"2.0","id":1,"method":""})");
        QTest::newRow("method 7") << QByteArray(R"({"jsonrpc":"2.0","id":1,"method":7})");
        QTest::newRow("id true") << QByteArray(R"({"jsonrpc":"2.0","id":true,"method":"x"})");
        QTest::newRow("id object") << QByteArray(R"({"jsonrpc":"2.0","id":{},"method":"x"})");
        QTest::newRow("positional params") << QByteArray(R"({"jsonrpc":"2.0","id":1,"method":"x","params":[1]})");
    }
    void refusesWhatIsNoCall()
    {
        QFETCH(QByteArray, message);
        const auto request = Request::fromJson(QJsonDocument::fromJson(message).object());
        QVERIFY(!request);
        QCOMPARE(request.error().code, ErrorCode::invalidRequest);
    }

    void readsTheCallsItWrites()
    {
        const Request request { 7, QStringLiteral("send"), { { QStringLiteral("text"), QStringLiteral("hi") } } };
        const auto line = parseLine(toLine(request.toJson()).trimmed());
        QVERIFY(line.ok());
        const auto read = Request::fromJson(line->messages.first());
        QVERIFY(read.ok());
        QCOMPARE(read->method, request.method);
        QCOMPARE(read->params, request.params);
        QCOMPARE(read->id, request.id);
    }

    void readyLineSaysReadyOrWhyNot()
    {
        QVERIFY(parseReadyLine(readyLine().trimmed()).ok());
        const RpcError error(ErrorCode::storeDamaged, QStringLiteral("damaged"));
        QVERIFY(parseReadyLine(readyLine(error).trimmed()).error() == error);
        QCOMPARE(parseReadyLine("{}").error().code, ErrorCode::internal);
        QVERIFY(!parseReadyLine("nonsense").ok());
    }

    void survivesTwentyThousandBrokenLines()
    {
        const quint64 seed = 20261124;
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        kith::SeededRandom random(seed);
        const QByteArray good =
            R"({"jsonrpc":"2.0","id":"a\u0041","method":"send","params":{"to":["@mei"],"text":"x\\"y","n":[1,2.5e3,null,true]}})";
        int parsed = 0;
        for (int i = 0; i < 20000; ++i) {
            QByteArray line = good;
            const auto edits = 1 + random.below(4);
            for (quint64 k = 0; k < edits; ++k) {
                const auto at = static_cast<qsizetype>(random.below(static_cast<quint64>(line.size())));
                const auto byte = static_cast<char>(random.below(256));
                if (random.below(3) == 0)
                    line.remove(at, 1 + static_cast<qsizetype>(random.below(8)));
                else if (random.below(2) == 0)
                    line.insert(at, byte);
                else
                    line[at] = byte;
                if (line.isEmpty())
                    line = "x";
            }
            const auto read = parseLine(line);
            if (!read)
                continue;
            ++parsed;
            QVERIFY(!read->messages.isEmpty());
            if (const auto request = Request::fromJson(read->messages.first()); request)
                QVERIFY(!request->method.isEmpty());
        }
        QVERIFY(parsed > 0); // the edits are small enough to reach behind the parser
    }
};

QTEST_GUILESS_MAIN(TestRpcLine)
#include "tst_rpc_line.moc"
