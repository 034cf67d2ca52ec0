// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/models/registration.h"

#include "client-gui/models/error_text.h"

#include <QProcess>
#include <QUrl>
#include <QUrlQuery>

namespace kith::gui {

using namespace Qt::StringLiterals;
using rpc::ErrorCode;

namespace {

constexpr auto localServer = "ws://127.0.0.1:8480";
constexpr milliseconds lookAgain { 250 };
constexpr int looksForStart = 40; // 10 s
constexpr milliseconds registerTimeout { 60'000 };

/// A server as people write it: a whole kith://server address, wss://…, or just a host.
struct Typed {
    QString url;
    QString pin;
};

Typed parsed(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.startsWith(u"kith://server"_s)) {
        const QUrlQuery query(QUrl(trimmed).query());
        return { u"wss://"_s + query.queryItemValue(u"host"_s), query.queryItemValue(u"pin"_s) };
    }
    if (trimmed.contains(u"://"_s))
        return { trimmed, {} };
    const bool isLoopback = trimmed.startsWith(u"localhost"_s) || trimmed.startsWith(u"127."_s);
    return { (isLoopback ? u"ws://"_s : u"wss://"_s) + trimmed, {} };
}

} // namespace

Registration::Registration(AgentLink &link, const World &world, QString serverProgram, QObject *parent)
    : QObject(parent)
    , link_(link)
    , world_(world)
    , serverProgram_(std::move(serverProgram))
{
}

bool Registration::isServerLocal() const
{
    const QString host = QUrl(serverUrl_).host();
    return host == u"127.0.0.1" || host == u"localhost" || host == u"::1";
}

QJsonObject Registration::serverParams() const
{
    QJsonObject params { { u"server"_s, serverUrl_ } };
    if (!pin_.isEmpty())
        params.insert(u"pin"_s, pin_);
    return params;
}

void Registration::setServer(const QString &server)
{
    if (server == server_)
        return;
    looking_ = false;
    server_ = server;
    const Typed typed = parsed(server);
    serverUrl_ = typed.url;
    pin_ = typed.pin;
    mode_.clear();
    serverText_.clear();
    ++serverRound_;
    serverCheck_ = server.trimmed().isEmpty() ? Unchecked : Checking;
    if (serverCheck_ == Checking)
        serverTimer_ = world_.timers.after(checkPause, [this] { checkServer(); });
    else
        serverTimer_.cancel();
    Q_EMIT serverChanged();
    Q_EMIT userChanged();
}

void Registration::lookForLocalServer()
{
    if (!server_.isEmpty())
        return;
    serverUrl_ = QString::fromLatin1(localServer);
    pin_.clear();
    looking_ = true;
    serverCheck_ = Checking;
    checkServer();
    Q_EMIT serverChanged();
}

void Registration::checkServer()
{
    const int round = ++serverRound_;
    link_.call(u"server.check"_s, serverParams()).then(this, [this, round](const Answer &answer) {
        if (round == serverRound_)
            onServerAnswer(answer);
    });
}

void Registration::onServerAnswer(const Answer &answer)
{
    if (!answer && starting_ && --triesLeft_ > 0) {
        serverTimer_ = world_.timers.after(lookAgain, [this] { checkServer(); });
        return;
    }
    starting_ = false;
    // An older agent of the same API cannot look: registering will tell.
    const bool cannotLook = !answer && answer.error().code == ErrorCode::methodNotFound && !looking_;
    mode_ = answer ? answer->value(u"registration").toString() : QString();
    if (answer) {
        if (server_.isEmpty())
            server_ = QUrl(serverUrl_).authority();
        serverCheck_ = mode_ == u"closed" ? Bad : Good;
        serverText_ = mode_ == u"closed" ? tr("This server takes no new accounts.")
            : mode_ == u"invite"         ? tr("Found. It asks for an invite code.")
            : isServerLocal()            ? tr("Found on this computer.")
                                         : tr("Found.");
    } else if (cannotLook) {
        serverCheck_ = Good;
        serverText_.clear();
    } else if (looking_) {
        serverCheck_ = Unchecked;
        serverText_.clear();
    } else {
        serverCheck_ = Bad;
        const ErrorCode code = answer.error().code;
        serverText_ = code == ErrorCode::untrustedIdentity
            ? tr("Its certificate is not the expected one. Ask the operator for the kith:// address.")
            : code == ErrorCode::unsupported || code == ErrorCode::invalidParams
            ? tr("There is no Kith server at this address.")
            : errorText(answer.error());
    }
    looking_ = false;
    Q_EMIT serverChanged();
    if (serverCheck_ == Good && !user_.isEmpty())
        setUser(std::exchange(user_, QString()));
    Q_EMIT userChanged();
}

void Registration::startLocalServer()
{
    if (starting_ || serverProgram_.isEmpty())
        return;
    server_.clear();
    serverUrl_ = QString::fromLatin1(localServer);
    pin_.clear();
    looking_ = false;
    serverCheck_ = Checking;
    serverText_ = tr("Starting…");
    if (!QProcess::startDetached(serverProgram_, { u"run"_s, u"--dev"_s })) {
        serverCheck_ = Bad;
        serverText_ = tr("The server program cannot be started.");
    } else {
        starting_ = true;
        triesLeft_ = looksForStart;
        serverTimer_ = world_.timers.after(lookAgain, [this] { checkServer(); });
    }
    Q_EMIT serverChanged();
}

void Registration::setUser(const QString &user)
{
    QString clean = user.trimmed().toLower();
    if (clean.startsWith(u'@'))
        clean.remove(0, 1);
    if (clean == user_)
        return;
    user_ = clean;
    userText_.clear();
    ++userRound_;
    userTimer_.cancel();
    userCheck_ = clean.isEmpty() ? Unchecked : Checking;
    if (userCheck_ == Checking)
        userTimer_ = world_.timers.after(checkPause, [this] { checkUser(); });
    Q_EMIT userChanged();
}

void Registration::setName(const QString &name)
{
    name_ = name;
    Q_EMIT userChanged();
}

void Registration::setInvite(const QString &invite)
{
    if (std::exchange(invite_, invite.trimmed()) == invite.trimmed())
        return;
    Q_EMIT userChanged();
    if (!user_.isEmpty())
        userTimer_ = world_.timers.after(checkPause, [this] { checkUser(); });
}

void Registration::checkUser()
{
    if (serverCheck_ != Good) // comes back when there is a server
        return;
    const int round = ++userRound_;
    QJsonObject params = serverParams();
    params.insert(u"user"_s, user_);
    if (!invite_.isEmpty())
        params.insert(u"invite"_s, invite_);
    link_.call(u"account.available"_s, params).then(this, [this, round](const Answer &answer) {
        if (round != userRound_)
            return;
        const QString reason = answer ? answer->value(u"reason").toString() : QString();
        const bool isFree = answer && answer->value(u"available").toBool();
        const bool cannotTell = !answer && answer.error().code != ErrorCode::network;
        // Where the server does not tell (too often, no invite yet), registering will.
        userCheck_ = isFree ? Good : cannotTell ? Unchecked : Bad;
        userText_ = isFree           ? tr("@%1 is free.").arg(user_)
            : reason == u"taken"     ? tr("@%1 is taken. Try another one.").arg(user_)
            : reason == u"malformed" ? tr("3 to 32 of the letters a–z, digits, _ and .")
            : !answer && !cannotTell ? errorText(answer.error())
                                     : QString();
        Q_EMIT userChanged();
    });
}

bool Registration::isComplete() const
{
    return serverCheck_ == Good && !name_.trimmed().isEmpty() && user_.size() >= 3 && userCheck_ != Bad
        && userCheck_ != Checking && (!needsInvite() || !invite_.isEmpty());
}

void Registration::registerAccount(const QString &passphrase)
{
    if (busy_)
        return;
    busy_ = true;
    error_.clear();
    Q_EMIT busyChanged();
    QJsonObject params = serverParams();
    params.insert(u"user"_s, user_);
    params.insert(u"name"_s, name_.trimmed());
    if (!invite_.isEmpty())
        params.insert(u"invite"_s, invite_);
    params.insert(u"unlock"_s,
                  passphrase.isEmpty() ? QJsonObject { { u"kind"_s, u"keyring"_s } }
                                       : QJsonObject { { u"kind"_s, u"passphrase"_s }, { u"secret"_s, passphrase } });
    const bool byKeyring = passphrase.isEmpty();
    registered_ = true; // from here on "ready" means: go on with the steps
    link_.call(u"account.register"_s, params, registerTimeout).then(this, [this, byKeyring](const Answer &answer) {
        busy_ = false;
        registered_ = answer.ok();
        if (answer) {
            link_.setStoreState(u"ready"_s);
        } else if (byKeyring && answer.error().code == ErrorCode::locked) {
            noKeyring_ = true;
            error_ = tr("No system keyring answers on this computer. Choose a passphrase instead.");
        } else {
            error_ = errorText(answer.error());
        }
        Q_EMIT busyChanged();
    });
}

void Registration::finish()
{
    registered_ = false;
    Q_EMIT busyChanged();
}

void Registration::clearError()
{
    error_.clear();
    Q_EMIT busyChanged();
}

} // namespace kith::gui
