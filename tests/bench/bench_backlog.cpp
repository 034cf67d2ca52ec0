// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/conversation.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <cstdio>

using namespace kith::e2e;

/// How fast an agent takes in what waited for it (performance P11): decrypted, on its disk, acknowledged. Measures and
/// prints; asserts only that everything came. Figures go to RESULTS.md by hand.
class BenchBacklog : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::unique_ptr<Server> server_;
    std::unique_ptr<Person> mei_, bob_;

    double queued() const
    {
        const auto text = runProcess("curl", { "-s", server_->admin() + "/metrics" }, server_->environment()).out;
        static const QRegularExpression row("^kith_queue_messages ([0-9.e+]+)$", QRegularExpression::MultilineOption);
        return row.match(QString::fromUtf8(text)).captured(1).toDouble();
    }

    /// Of the newest message that mei sent.
    QString lastState()
    {
        const auto page = mei_->call("messages.list", { { "chat", "@bob" }, { "limit", 1 } });
        return page ? page->toObject()["items"].toArray().last().toObject()["state"].toString() : QString();
    }

    struct Used {
        double seconds = 0; ///< user and system
        double written = 0; ///< bytes
    };
    static Used usedBy(qint64 pid)
    {
        const auto read = [pid](const char *name) {
            QFile file(QStringLiteral("/proc/%1/%2").arg(pid).arg(name));
            return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
        };
        const auto fields = read("stat").section(')', -1).split(' ');
        static const QRegularExpression bytes("\nwrite_bytes: (\\d+)");
        return { (fields.value(12).toDouble() + fields.value(13).toDouble()) / double(sysconf(_SC_CLK_TCK)),
                 bytes.match(read("io")).captured(1).toDouble() };
    }

private Q_SLOTS:
    void initTestCase()
    {
        server_ = std::make_unique<Server>(folder_.filePath("server"));
        QVERIFY(server_->start());
        mei_ = std::make_unique<Person>(folder_.path(), "mei");
        bob_ = std::make_unique<Person>(folder_.path(), "bob");
        QCOMPARE(mei_->enrol(*server_).exit, 0);
        QCOMPARE(bob_->enrol(*server_).exit, 0);
        QVERIFY(introduce(*mei_, *bob_));
        QVERIFY(bob_->stopAgent());
    }

    void drain_data()
    {
        QTest::addColumn<int>("count");
        QTest::newRow("2,000") << 2'000;
        QTest::newRow("9,000") << 9'000;
    }
    void drain()
    {
        QFETCH(int, count);
        QStringList texts;
        for (int i = 0; i < count; ++i)
            texts << QStringLiteral("%1").arg(i, 100, 10, QChar('.'));
        Sender sender(*mei_, "@bob", texts, QStringLiteral("%1-").arg(count));
        QElapsedTimer timer;
        timer.start();
        QVERIFY(eventually([&] { return sender.advance(); }, 300'000));
        QVERIFY(eventually([&] { return lastState() == "accepted"; }, 60'000));
        std::printf("%d messages composed and accepted: %.0f a second\n", count, count * 1e3 / double(timer.elapsed()));
        std::fflush(stdout);

        timer.restart();
        QVERIFY(bob_->link());
        const double started = double(timer.elapsed());
        double stored = 0;
        QVERIFY(eventually(
            [&] {
                const auto chat = bob_->call("chats.get", { { "chat", "@mei" } });
                return chat && chat->toObject()["unread"].toInt() >= count;
            },
            300'000));
        stored = double(timer.elapsed());
        QVERIFY(eventually([&] { return queued() <= 1; }, 60'000)); // a receipt of ours may wait for mei
        const auto used = usedBy(*bob_->agentPid());
        std::printf("%d messages taken in: agent up after %.0f ms, all on disk after %.0f ms (%.0f a second), "
                    "all acknowledged after %lld ms; agent CPU %.0f us and %.0f B written a message\n",
                    count, started, stored, count * 1e3 / stored, static_cast<long long>(timer.elapsed()),
                    used.seconds * 1e6 / count, used.written / count);
        QVERIFY(bob_->call("chats.markRead", { { "chat", "@mei" } }).ok());
        QVERIFY(bob_->stopAgent());
    }
};

QTEST_GUILESS_MAIN(BenchBacklog)
#include "bench_backlog.moc"
