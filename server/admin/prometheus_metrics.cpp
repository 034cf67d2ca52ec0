// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/prometheus_metrics.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <QDir>
#include <QFile>

#include <algorithm>
#include <mutex>
#include <unistd.h>

namespace kith::server::admin {

namespace {

constexpr std::size_t maxSeries = 256;
constexpr std::string_view overflow = R"(overflow="true")";

/// `a="x",b="y"` as the library wants it. Values hold no quotes: they are words and numbers of ours.
std::vector<prometheus::ClientMetric::Label> parseLabels(std::string_view text)
{
    std::vector<prometheus::ClientMetric::Label> labels;
    while (!text.empty()) {
        const auto equals = text.find("=\"");
        const auto end = equals == std::string_view::npos ? equals : text.find('"', equals + 2);
        if (end == std::string_view::npos)
            return labels;
        labels.push_back(
            { std::string(text.substr(0, equals)), std::string(text.substr(equals + 2, end - equals - 2)) });
        text.remove_prefix(std::min(text.size(), end + 2));
    }
    return labels;
}

prometheus::MetricType typeOf(MetricKind kind)
{
    switch (kind) {
    case MetricKind::counter:
        return prometheus::MetricType::Counter;
    case MetricKind::gauge:
        return prometheus::MetricType::Gauge;
    case MetricKind::secondsHistogram:
    case MetricKind::rowsHistogram:
        return prometheus::MetricType::Histogram;
    }
    return prometheus::MetricType::Untyped;
}

QByteArray readProc(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

struct PrometheusMetrics::Family {
    const MetricRow &row;
    std::shared_mutex mutex;
    std::map<std::string, std::unique_ptr<Series>, std::less<>> series;

    Series &add(std::string_view labels)
    {
        const std::unique_lock lock(mutex);
        auto &slot = series[std::string(series.size() < maxSeries ? labels : overflow)];
        if (!slot) {
            slot = std::make_unique<Series>();
            slot->bounds = bucketsOf(row.kind);
            if (!slot->bounds.empty())
                slot->buckets = std::vector<std::atomic<std::uint64_t>>(slot->bounds.size() + 1);
        }
        return *slot;
    }

    prometheus::ClientMetric snapshot(const std::string &labels, const Series &from) const
    {
        prometheus::ClientMetric metric;
        metric.label = parseLabels(labels);
        metric.counter.value = from.value;
        metric.gauge.value = from.value;
        std::uint64_t below = 0;
        for (std::size_t i = 0; i < from.buckets.size(); ++i) {
            below += from.buckets[i];
            const bool last = i == from.bounds.size();
            const double bound = last ? std::numeric_limits<double>::infinity() : from.bounds[i];
            metric.histogram.bucket.push_back({ below, bound });
        }
        metric.histogram.sample_count = below;
        metric.histogram.sample_sum = from.value;
        return metric;
    }
};

PrometheusMetrics::PrometheusMetrics()
{
    for (const auto &row : metricTable())
        families_.emplace(row.name, new Family { row, {}, {} });
}

PrometheusMetrics::~PrometheusMetrics() = default;

PrometheusMetrics::Series *PrometheusMetrics::find(std::string_view name, std::string_view labels)
{
    const auto found = families_.find(name);
    if (found == families_.end())
        return nullptr;
    auto &family = *found->second;
    {
        const std::shared_lock lock(family.mutex);
        if (const auto series = family.series.find(labels); series != family.series.end())
            return series->second.get();
    }
    return &family.add(labels);
}

void PrometheusMetrics::count(std::string_view name, std::string_view labels, double by)
{
    if (auto *series = find(name, labels))
        series->value.fetch_add(by, std::memory_order_relaxed);
}

void PrometheusMetrics::gauge(std::string_view name, double value, std::string_view labels)
{
    if (auto *series = find(name, labels))
        series->value.store(value, std::memory_order_relaxed);
}

void PrometheusMetrics::observe(std::string_view name, double value, std::string_view labels)
{
    auto *series = find(name, labels);
    if (!series || series->buckets.empty())
        return;
    const auto index = std::ranges::lower_bound(series->bounds, value) - series->bounds.begin();
    series->buckets[static_cast<std::size_t>(index)].fetch_add(1, std::memory_order_relaxed);
    series->value.fetch_add(value, std::memory_order_relaxed);
}

void PrometheusMetrics::readProcess()
{
    const auto statm = readProc(QStringLiteral("/proc/self/statm")).split(' ');
    if (statm.size() > 1)
        gauge("process_resident_memory_bytes", statm[1].toDouble() * static_cast<double>(::sysconf(_SC_PAGESIZE)), {});
    // The name in brackets may hold blanks; fields 14 and 15 (utime, stime) are the 12th and 13th after it.
    const auto stat = readProc(QStringLiteral("/proc/self/stat"));
    const auto fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    if (fields.size() > 12) {
        const double ticks = fields[11].toDouble() + fields[12].toDouble();
        gauge("process_cpu_seconds_total", ticks / static_cast<double>(::sysconf(_SC_CLK_TCK)), {});
    }
    gauge("process_open_fds",
          static_cast<double>(QDir(QStringLiteral("/proc/self/fd"))
                                  .entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System)
                                  .size()),
          {});
}

std::string PrometheusMetrics::text()
{
    readProcess();
    std::vector<prometheus::MetricFamily> all;
    for (const auto &[name, family] : families_) {
        prometheus::MetricFamily out;
        out.name = std::string(name);
        out.help = std::string(family->row.help);
        out.type = typeOf(family->row.kind);
        const std::shared_lock lock(family->mutex);
        for (const auto &[labels, series] : family->series)
            out.metric.push_back(family->snapshot(labels, *series));
        all.push_back(std::move(out));
    }
    return prometheus::TextSerializer().Serialize(all);
}

} // namespace kith::server::admin
