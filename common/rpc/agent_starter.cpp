// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/agent_starter.h"

#include "common/rpc/message.h"
#include "common/rpc/spawn.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QVersionNumber>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace kith::rpc {

namespace {

/// The end of a log, for somebody whose agent died.
QString lastLines(const QString &path)
{
    constexpr qint64 tail = 1024;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    file.seek(std::max<qint64>(0, file.size() - tail));
    QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    return lines.mid(std::max<qsizetype>(0, lines.size() - 4)).join(u'\n');
}

} // namespace

QString findAgentProgram(const QProcessEnvironment &environment, const QString &besideFolder)
{
    const QString given = environment.value(QStringLiteral("KITH_AGENT_BIN"));
    if (!given.isEmpty())
        return QDir::current().absoluteFilePath(given);
    const QString name = QStringLiteral("kith");
    const QString beside = QDir(besideFolder).absoluteFilePath(name);
    return QFileInfo(beside).isExecutable() ? beside : QStandardPaths::findExecutable(name);
}

AgentStarter::AgentStarter(StartOptions options, Timers &timers, const Clock &clock, QObject *parent)
    : QObject(parent)
    , options_(std::move(options))
    , timers_(timers)
    , clock_(clock)
    , begun_(clock.monotonic())
{
}

AgentStarter::~AgentStarter()
{
    closePipe();
}

milliseconds AgentStarter::elapsed() const
{
    return clock_.monotonic() - begun_;
}

Task<RpcResult<std::shared_ptr<Client>>> AgentStarter::start()
{
    begun_ = clock_.monotonic();
    auto task = promise_.task();
    if (options_.mayStart) {
        if (auto made = makeRuntimeFolder(options_.paths); !made) {
            fail({ ErrorCode::stopping,
                   QStringLiteral("the runtime folder is not safe: %1")
                       .arg(QString::fromStdString(made.error().detail)) });
            return task;
        }
    }
    limit_ = timers_.after(giveUpAfter, [this] {
        fail({ ErrorCode::stopping, QStringLiteral("the agent did not get ready within 5 s"),
               QStringLiteral("look at its log: kith agent log") });
    });
    connectOnce();
    return task;
}

void AgentStarter::connectOnce()
{
    client_ = std::make_shared<Client>(options_.name, timers_);
    client_->open(options_.paths.socket).then(this, [this](RpcResult<QJsonObject> answered) {
        if (promise_.isDone())
            return;
        if (!answered) {
            onConnectFailed(answered.error());
            return;
        }
        onHello(*answered);
    });
}

void AgentStarter::onHello(const QJsonObject &hello)
{
    const auto finish = [this, hello] {
        hello_ = hello;
        startLock_.reset();
        limit_.cancel();
        promise_.complete(client_);
    };
    const auto versionOf = [](const QString &text) { return QVersionNumber::fromString(text); };
    const bool isOlder = versionOf(hello.value(u"agent").toString()) < versionOf(options_.programVersion);
    if (!isOlder || replaced_ || !options_.mayStart)
        return finish();
    replace([this, finish](const QString &why) {
        olderBecause_ = why;
        finish();
    });
}

/// Asks the agent to end if nothing runs; when it has, start again (cli 1.5).
void AgentStarter::replace(std::function<void(const QString &why)> ifItStays)
{
    replaced_ = true;
    connect(client_.get(), &Client::closed, this, [this] {
        spawned_ = false; // this end was wanted
        timer_ = timers_.after(milliseconds { 0 }, [this] { startOrWait(); });
    });
    client_->call(QStringLiteral("agent.stop"), { { QStringLiteral("when"), QStringLiteral("idle") } }, giveUpAfter)
        .then(this, [this, ifItStays](const RpcResult<QJsonValue> &answered) {
            if (promise_.isDone() || (!answered && !client_->isOpen()))
                return; // it has gone already
            if (!answered || !answered->toObject().value(u"stopping").toBool())
                ifItStays(answered ? answered->toObject().value(u"reason").toString() : answered.error().message);
        });
}

void AgentStarter::onConnectFailed(const RpcError &error)
{
    if (error.code == ErrorCode::unsupported && client_->isOpen() && options_.mayStart && !replaced_)
        return replace([this, error](const QString &why) {
            fail({ error.code, error.message, QStringLiteral("it goes on because %1").arg(why) });
        });
    if (error.code != ErrorCode::stopping) {
        fail(error);
        return;
    }
    if (!options_.mayStart) {
        fail({ ErrorCode::stopping, QStringLiteral("no agent runs for profile %1").arg(options_.paths.profile),
               QStringLiteral("start it with: kith agent --foreground, or leave out --no-autostart") });
        return;
    }
    // Never from inside the failed client's own call.
    timer_ = timers_.after(milliseconds { 0 }, [this] { startOrWait(); });
}

void AgentStarter::startOrWait()
{
    if (promise_.isDone())
        return;
    if (spawned_) { // bound, then gone again: it died after it was ready
        fail({ ErrorCode::stopping, QStringLiteral("the agent died while it started"),
               lastLines(options_.paths.logFile) });
        return;
    }
    if (!startLock_) {
        auto lock = FileLock::take(QFile::encodeName(options_.paths.startLock).toStdString());
        if (!lock && lock.error().code == kith::ErrorCode::busy) {
            lookAgain();
            return;
        }
        if (!lock) {
            fail(RpcError(ErrorCode::stopping, QStringLiteral("the start lock cannot be taken")));
            return;
        }
        startLock_ = std::move(*lock);
        connectOnce(); // whoever had the lock before may have started it
        return;
    }
    const QString holder = holderOf(options_.paths);
    if (holder.isEmpty()) {
        spawn();
        return;
    }
    if (!heldSince_)
        heldSince_ = clock_.monotonic();
    if (replaced_ || clock_.monotonic() - *heldSince_ < heldGrace) { // one that was asked to end gets the whole limit
        lookAgain();
        return;
    }
    fail(
        { ErrorCode::stopping,
          QStringLiteral("profile %1 is held by process %2, which does not answer").arg(options_.paths.profile, holder),
          QStringLiteral("wait until it has ended, or end it: kill %1").arg(holder) });
}

void AgentStarter::lookAgain()
{
    timer_ = timers_.after(lookAgainAfter, [this] { connectOnce(); });
}

void AgentStarter::spawn()
{
    if (options_.program.isEmpty()) {
        fail({ ErrorCode::stopping, QStringLiteral("the program kith is not beside this one and not in PATH") });
        return;
    }
    const QString logFolder = QFileInfo(options_.paths.logFile).path();
    if (auto made = makePrivateFolder(QFile::encodeName(logFolder).toStdString()); !made) {
        fail({ ErrorCode::stopping, QStringLiteral("the log folder cannot be made") });
        return;
    }
    spawned_ = true;
    QStringList arguments = options_.agentArguments;
    arguments += { QStringLiteral("agent"),       QStringLiteral("-p"),         options_.paths.profile,
                   QStringLiteral("--activated"), QStringLiteral("--ready-fd"), QStringLiteral("{fd}") };
    auto pipe = spawnDetached(options_.program, arguments, options_.paths.logFile);
    if (!pipe) {
        fail({ ErrorCode::stopping, QString::fromStdString(pipe.error().detail) });
        return;
    }
    pipe_ = *pipe;
    ::fcntl(pipe_, F_SETFL, O_NONBLOCK);
    notifier_ = std::make_unique<QSocketNotifier>(pipe_, QSocketNotifier::Read);
    connect(notifier_.get(), &QSocketNotifier::activated, this, [this] { onPipe(); });
}

void AgentStarter::onPipe()
{
    char chunk[4096];
    const ssize_t n = ::read(pipe_, chunk, sizeof chunk);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n > 0)
        said_.append(chunk, static_cast<qsizetype>(n));
    if (const qsizetype end = said_.indexOf('\n'); end >= 0) {
        closePipe();
        onReady(parseReadyLine(said_.left(end)));
    } else if (n <= 0 || said_.size() > maxLineBytes) {
        closePipe();
        fail({ ErrorCode::stopping, QStringLiteral("the agent died while it started"),
               lastLines(options_.paths.logFile) });
    }
}

void AgentStarter::onReady(const RpcResult<void> &ready)
{
    if (promise_.isDone())
        return;
    if (!ready)
        fail(ready.error());
    else
        connectOnce();
}

void AgentStarter::fail(RpcError error)
{
    closePipe();
    startLock_.reset();
    limit_.cancel();
    if (!promise_.isDone())
        promise_.complete(std::move(error));
}

void AgentStarter::closePipe()
{
    if (notifier_) {
        notifier_->setEnabled(false);
        notifier_.release()->deleteLater(); // may be the one whose signal is being handled
    }
    if (pipe_ >= 0)
        ::close(std::exchange(pipe_, -1));
}

} // namespace kith::rpc
