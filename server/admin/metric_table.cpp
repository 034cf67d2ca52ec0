// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/metric_table.h"

#include <array>

namespace kith::server::admin {

namespace {

using enum MetricKind;

constexpr std::array rows {
    MetricRow { "kith_accept_seconds", secondsHistogram, "From a send frame read to Accepted written." },
    MetricRow { "kith_acks_total", counter, "Queue rows that devices acknowledged." },
    MetricRow { "kith_auth_failures_total", counter, "Logins that failed, by reason." },
    MetricRow { "kith_build_info", gauge, "1, with the version of this program." },
    MetricRow { "kith_connections", gauge, "Connections that are open now." },
    MetricRow { "kith_connections_closed_total", counter, "Connections that ended, by close code." },
    MetricRow { "kith_connections_opened_total", counter, "Connections that were opened." },
    MetricRow { "kith_deliver_seconds", secondsHistogram, "From accepted to acknowledged, for online devices." },
    MetricRow { "kith_frame_bytes_total", counter, "Bytes of frames, by direction and kind." },
    MetricRow { "kith_frames_total", counter, "Frames, by direction and kind." },
    MetricRow { "kith_lab", gauge, "1 for a lab server, which is not for real messages." },
    MetricRow { "kith_messages_total", counter, "Messages that clients sent, by kind and result." },
    MetricRow { "kith_prekeys_empty_total", counter, "Bundles that were handed out without a one-time key." },
    MetricRow { "kith_prekeys_low_total", counter, "Devices that were told that their stock is low." },
    MetricRow { "kith_queue_bytes", gauge, "Bytes that wait in all queues, as of the last sweep." },
    MetricRow { "kith_queue_expired_total", counter, "Devices whose queue got a note about expired messages." },
    MetricRow { "kith_queue_messages", gauge, "Messages that wait in all queues, as of the last sweep." },
    MetricRow { "kith_queue_oldest_seconds", gauge, "Age of the oldest row in a queue, as of the last sweep." },
    MetricRow { "kith_queue_refused_total", counter, "Messages refused because the queue was full." },
    MetricRow { "kith_rate_limited_total", counter, "Requests refused by a rate, by limit." },
    MetricRow { "kith_redelivered_total", counter,
                "Rows that were pushed and not acknowledged when a connection ended." },
    MetricRow { "kith_slow_consumers_closed_total", counter, "Connections closed because they read or acknowledged nothing." },
    MetricRow { "kith_store_batch_operations", rowsHistogram, "Operations that one commit of the store carried." },
    MetricRow { "kith_store_batch_rows", rowsHistogram, "Rows that one commit of the store wrote." },
    MetricRow { "kith_store_errors_total", counter, "Commits that failed, by error code." },
    MetricRow { "kith_store_refused_total", counter, "Operations refused because too much waited for the disk." },
    MetricRow { "kith_store_seconds", secondsHistogram, "How long a commit took, to the millisecond." },
    MetricRow { "kith_worker_loop_seconds", secondsHistogram, "How long a worker's event loop took to answer." },
    MetricRow { "kith_ws_backpressure_total", counter,
                "Times that a queue was not read on because a client was slow." },
    MetricRow { "process_cpu_seconds_total", counter, "User and system CPU time." },
    MetricRow { "process_open_fds", gauge, "Open file descriptors." },
    MetricRow { "process_resident_memory_bytes", gauge, "Resident memory." },
};

constexpr std::array seconds { .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1., 2.5, 5., 10. };
constexpr std::array counts { 1., 2., 5., 10., 20., 50., 100., 200., 500., 1'000., 2'000., 5'000. };

} // namespace

std::span<const MetricRow> metricTable()
{
    return rows;
}

std::span<const double> bucketsOf(MetricKind kind)
{
    if (kind == secondsHistogram)
        return seconds;
    return kind == rowsHistogram ? std::span<const double>(counts) : std::span<const double>();
}

} // namespace kith::server::admin
