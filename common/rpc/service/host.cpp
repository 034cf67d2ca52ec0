// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/service/host.h"

#include "common/base/log.h"
#include "common/base/stack_wipe.h"
#include "common/client/connection.h"
#include "common/client/store/database.h"

#include <utility>

namespace kith::rpc::service {

KITH_LOG_CATEGORY(logHost, "kith.host")

using client::Answer;
using client::Failure;
using client::FailureCode;

namespace {

/// The server will not change its mind about this very attempt, and holds nothing of it.
bool isDefinite(FailureCode code)
{
    switch (code) {
    case FailureCode::refused:
    case FailureCode::invalid:
    case FailureCode::untrustedIdentity:
    case FailureCode::updateNeeded:
    case FailureCode::unsupported:
    case FailureCode::rateLimited:
        return true;
    default:
        return false;
    }
}

} // namespace

const char *toString(HostState state)
{
    switch (state) {
    case HostState::unregistered:
        return "unregistered";
    case HostState::locked:
        return "locked";
    case HostState::opening:
        return "opening";
    case HostState::ready:
        return "ready";
    }
    return "locked";
}

Failure openFailure(const Error &error)
{
    switch (error.code) {
    case ErrorCode::permission: // a wrong secret, a key file that others can read, a keyring that refuses
        return { FailureCode::locked, error.detail };
    case ErrorCode::locked:
        return { FailureCode::locked, "the profile is locked", "kith agent unlock" };
    case ErrorCode::notFound:
        return { FailureCode::locked, error.detail };
    case ErrorCode::unsupported:
        return { FailureCode::locked, error.detail, "no keyring answers: use a passphrase or a key file" };
    default:
        return { error };
    }
}

Host::Host(client::Profile &profile, client::World world) : profile_(profile), world_(world) { }

Host::~Host()
{
    close();
}

HostState Host::state() const
{
    if (opening_)
        return HostState::opening;
    if (!engine_)
        return profile_.exists() || trouble_ ? HostState::locked : HostState::unregistered;
    const auto account = engine_->account().show();
    if (!account && account.error().code != FailureCode::unregistered)
        return HostState::ready; // the calls themselves say what is wrong with the store
    return account && account->state != client::AccountState::registering ? HostState::ready : HostState::unregistered;
}

void Host::announce()
{
    const HostState now = state();
    if (std::exchange(announced_, now) != now)
        Q_EMIT stateChanged();
}

void Host::setOpening(bool opening)
{
    opening_ = opening;
    announce();
    if (opening_)
        return;
    for (const Waiting &waiting : std::exchange(waiting_, {})) {
        if (waiting.context)
            waiting.call();
    }
}

void Host::whenSettled(QObject *context, std::function<void()> f)
{
    if (opening_)
        waiting_.push_back({ context, std::move(f) });
    else
        f();
}

void Host::open()
{
    if (auto looked = profile_.look(); !looked) {
        trouble_ = openFailure(looked.error());
        qCWarning(logHost) << "the profile cannot be used:" << looked.error().detail.c_str();
        announce();
        return;
    }
    announced_ = state();
    if (!profile_.exists())
        return;
    setOpening(true);
    profile_.unlockAlone().then(this, [this](client::Profile::Opened opened) {
        if (const auto started = start(std::move(opened)); !started)
            qCInfo(logHost) << "the profile stays closed:" << started.error().detail.c_str();
        setOpening(false);
    });
}

Answer<void> Host::start(client::Profile::Opened opened)
{
    const auto give = [this](const Error &error) {
        Failure failure = openFailure(error);
        profile_.lock();
        if (failure.code != FailureCode::locked)
            trouble_ = failure;
        return failure;
    };
    if (!opened)
        return give(opened.error());
    auto world = world_;
    world.keyring = profile_.counterKeyring();
    world.keyringEntry = profile_.counterEntry();
    auto engine = client::Engine::open(std::move(*opened), world);
    if (!engine)
        return give(engine.error());
    trouble_.reset();
    engine_ = std::move(*engine);
    Q_EMIT engineOpened();
    engine_->start();
    return {};
}

void Host::close()
{
    if (!engine_)
        return;
    Q_EMIT engineClosing();
    engine_->stop();
    engine_.reset();
}

Task<Answer<HostState>> Host::unlock(client::SlotSecret slot)
{
    using Reply = Answer<HostState>;
    if (engine_ || !profile_.exists() || opening_)
        return Task<Reply>::ready(trouble_ ? Reply(*trouble_) : Reply(state()));
    setOpening(true);
    return profile_.unlock(std::move(slot)).map(this, [this](client::Profile::Opened opened) -> Reply {
        const auto started = start(std::move(opened));
        setOpening(false);
        if (!started)
            return started.error();
        return state();
    });
}

void Host::lock()
{
    if (opening_)
        return;
    close();
    profile_.lock();
    wipeStackBelow();
    announce();
}

void Host::stop()
{
    close();
    profile_.lock();
}

Task<Answer<client::AccountView>> Host::registerAccount(client::SlotSecret slot, client::Account::Registration wish)
{
    using Reply = Answer<client::AccountView>;
    if (engine_)
        return registerWith(std::move(wish), false);
    if (trouble_)
        return Task<Reply>::ready(Reply(*trouble_));
    if (profile_.exists() || opening_)
        return Task<Reply>::ready(Reply(Failure { FailureCode::locked, "the profile is locked", "kith agent unlock" }));
    setOpening(true);
    auto promise = std::make_shared<Promise<Reply>>(); // std::function copies what it captures
    auto task = promise->task();
    profile_.create(std::move(slot))
        .then(this, [this, promise, wish = std::move(wish)](client::Profile::Opened opened) {
            const bool made = opened.ok();
            const auto started = start(std::move(opened));
            setOpening(false);
            if (!started) {
                if (made)
                    profile_.discard();
                trouble_.reset();
                announce();
                return promise->complete(Reply(started.error()));
            }
            registerWith(wish, true).then(this, [promise](Reply answer) { promise->complete(std::move(answer)); });
        });
    return task;
}

Task<Answer<client::AccountView>> Host::registerWith(client::Account::Registration wish, bool isNew)
{
    return engine_->account()
        .registerAccount(std::move(wish))
        .map(this, [this, isNew](Answer<client::AccountView> answer) {
            return settleRegistration(std::move(answer), isNew);
        });
}

Answer<client::AccountView> Host::settleRegistration(Answer<client::AccountView> answer, bool isNew)
{
    // A server that never said hello has not seen a frame of ours.
    const bool unheard = engine_ && !engine_->connection().serverHello();
    if (!answer && isNew && (isDefinite(answer.error().code) || unheard)) {
        // Later: the engine is still on the stack that brought the answer.
        QMetaObject::invokeMethod(
            this,
            [this] {
                close();
                profile_.discard();
                announce();
            },
            Qt::QueuedConnection);
    }
    announce();
    return answer;
}

Task<Answer<void>> Host::deleteAccount()
{
    return engine_->account().remove().map(this, [this](Answer<void> answer) {
        if (answer) {
            QMetaObject::invokeMethod(
                this,
                [this] {
                    close();
                    profile_.discard();
                    announce();
                },
                Qt::QueuedConnection);
        }
        return answer;
    });
}

} // namespace kith::rpc::service
