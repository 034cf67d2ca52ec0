// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/receiver.h"

#include "common/rpc/method_table.h"

#include <QProcess>

#include <poll.h>
#include <unistd.h>

namespace kith::cli {

using rpc::ErrorCode;
using rpc::RpcError;
using rpc::RpcResult;

namespace {

constexpr milliseconds catchUpTime { 10'000 };
constexpr milliseconds readerPause { 1'000 };

const Columns &columns()
{
    static const Columns all {
        { "CURSOR", "cursor" },     { "TIME", "ts", Column::Kind::time }, { "TYPE", "type" },
        { "CHAT", "chat" },         { "FROM", "message.from.user" },      { "ID", "message.mid" },
        { "TEXT", "message.text" },
    };
    return all;
}

/// For people: the cursor and the id are noise on a terminal.
const Columns &shortColumns()
{
    static const Columns all {
        { "TIME", "ts", Column::Kind::time }, { "TYPE", "type" },         { "CHAT", "chat" },
        { "FROM", "message.from.user" },      { "TEXT", "message.text" }, { "STATE", "state" },
    };
    return all;
}

/// A gap has no message: its row says what is gone.
QJsonObject withGapText(QJsonObject event)
{
    if (event.value(u"type") == QJsonValue(QStringLiteral("event.gap")))
        event.insert(QStringLiteral("message"),
                     QJsonObject { { QStringLiteral("text"),
                                     QStringLiteral("events %1 to %2 are no longer kept")
                                         .arg(event.value(u"from").toString(), event.value(u"to").toString()) } });
    return event;
}

quint64 cursorOf(const QJsonObject &event)
{
    return event.value(u"cursor").toString().toULongLong();
}

} // namespace

Receiver::Receiver(Session &session, ReceiveOptions options) : session_(session), options_(std::move(options)) { }

Receiver::~Receiver() = default;

RpcResult<void> Receiver::subscribe()
{
    KITH_TRY(auto client, session_.connection());
    if (client != client_) {
        client_ = client;
        connect(client_.get(), &rpc::Client::event, this, &Receiver::onEvent);
    }
    waiting_.clear();
    QJsonObject params;
    if (!options_.consumer.isEmpty())
        params.insert(QStringLiteral("consumer"), options_.consumer);
    if (dealtWith_ > 0)
        params.insert(QStringLiteral("since"), QString::number(dealtWith_));
    else if (!options_.since.isEmpty())
        params.insert(QStringLiteral("since"), options_.since);
    for (const auto &[name, values] : { std::pair("types", &options_.types), std::pair("chats", &options_.chats),
                                        std::pair("from", &options_.from) }) {
        // A consumer remembers what it wanted: every call says it anew, or an old --types would silence later ones.
        if (!values->isEmpty() || !options_.consumer.isEmpty())
            params.insert(QString::fromLatin1(name), QJsonArray::fromStringList(*values));
    }
    KITH_TRY(const QJsonObject begun, session_.call("events.subscribe", params));
    pending_ = begun.value(u"pending").toInteger();
    return {};
}

void Receiver::onEvent(const QJsonObject &event)
{
    waiting_.push_back(event);
    session_.wake();
}

bool Receiver::isWanted(const QJsonObject &event) const
{
    const QString type = event.value(u"type").toString();
    if (event.contains(u"cursor"))
        return cursorOf(event) > dealtWith_; // else it was printed before the agent died
    return type == u"event.gap" || options_.types.contains(type);
}

void Receiver::restartIdleTimer()
{
    if (options_.untilIdle)
        idle_ = session_.timers().after(*options_.untilIdle, [this] {
            isIdle_ = true;
            session_.wake();
        });
}

RpcResult<void> Receiver::execute(const QJsonObject &event)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    process.start(options_.exec.first(), options_.exec.mid(1));
    process.write(jsonDocument(event));
    process.closeWriteChannel();
    if (!process.waitForStarted(-1))
        return RpcError { ErrorCode::internal, QStringLiteral("the command of --exec cannot be started") };
    process.waitForFinished(-1);
    if (session_.interrupt().isRaised()) // the command got the same signal and may have ended half way
        return RpcError { ErrorCode::cancelled, QStringLiteral("stopped") };
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return RpcError { ErrorCode::internal,
                          QStringLiteral("the command of --exec ended with %1").arg(process.exitCode()),
                          QStringLiteral("its event was not acknowledged and comes again") };
    return {};
}

RpcResult<void> Receiver::deal(const QJsonObject &event)
{
    const bool isSlow = event.value(u"type") == QJsonValue(QStringLiteral("event.gap")) && !event.contains(u"to");
    if (isSlow)
        return subscribe(); // this reader was too slow: the log has it all, read again from the last cursor
    const Output &out = session_.out();
    out.streamed(out.isJson() ? event : withGapText(event), out.format() == Format::table ? shortColumns() : columns());
    if (!options_.exec.isEmpty())
        KITH_CHECK(execute(event));
    if (event.contains(u"cursor")) {
        dealtWith_ = cursorOf(event);
        --pending_;
        ++count_;
        if (!options_.manualAck && !options_.consumer.isEmpty())
            ackWish_ = dealtWith_;
    }
    return {};
}

RpcResult<void> Receiver::acknowledge()
{
    if (options_.consumer.isEmpty() || ackWish_ <= acknowledged_)
        return {};
    const quint64 cursor = ackWish_;
    KITH_CHECK(session_.call(
        "events.ack",
        { { QStringLiteral("consumer"), options_.consumer }, { QStringLiteral("cursor"), QString::number(cursor) } }));
    acknowledged_ = cursor;
    return {};
}

/// Reads `ack CURSOR` lines from standard input.
void Receiver::readAcks()
{
    char chunk[4096];
    const ssize_t n = ::read(STDIN_FILENO, chunk, sizeof chunk);
    if (n <= 0) {
        acks_->setEnabled(false);
        acksEnded_ = true;
        session_.wake();
        return;
    }
    ackText_.append(chunk, static_cast<qsizetype>(n));
    for (qsizetype end = ackText_.indexOf('\n'); end >= 0; end = ackText_.indexOf('\n')) {
        const QByteArray line = ackText_.left(end).trimmed();
        ackText_.remove(0, end + 1);
        bool ok = false;
        const quint64 cursor = line.mid(4).trimmed().toULongLong(&ok);
        if (line.startsWith("ack ") && ok)
            ackWish_ = std::max(ackWish_, std::min(cursor, dealtWith_)); // never beyond what was printed
        else
            session_.out().hint(QStringLiteral("expected a line: ack CURSOR"));
    }
    session_.wake();
}

bool Receiver::isStopped() const
{
    return isIdle_ || (options_.max && count_ >= *options_.max);
}

bool Receiver::isDone() const
{
    const bool isAllDone = pending_ <= 0 && waiting_.empty();
    const bool isAllAcked = !options_.manualAck || acksEnded_ || ackWish_ >= dealtWith_;
    return !options_.follow && !options_.untilIdle && isAllDone && isAllAcked;
}

/// Waits until the agent has what the server kept, then counts anew what is pending. An agent without a connection
/// is not waited for.
RpcResult<void> Receiver::catchUp()
{
    caughtUp_ = true;
    bool over = false;
    const Timer deadline = session_.timers().after(session_.timeout(catchUpTime), [&over] { over = true; });
    for (;;) {
        KITH_TRY(const QJsonObject status, session_.call("agent.status"));
        if (status.value(u"caughtUp").toBool(true))
            return subscribe();
        if (over || status.value(u"connection") == QJsonValue(QStringLiteral("offline"))) {
            session_.out().hint(QStringLiteral("the server cannot be reached; it may have more"));
            return subscribe();
        }
        bool again = false;
        const Timer look = session_.timers().after(milliseconds { 20 }, [&] {
            again = true;
            session_.wake();
        });
        if (!session_.waitUntil([&] { return again; }))
            return RpcError { ErrorCode::cancelled, QStringLiteral("stopped") };
    }
}

/// Deals with everything that waits, then acknowledges once.
RpcResult<void> Receiver::work()
{
    constexpr int mostBeforeAck = 64;
    int dealt = 0;
    while (!waiting_.empty() && !(options_.max && count_ >= *options_.max) && !session_.interrupt().isRaised()) {
        const QJsonObject event = std::move(waiting_.front());
        waiting_.pop_front();
        if (!isWanted(event))
            continue;
        restartIdleTimer();
        KITH_CHECK(deal(event));
        if (++dealt % mostBeforeAck == 0 || !options_.exec.isEmpty())
            KITH_CHECK(acknowledge());
    }
    return acknowledge();
}

RpcResult<void> Receiver::follow()
{
    KITH_CHECK(subscribe());
    restartIdleTimer();
    for (;;) {
        KITH_CHECK(work());
        if (isStopped() || (isDone() && caughtUp_))
            return {};
        if (isDone()) {
            KITH_CHECK(catchUp());
            continue;
        }
        const bool going = session_.waitUntil([this] {
            return !waiting_.empty() || isStopped() || isDone() || !client_->isOpen() || ackWish_ > acknowledged_;
        });
        if (!going)
            return RpcError { ErrorCode::cancelled, QStringLiteral("stopped") };
        if (!client_->isOpen() && waiting_.empty())
            KITH_CHECK(subscribe());
    }
}

/// Nothing may be written for hours: a reader that left (`| head -1`) is noticed all the same. No notifier of Qt tells
/// of an error alone, so it is asked for.
void Receiver::watchReader()
{
    pollfd out { STDOUT_FILENO, 0, 0 };
    if (::poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0)
        dieOfBrokenPipe();
    reader_ = session_.timers().after(readerPause, [this] { watchReader(); });
}

int Receiver::run()
{
    watchReader();
    if (options_.manualAck) {
        acks_ = std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read);
        connect(acks_.get(), &QSocketNotifier::activated, this, [this] { readAcks(); });
    }
    const auto ended = follow();
    if (ended)
        return 0;
    return session_.fail(ended.error());
}

} // namespace kith::cli
