// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/service/service.h"

#include "common/base/hash.h"
#include "common/base/log.h"
#include "common/client/connection.h"
#include "common/client/document.h"
#include "common/client/event_log.h"
#include "common/client/store/database.h"
#include "common/client/typing.h"
#include "common/rpc/message.h"
#include "common/rpc/service/peer.h"

#include <QFile>
#include <QJsonDocument>
#include <QLocalServer>

#include <sys/stat.h>
#include <unistd.h>

namespace kith::rpc::service {

KITH_LOG_CATEGORY(logService, "kith.rpc")

namespace {

constexpr milliseconds upkeepEvery { 10 * 60 * 1000 };

/// What a front end of this major version may find missing in an older agent.
constexpr const char *features[] = { "events",      "consumers", "chatSettings", "drafts",   "quotes",
                                     "deleteForMe", "search",    "recovery",     "frontend", "serverCheck" };

QJsonArray featureList()
{
    QJsonArray list;
    for (const char *feature : features)
        list.append(QString::fromLatin1(feature));
    return list;
}

} // namespace

class Service::Listener final : public QLocalServer {
public:
    explicit Listener(Service &service) : service_(service) { }

protected:
    void incomingConnection(quintptr descriptor) override { service_.take(static_cast<int>(descriptor)); }

private:
    Service &service_;
};

Sha256 digestOf(const Request &request)
{
    QJsonObject params = request.params;
    params.remove(QStringLiteral("key"));
    params.remove(QStringLiteral("secret"));
    if (params.contains(u"unlock")) {
        QJsonObject unlock = params.value(u"unlock").toObject();
        unlock.remove(QStringLiteral("secret"));
        params.insert(QStringLiteral("unlock"), unlock);
    }
    // QJsonObject sorts its members, so equal parameters have equal bytes.
    const QByteArray body = QJsonDocument(params).toJson(QJsonDocument::Compact);
    return sha256({ viewOf(request.method.toUtf8()), viewOf(std::string_view("\n")), viewOf(body) });
}

Service::Service(Host &host, ServiceOptions options)
    : host_(host)
    , options_(std::move(options))
    , server_(std::make_unique<Listener>(*this))
    , begun_(host.world().clock.monotonic())
{
    addAgentMethods(handlers_, *this);
    addAccountMethods(handlers_, *this);
    addMessageMethods(handlers_, *this);
    addChatMethods(handlers_, *this);
    addPeopleMethods(handlers_, *this);
    addEventMethods(handlers_, *this);
    addStoreMethods(handlers_, *this);
    addFrontendMethods(handlers_, *this);
    connect(&host_, &Host::engineOpened, this, &Service::onEngineOpened);
    connect(&host_, &Host::stateChanged, this, [this] {
        broadcast(QStringLiteral("agent.state"),
                  { { QStringLiteral("state"), QString::fromLatin1(toString(host_.state())) } });
    });
    if (host_.engine())
        onEngineOpened();
}

Service::~Service()
{
    peers_.clear();
}

Result<void> Service::listen()
{
    const QByteArray path = QFile::encodeName(options_.socket);
    if (::unlink(path.constData()) != 0 && errno != ENOENT)
        return Error { kith::ErrorCode::io, "a stale socket cannot be removed" };
    const mode_t before = ::umask(0177);
    const bool listening = server_->listen(options_.socket);
    ::umask(before);
    if (!listening || ::chmod(path.constData(), 0600) != 0)
        return Error { kith::ErrorCode::io, "the socket cannot be bound: " + server_->errorString().toStdString() };
    return {};
}

void Service::stop()
{
    stopping_ = true;
    server_->close();
}

void Service::closePeers()
{
    while (!peers_.empty())
        peers_.back()->cut();
}

void Service::take(int descriptor)
{
    auto stream = std::make_unique<LocalStream>(descriptor);
    if (stopping_ || !stream->isOwnUser() || peers_.size() >= maxPeers) {
        qCWarning(logService) << "a connection was refused";
        return;
    }
    peers_.push_back(std::make_unique<Peer>(*this, std::move(stream)));
    Q_EMIT peersChanged();
}

void Service::drop(Peer *peer)
{
    const auto it = std::ranges::find(peers_, peer, [](const auto &p) { return p.get(); });
    if (it == peers_.end())
        return;
    if (window_ == peer)
        window_ = nullptr;
    it->release()->deleteLater(); // it may be on the stack
    peers_.erase(it);
    Q_EMIT peersChanged();
}

void Service::onEngineOpened()
{
    client::Engine *engine = host_.engine();
    connect(&engine->events(), &client::EventLog::appended, this, [this](const client::Event &) {
        for (std::size_t i = 0; i < peers_.size(); ++i) // a peer that is cut leaves the list
            peers_[i]->pump();
    });
    connect(engine, &client::Engine::transient, this, [this](const QString &type, const QByteArray &json) {
        broadcast(type, QJsonDocument::fromJson(json).object());
    });
    upkeep();
    for (std::size_t i = 0; i < peers_.size(); ++i)
        peers_[i]->pump();
}

void Service::upkeep()
{
    client::Engine *engine = host_.engine();
    if (!engine)
        return;
    const WallTime now = host_.world().clock.now();
    const auto pruned = engine->events().prune();
    const auto forgotten = engine->database().calls().prune(now - client::store::CallTable::keptFor);
    const auto unseen = engine->database().seen().prune(now - client::store::SeenTable::keptFor);
    if (!pruned || !forgotten || !unseen)
        qCWarning(logService) << "the store could not be tidied up";
    upkeep_ = host_.world().timers.after(upkeepEvery, [this] { upkeep(); });
}

QJsonObject Service::eventHead(const QString &type) const
{
    return { { QStringLiteral("schema"), 1 },
             { QStringLiteral("type"), type },
             { QStringLiteral("ts"), static_cast<qint64>(toMs(host_.world().clock.now())) } };
}

void Service::broadcast(const QString &type, QJsonObject body)
{
    const QJsonObject head = eventHead(type);
    for (auto it = head.begin(); it != head.end(); ++it) {
        if (!body.contains(it.key()))
            body.insert(it.key(), it.value());
    }
    const bool always = type == u"agent.state";
    for (std::size_t i = 0; i < peers_.size(); ++i)
        peers_[i]->notify(type, body, always);
}

bool Service::isConnected(const QString &consumer) const
{
    return std::ranges::any_of(
        peers_, [&](const auto &peer) { return peer->subscription() && peer->subscription()->consumer == consumer; });
}

void Service::moveConsumer(const QString &consumer, std::int64_t cursor)
{
    for (const auto &peer : peers_) {
        if (peer->subscription() && peer->subscription()->consumer == consumer)
            peer->subscription()->cursor = cursor;
    }
}

milliseconds Service::uptime() const
{
    return host_.world().clock.monotonic() - begun_;
}

QJsonObject Service::greeting() const
{
    return { { QStringLiteral("api"), apiMajor },
             { QStringLiteral("minor"), apiMinor },
             { QStringLiteral("agent"), options_.version },
             { QStringLiteral("profile"), options_.profile },
             { QStringLiteral("state"), QString::fromLatin1(toString(host_.state())) },
             { QStringLiteral("features"), featureList() },
             { QStringLiteral("limits"),
               QJsonObject { { QStringLiteral("lineBytes"), maxLineBytes },
                             { QStringLiteral("batch"), maxBatch },
                             { QStringLiteral("depth"), maxDepth },
                             { QStringLiteral("openCalls"), Peer::maxOpenCalls },
                             { QStringLiteral("connections"), maxPeers },
                             { QStringLiteral("unsentBytes"), Peer::maxUnsent } } } };
}

RpcResult<void> Service::check(const Method &method, const Request &request)
{
    if (stopping_)
        return RpcError { ErrorCode::stopping, QStringLiteral("the agent is ending") };
    return schemas_.validate(method.paramsSchema(), request.params);
}

void Service::handle(Peer &peer, const Request &request, Answer answer)
{
    if (&peer != window_) // it calls by itself, too, and tells when a person is there: frontend.activity
        Q_EMIT called();
    const Method *method = findMethod(request.method);
    if (!method || !handlers_.contains(request.method))
        return answer(RpcError { ErrorCode::methodNotFound, QStringLiteral("there is no such method") });
    if (const auto allowed = check(*method, request); !allowed)
        return answer(allowed.error());
    if (isShutOut(peer, request.method))
        return answer(RpcError { ErrorCode::refused, QStringLiteral("this profile is for the window alone"),
                                 QStringLiteral("kith config set agent.frontends all") });
    const QPointer<Peer> from(&peer);
    if (method->needs == Needs::nothing && request.method != u"account.register")
        return run(from, *method, request, answer);
    host_.whenSettled(this, [this, from, method, request, answer] {
        const auto error = method->needs == Needs::openStore ? obstacle() : std::nullopt;
        if (error)
            answer(*error);
        else
            run(from, *method, request, answer);
    });
}

/// A guard against mistakes, not a wall: any program of this user can say that it is the window.
bool Service::isShutOut(const Peer &peer, const QString &method) const
{
    const auto &settings = options_.settings;
    const auto it = std::ranges::find(settings, QStringLiteral("agent.frontends"), &Setting::name);
    if (it == settings.end() || it->value != u"gui" || peer.client() == u"kith-gui")
        return false;
    static const QStringList always { QStringLiteral("hello"),        QStringLiteral("agent.status"),
                                      QStringLiteral("agent.stop"),   QStringLiteral("agent.doctor"),
                                      QStringLiteral("rpc.discover"), QStringLiteral("config.get"),
                                      QStringLiteral("config.set"),   QStringLiteral("config.list") };
    return !always.contains(method);
}

/// Why a method that needs the open store cannot run.
std::optional<RpcError> Service::obstacle() const
{
    if (stopping_)
        return RpcError { ErrorCode::stopping, QStringLiteral("the agent is ending") };
    if (host_.trouble())
        return toRpc(*host_.trouble());
    switch (host_.state()) {
    case HostState::locked:
    case HostState::opening:
        return RpcError { ErrorCode::locked, QStringLiteral("the profile is locked"),
                          QStringLiteral("kith agent unlock") };
    case HostState::unregistered:
        return RpcError { ErrorCode::unregistered, QStringLiteral("this profile has no account"),
                          QStringLiteral("kith register") };
    case HostState::ready:
        return std::nullopt;
    }
    return std::nullopt;
}

void Service::run(QPointer<Peer> peer, const Method &method, const Request &request, const Answer &answer)
{
    if (!peer) // gone before anything was done
        return answer(RpcError { ErrorCode::cancelled, QStringLiteral("the caller went away") });
    const std::string key = request.params.value(u"key").toString().toStdString();
    const Call call { request.params, *peer, host_.engine() };
    // The engine keeps the keys of `send` in the transaction that queues the message.
    if (method.effect == Effect::keyed && !key.empty() && request.method != u"send")
        return runKeyed(key, method, request, call, answer);
    handlers_.value(request.method)(call).then(
        this, [this, &method, answer](Reply reply) { answer(checked(method, std::move(reply))); });
}

void Service::runKeyed(const std::string &key, const Method &method, const Request &request, const Call &call,
                       const Answer &answer)
{
    const Sha256 digest = digestOf(request);
    if (const auto known = earlier(key, digest))
        return answer(*known);
    if (const auto same = running_.find(key); same != running_.end()) {
        if (same->second.digest != digest)
            return answer(RpcError { ErrorCode::keyReused, QStringLiteral("the key was used with another call") });
        return same->second.waiting.push_back(answer);
    }
    running_[key] = { digest, { answer } };
    if (!call.engine) { // account.register makes the store; its keys are for what runs now
        return handlers_.value(request.method)(call).then(
            this, [this, &method, key](Reply reply) { settle(key, checked(method, std::move(reply))); });
    }
    auto transaction = call.engine->database().transaction();
    if (!transaction)
        return settle(key, toRpc(client::fromStore(transaction.error())));
    auto task = handlers_.value(request.method)(call);
    if (task.isReady()) { // the common case: the effect and its result become durable together
        return task.then(this, [&](Reply reply) {
            settle(key, kept(key, digest, checked(method, std::move(reply)), std::move(*transaction)));
        });
    }
    if (const auto begun = transaction->commit(); !begun)
        qCWarning(logService) << "what a call began is not kept:" << begun.error().detail.c_str();
    task.then(this, [this, &method, key, digest](Reply reply) {
        const Reply result = checked(method, std::move(reply));
        if (const auto saved = result ? remember(key, digest, *result) : Result<void> {}; !saved)
            qCWarning(logService) << "a result could not be kept:" << saved.error().detail.c_str();
        settle(key, result);
    });
}

/// Commits what a call did together with its result; an error undoes what it did.
Reply Service::kept(const std::string &key, const Sha256 &digest, Reply reply, sql::Transaction transaction)
{
    if (!reply)
        return reply;
    auto saved = remember(key, digest, *reply);
    if (saved)
        saved = transaction.commit();
    return saved ? std::move(reply) : Reply(toRpc(client::fromStore(saved.error())));
}

void Service::settle(const std::string &key, const Reply &reply)
{
    const auto ended = running_.extract(key);
    for (const auto &waiting : ended.mapped().waiting)
        waiting(reply);
}

std::optional<Reply> Service::earlier(const std::string &key, const Sha256 &digest)
{
    if (!host_.engine())
        return std::nullopt;
    const auto found = host_.engine()->database().calls().find(key);
    if (!found)
        return Reply(toRpc(client::fromStore(found.error())));
    if (!*found)
        return std::nullopt;
    if ((*found)->digest != digest)
        return Reply(RpcError { ErrorCode::keyReused, QStringLiteral("the key was used with another call") });
    return Reply(QJsonDocument::fromJson(QByteArray::fromStdString((*found)->result)).object());
}

Result<void> Service::remember(const std::string &key, const Sha256 &digest, const QJsonObject &result)
{
    if (!host_.engine())
        return {};
    const std::string json = QJsonDocument(result).toJson(QJsonDocument::Compact).toStdString();
    return host_.engine()->database().calls().save({ key, digest, json, host_.world().clock.now() });
}

Reply Service::checked(const Method &method, Reply reply)
{
    if (!reply && reply.error().code == ErrorCode::cancelled && !host_.engine()) {
        // The engine ended under the call.
        if (stopping_)
            return RpcError { ErrorCode::stopping, QStringLiteral("the agent is ending") };
        return RpcError { ErrorCode::locked, QStringLiteral("the profile was locked meanwhile") };
    }
#ifdef KITH_TESTING
    if (reply) {
        if (const auto valid = schemas_.validate(method.resultSchema(), *reply); !valid) {
            qCCritical(logService) << method.name << "answered against its schema:" << valid.error().message;
            return RpcError { ErrorCode::internalRpc, valid.error().message };
        }
    }
#else
    static_cast<void>(method);
#endif
    return reply;
}

} // namespace kith::rpc::service
