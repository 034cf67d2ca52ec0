// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/codec.h"
#include "tests/unit/common/wire/samples.h"

#include <QTest>

#include <set>

using namespace kith;
using namespace kith::wire;

// covers: security S13, style 7.11
class TestFrameCodec : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyClientFrameComesBackEqual()
    {
        std::set<std::size_t> kinds;
        for (const auto &[name, frame] : samples::clientFrames()) {
            const auto decoded = decodeClientFrame(encode(frame));
            QVERIFY2(decoded.ok(), (name + ": " + (decoded ? "" : decoded.error().detail)).c_str());
            QVERIFY2(*decoded == frame, name.c_str());
            kinds.insert(frame.body.index());
        }
        QCOMPARE(kinds.size(), std::variant_size_v<ClientBody>);
    }

    void everyServerFrameComesBackEqual()
    {
        std::set<std::size_t> kinds;
        std::set<std::size_t> rows;
        for (const auto &[name, frame] : samples::serverFrames()) {
            const auto decoded = decodeServerFrame(encode(frame));
            QVERIFY2(decoded.ok(), (name + ": " + (decoded ? "" : decoded.error().detail)).c_str());
            QVERIFY2(*decoded == frame, name.c_str());
            kinds.insert(frame.body.index());
            if (const auto *deliver = std::get_if<Deliver>(&frame.body))
                rows.insert(deliver->item.index());
        }
        QCOMPARE(kinds.size(), std::variant_size_v<ServerBody>);
        QCOMPARE(rows.size(), std::variant_size_v<QueueItem>);
    }

    void everyKindHasItsOwnWord()
    {
        std::set<std::string> words;
        for (const auto &[name, frame] : samples::clientFrames())
            words.insert(kindOf(frame.body));
        QCOMPARE(words.size(), std::variant_size_v<ClientBody>);
        words.clear();
        for (const auto &[name, frame] : samples::serverFrames())
            words.insert(kindOf(frame.body));
        QCOMPARE(words.size(), std::variant_size_v<ServerBody>);
    }

    void aFrameTypeOfANewerVersionIsAnsweredWithItsRequestId()
    {
        const QByteArray future("\x08\x2A\xF2\x01\x00", 5); // request 42, field 30, empty
        const auto decoded = decodeClientFrame(future);
        QVERIFY(!decoded.ok());
        QCOMPARE(decoded.error().code, wire::ErrorCode::invalid);
        QCOMPARE(decoded.error().detail, std::string("unknown frame type"));
        QCOMPARE(requestIdOf(future), 42U);
    }

    void unknownFieldsAreIgnored()
    {
        const ClientFrame frame { 14, Heartbeat {} };
        const auto decoded = decodeClientFrame(encode(frame) + QByteArray("\x98\x06\x07", 3)); // field 99 = 7
        QVERIFY(decoded.ok());
        QCOMPARE(*decoded, frame);
    }

    void twoBodiesAreRefused()
    {
        const auto heartbeat = encode(ClientFrame { 1, Heartbeat {} });
        const auto count = encode(ClientFrame { 1, CountPreKeys {} });
        QVERIFY(!decodeClientFrame(heartbeat + count.mid(2)).ok()); // without its request id
        QVERIFY(!decodeClientFrame(heartbeat + heartbeat.mid(2)).ok());
        QVERIFY(!decodeClientFrame(count.left(2) + heartbeat).ok()); // two request ids
        const auto row = encode(ServerFrame { 0, Deliver { Qseq { 4 }, Missed { 2 } } });
        auto twoRows = row + QByteArray("\x2A\x00", 2); // an ExpiredRange behind the Missed
        twoRows[1] = static_cast<char>(twoRows.at(1) + 2);
        QVERIFY(decodeServerFrame(row).ok());
        const auto refused = decodeServerFrame(twoRows);
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, wire::ErrorCode::invalid);
    }

    void aFrameWithoutABodyIsRefused()
    {
        QVERIFY(!decodeClientFrame(QByteArray("\x08\x01", 2)).ok());
        QVERIFY(!decodeClientFrame({}).ok());
        QVERIFY(!decodeServerFrame({}).ok());
    }

    void requestIdsFollowTheirRule()
    {
        for (auto [name, frame] : samples::clientFrames()) {
            frame.requestId = frame.requestId == 0 ? 1 : 0;
            QVERIFY2(!decodeClientFrame(encode(frame)).ok(), name.c_str());
        }
        int free = 0;
        for (auto [name, frame] : samples::serverFrames()) {
            frame.requestId = frame.requestId == 0 ? 1 : 0;
            free += decodeServerFrame(encode(frame)).ok() ? 1 : 0;
        }
        QCOMPARE(free, 3); // ServerHello and both samples of Fault
    }

    void theIdOfARefusedRequestIsRead()
    {
        auto broken = encode(ClientFrame { 300, Lookup { "mei" } });
        broken.chop(1);
        QVERIFY(!decodeClientFrame(broken).ok());
        QCOMPARE(requestIdOf(broken), 300U);
        QCOMPARE(requestIdOf(QByteArray("\xFF\xFF", 2)), 0U);
        QCOMPARE(requestIdOf({}), 0U);
    }

    void loginBytesAreFixed()
    {
        const Challenge challenge { samples::hash(2), fromMs(0x0102030405060708) };
        const auto bytes = loginBytes(samples::hash(1), challenge, { samples::account(3), 0x0123 }, {});
        QCOMPARE(bytes,
                 QByteArray(32, 1) + QByteArray(32, 2) + QByteArray("\x01\x02\x03\x04\x05\x06\x07\x08", 8)
                     + QByteArray(16, 3) + QByteArray("\x01\x23", 2));
        const auto tls = loginBytes(samples::hash(1), challenge, { samples::account(3), 0x0123 }, QByteArray(32, 9));
        QCOMPARE(tls, bytes + QByteArray(32, 9));
    }
};

QTEST_GUILESS_MAIN(TestFrameCodec)
#include "tst_frame_codec.moc"
