// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/lean_upgrader.h"

#include "common/net/web_socket_channel.h"
#include "server/gateway/lean/http_upgrade.h"
#include "server/gateway/lean/tls_context.h"

#include <QAbstractEventDispatcher>
#include <QPointer>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace kith::server::gateway {

namespace {

void setUp(int descriptor)
{
    const int on = 1;
    ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); // the loop batches; Nagle would only delay
    net::WebSocketChannel::setUserTimeout(descriptor);
}

} // namespace

LeanUpgrader::LeanUpgrader(const WorkerSettings &settings, const Clock &clock, Timers &timers, OnArrival onArrival)
    : settings_(settings)
    , clock_(clock)
    , timers_(timers)
    , onArrival_(std::move(onArrival))
    , turn_(*QAbstractEventDispatcher::instance())
{
}

LeanUpgrader::~LeanUpgrader() = default;

void LeanUpgrader::take(int descriptor, Admission::Verdict verdict)
{
    setUp(descriptor);
    Attempt attempt;
    attempt.stream = settings_.tls ? Stream::tls(descriptor, *settings_.tls) : Stream::plain(descriptor);
    attempt.readable = std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Read);
    attempt.verdict = std::move(verdict);
    attempt.deadline = timers_.after(settings_.handshake, [this, descriptor] { attempts_.erase(descriptor); });
    connect(attempt.readable.get(), &QSocketNotifier::activated, this, [this, descriptor] { onReadable(descriptor); });
    attempts_.emplace(descriptor, std::move(attempt));
}

void LeanUpgrader::onReadable(int descriptor)
{
    auto &attempt = attempts_.at(descriptor);
    const auto count = attempt.stream->read(turn_.buffer());
    if (count)
        attempt.request.append(turn_.buffer().data(), static_cast<qsizetype>(*count));
    const auto answer = answerUpgrade(attempt.request);
    if (!count || (!answer && attempt.request.size() > requestBytes))
        return (void)release(descriptor);
    if (!answer)
        return;
    const auto done = release(descriptor);
    const auto written = done->stream->write(answer->response);
    const bool all = written && *written == static_cast<std::size_t>(answer->response.size());
    if (!all || !answer->accepted)
        return done->stream->finish();
    auto channel =
        std::make_unique<LeanChannel>(descriptor, std::move(done->stream), turn_, clock_, timers_,
                                      LeanChannel::Settings { settings_.frameBytes, settings_.certificateHash });
    const QPointer<LeanChannel> made(channel.get());
    onArrival_({ std::move(channel), std::move(done->verdict), answer->speaksKith });
    if (made)
        made->begin(QByteArrayView(done->request).sliced(answer->taken));
}

/// Takes the attempt out, from inside its own notifier's signal.
std::unique_ptr<LeanUpgrader::Attempt> LeanUpgrader::release(int descriptor)
{
    auto attempt = std::make_unique<Attempt>(std::move(attempts_.extract(descriptor).mapped()));
    attempt->deadline.cancel();
    attempt->readable->setEnabled(false);
    attempt->readable.release()->deleteLater();
    return attempt;
}

} // namespace kith::server::gateway
