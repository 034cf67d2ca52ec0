// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security S12
#include "server/admin/prometheus_metrics.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>

#include <thread>

using namespace kith::server::admin;

class TestMetrics final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tableIsSortedAndFullyWritten()
    {
        PrometheusMetrics metrics;
        const auto text = QString::fromStdString(metrics.text());
        std::string_view last;
        for (const auto &row : metricTable()) {
            QVERIFY2(last < row.name, std::string(row.name).c_str());
            last = row.name;
            const auto name = QString::fromStdString(std::string(row.name));
            QVERIFY2(text.contains("# HELP " + name + ' '), qPrintable(name));
            QVERIFY2(text.contains("# TYPE " + name + ' '), qPrintable(name));
        }
    }

    /// A name that the source counts and the table lacks would be lost without a sign.
    void everyCountedNameIsInTheTable()
    {
        QStringList missing;
        int seen = 0;
        const QRegularExpression name("(?:count|gauge|observe)\\(\\s*\"((?:kith|process)_[a-z_]+)\"");
        QDirIterator files(KITH_SOURCE_DIR "/server", { "*.cpp" }, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto text = QString::fromUtf8(file.readAll());
            for (auto found = name.globalMatch(text); found.hasNext(); ++seen) {
                const auto counted = found.next().captured(1).toStdString();
                if (std::ranges::find(metricTable(), counted, &MetricRow::name) == metricTable().end())
                    missing << QString::fromStdString(counted);
            }
        }
        QVERIFY(seen > 20);
        QCOMPARE(missing, QStringList());
    }

    void countsGaugesAndHistogramsAreWritten()
    {
        PrometheusMetrics metrics;
        metrics.count("kith_frames_total", R"(direction="in",kind="send")", 2);
        metrics.count("kith_frames_total", R"(direction="in",kind="send")", 1);
        metrics.gauge("kith_connections", 7, {});
        metrics.observe("kith_accept_seconds", 0.0005, {}); // a bound belongs to its own bucket
        metrics.observe("kith_accept_seconds", 0.3, {});
        metrics.observe("kith_accept_seconds", 99, {});
        const auto text = QString::fromStdString(metrics.text());
        for (const char *line :
             { "kith_frames_total{direction=\"in\",kind=\"send\"} 3", "\nkith_connections 7",
               "kith_accept_seconds_bucket{le=\"0.0005\"} 1", "kith_accept_seconds_bucket{le=\"0.25\"} 1",
               "kith_accept_seconds_bucket{le=\"0.5\"} 2", "kith_accept_seconds_bucket{le=\"10\"} 2",
               "kith_accept_seconds_bucket{le=\"+Inf\"} 3", "kith_accept_seconds_count 3" })
            QVERIFY2(text.contains(line), line);
        QVERIFY(QRegularExpression("\nprocess_resident_memory_bytes [1-9]").match(text).hasMatch());
    }

    void unknownNamesAreIgnored()
    {
        PrometheusMetrics metrics;
        metrics.count("kith_invented_total", {}, 1);
        QVERIFY(metrics.text().find("invented") == std::string::npos);
    }

    void labelSetsAreBounded()
    {
        PrometheusMetrics metrics;
        for (int code = 0; code < 5'000; ++code)
            metrics.count("kith_connections_closed_total", "reason=\"" + std::to_string(code) + '"', 1);
        const auto text = QString::fromStdString(metrics.text());
        QVERIFY(text.count("kith_connections_closed_total{") <= 257);
        QVERIFY(text.contains("kith_connections_closed_total{overflow=\"true\"} 4744"));
    }

    void threadsLoseNothing()
    {
        PrometheusMetrics metrics;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&metrics] {
                for (int n = 0; n < 20'000; ++n)
                    metrics.count("kith_acks_total", {}, 1);
            });
        for (auto &thread : threads)
            thread.join();
        QVERIFY(metrics.text().find("kith_acks_total 80000") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
