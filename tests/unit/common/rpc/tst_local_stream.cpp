// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/local_stream.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

using namespace kith;
using namespace kith::rpc;

// covers: security B2, B4
class TestLocalStream : public QObject {
    Q_OBJECT

    std::unique_ptr<LocalStream> one_, other_;
    QByteArray got_;

private Q_SLOTS:
    void init()
    {
        int ends[2] = { -1, -1 };
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
        one_ = std::make_unique<LocalStream>(ends[0]);
        other_ = std::make_unique<LocalStream>(ends[1]);
        got_.clear();
        connect(other_.get(), &LocalStream::received, this, [this](ByteView bytes) { got_ += toByteArray(bytes); });
    }

    void carriesWhatTheSocketDoesNotTakeAtOnce()
    {
        QByteArray sent;
        for (int i = 0; i < 3; ++i) {
            const QByteArray part(1'000'000, static_cast<char>('a' + i));
            one_->write(viewOf(part));
            sent += part;
        }
        QVERIFY(one_->unsent() > 0); // nobody has read yet
        QVERIFY(one_->unsent() <= sent.size());
        QSignalSpy drained(one_.get(), &LocalStream::drained);
        QTRY_COMPARE(got_.size(), sent.size());
        QCOMPARE(got_, sent);
        QCOMPARE(one_->unsent(), 0);
        QVERIFY(!drained.isEmpty());
    }

    void bothEndsAreOfThisUser() { QVERIFY(one_->isOwnUser() && other_->isOwnUser()); }

    void tellsTheEndOnceBehindTheLastBytes()
    {
        QSignalSpy closed(other_.get(), &LocalStream::closed);
        one_->write(viewOf(std::string_view("last words")));
        one_.reset();
        QTRY_COMPARE(closed.count(), 1);
        QCOMPARE(got_, QByteArray("last words"));
        QVERIFY(!other_->isOpen());
        other_->write(viewOf(std::string_view("nobody hears"))); // and nothing happens
        QCOMPARE(other_->unsent(), 0);
    }

    void writingToAGoneReaderBreaksNothing()
    {
        other_.reset();
        QSignalSpy closed(one_.get(), &LocalStream::closed);
        one_->write(viewOf(QByteArray(1'000'000, 'x')));
        QTRY_COMPARE(closed.count(), 1);
    }

    void mayDieWhileItHandsOutBytes()
    {
        connect(other_.get(), &LocalStream::received, this, [this] { other_.reset(); });
        one_->write(viewOf(std::string_view("x")));
        QTRY_VERIFY(!other_);
    }

    void nobodyListensThere()
    {
        const QTemporaryDir folder;
        QCOMPARE(LocalStream::connectTo(folder.filePath("none")).error().code, ErrorCode::notFound);
        QCOMPARE(LocalStream::connectTo(folder.filePath(QString(200, 'x'))).error().code, ErrorCode::io);
    }
};

QTEST_GUILESS_MAIN(TestLocalStream)
#include "tst_local_stream.moc"
