// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/conversation.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <cstdio>

using namespace kith::e2e;

/// Measures and prints; asserts only that what is measured happened. Figures go to RESULTS.md by hand.
class BenchFirstPath : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::unique_ptr<Server> server_;
    std::unique_ptr<Person> mei_, bob_;

    static void print(const char *what, std::vector<double> values, const char *unit)
    {
        std::sort(values.begin(), values.end());
        const auto at = [&](double share) {
            return values[static_cast<std::size_t>(share * double(values.size() - 1))];
        };
        std::printf("%-48s p50 %8.1f  p95 %8.1f  max %8.1f %s (n=%zu)\n", what, at(0.5), at(0.95), values.back(), unit,
                    values.size());
    }

    double timed(const std::function<Outcome()> &run)
    {
        QElapsedTimer timer;
        timer.start();
        const auto outcome = run();
        const double ms = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        if (outcome.exit != 0)
            qWarning() << outcome.exit << outcome.err;
        return outcome.exit == 0 ? ms : -1;
    }

    /// Sums of kith_frame_bytes_total by direction and kind.
    std::map<QString, double> frameBytes()
    {
        std::map<QString, double> sums;
        const auto text = runProcess("curl", { "-s", server_->admin() + "/metrics" }, server_->environment()).out;
        static const QRegularExpression row("^kith_frame_bytes_total\\{([^}]*)\\} ([0-9.e+]+)$",
                                            QRegularExpression::MultilineOption);
        for (auto it = row.globalMatch(QString::fromUtf8(text)); it.hasNext();) {
            const auto match = it.next();
            sums[match.captured(1)] = match.captured(2).toDouble();
        }
        return sums;
    }

    qint64 writtenBytes() const
    {
        QFile io(QStringLiteral("/proc/%1/io").arg(server_->pid()));
        if (!io.open(QIODevice::ReadOnly))
            return -1;
        static const QRegularExpression row("\nwrite_bytes: (\\d+)");
        return row.match(QString::fromUtf8(io.readAll())).captured(1).toLongLong();
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
    }

    void programStart()
    {
        std::vector<double> version, echo;
        for (int i = 0; i < 100; ++i) {
            version.push_back(timed([&] { return mei_->kith({ "version" }); }));
            echo.push_back(timed([&] { return runProcess("/bin/true", {}, mei_->environment()); }));
        }
        print("start of /bin/true (the harness's own cost)", echo, "ms");
        print("kith version", version, "ms");
    }

    void sendWarm()
    {
        std::vector<double> accepted, queued;
        for (int i = 0; i < 200; ++i) {
            accepted.push_back(timed([&] { return mei_->kith({ "send", "-t", "@bob", "warm" }); }));
            queued.push_back(timed([&] { return mei_->kith({ "send", "-t", "@bob", "--wait", "queued", "warm" }); }));
        }
        print("kith send --wait accepted, agent warm", accepted, "ms");
        print("kith send --wait queued, agent warm", queued, "ms");
    }

    void sendCold()
    {
        std::vector<double> cold;
        for (int i = 0; i < 20; ++i) {
            QVERIFY(mei_->stopAgent());
            cold.push_back(timed([&] { return mei_->kith({ "send", "-t", "@bob", "cold" }); }));
        }
        print("kith send --wait accepted, agent cold, key file", cold, "ms");
    }

    void bytesOfAHundredByteText()
    {
        constexpr int count = 500;
        QVERIFY(bob_->stopAgent());
        const auto before = frameBytes();
        const qint64 written = writtenBytes();
        QStringList texts;
        for (int i = 0; i < count; ++i)
            texts << QStringLiteral("%1").arg(i, 100, 10, QChar('.'));
        Sender sender(*mei_, "@bob", texts, "bytes-");
        QVERIFY(eventually([&] { return sender.advance(); }, 120'000));
        QVERIFY(eventually([&] { return history(*mei_, "@bob").back()["state"].toString() == "accepted"; }, 60'000));
        for (const auto &[labels, bytes] : frameBytes()) {
            const double each = (bytes - (before.contains(labels) ? before.at(labels) : 0)) / count;
            if (each >= 1)
                std::printf("frames {%s}: %.0f bytes a message\n", qPrintable(labels), each);
        }
        std::printf("server write_bytes: %.0f a message, queued offline\n", double(writtenBytes() - written) / count);
    }
};

QTEST_GUILESS_MAIN(BenchFirstPath)
#include "bench_first_path.moc"
