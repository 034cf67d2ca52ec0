// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/models/agent_link.h"
#include "client-gui/models/handover.h"
#include "client-gui/models/notices.h"

#include <QtQml/qqmlregistration.h>

namespace kith::gui {

/// Which of the full-window screens is shown, and what is known of the own account (ui 4.1, 4.13).
class Session final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(Phase phase READ phase NOTIFY phaseChanged)
    Q_PROPERTY(bool agentPresent READ isAgentPresent NOTIFY stripChanged)
    Q_PROPERTY(QString user READ user NOTIFY accountChanged)
    Q_PROPERTY(QString name READ name NOTIFY accountChanged)
    Q_PROPERTY(QString about READ about NOTIFY accountChanged)
    Q_PROPERTY(QString server READ server NOTIFY accountChanged)
    Q_PROPERTY(QString problem READ problem NOTIFY phaseChanged)
    Q_PROPERTY(QString problemHint READ problemHint NOTIFY phaseChanged)
    Q_PROPERTY(QString dataFolder READ dataFolder CONSTANT)
    Q_PROPERTY(QString logFile READ logFile CONSTANT)
    Q_PROPERTY(bool busy READ isBusy NOTIFY busyChanged)
    Q_PROPERTY(QString unlockError READ unlockError NOTIFY busyChanged)
    Q_PROPERTY(QString strip READ strip NOTIFY stripChanged)
    Q_PROPERTY(bool stripRetry READ canRetryNow NOTIFY stripChanged)
    Q_PROPERTY(QVariantList checks READ checks NOTIFY checksChanged)
public:
    enum Phase {
        Starting, ///< nothing is known yet
        Unregistered, ///< welcome
        Ready,
        Locked,
        Damaged, ///< the store does not open, although the secret is right
        UpdateNeeded, ///< the server wants a newer version
        AgentIsOther, ///< the agent speaks another API
        SignedOut,
        DeviceRemoved,
        AgentFailed, ///< there is no agent and none can be started
    };
    Q_ENUM(Phase)

    static constexpr milliseconds stripAfter { 2'000 }; // ui 4.4

    Session(AgentLink &link, Notices &notices, const World &world, QObject *parent = nullptr);
    static Session *create(QQmlEngine *, QJSEngine *engine) { return handedOver<Session>(engine); }

    Phase phase() const { return phase_; }
    bool isAgentPresent() const { return link_.state() == AgentLink::State::open; }
    const QString &user() const { return user_; }
    const QString &name() const { return name_; }
    const QString &about() const { return about_; }
    const QString &server() const { return server_; }
    QString problem() const { return problem_; }
    QString problemHint() const { return problemHint_; }
    const QString &dataFolder() const { return link_.paths().dataDir; }
    const QString &logFile() const { return link_.paths().logFile; }
    bool isBusy() const { return busy_; }
    const QString &unlockError() const { return unlockError_; }
    const QString &strip() const { return strip_; }
    bool canRetryNow() const { return link_.state() == AgentLink::State::lost; }
    const QVariantList &checks() const { return checks_; }

    Q_INVOKABLE void lock();
    /// By slot: "keyring", "passphrase" or "recovery". The answer is phase, or unlockError.
    Q_INVOKABLE void unlock(const QString &slot, const QString &secret);
    Q_INVOKABLE void clearUnlockError();
    /// Tries to reach the agent now.
    Q_INVOKABLE void retry();
    Q_INVOKABLE void setProfile(const QString &name, const QString &about);
    /// What `kith doctor` says, into checks.
    Q_INVOKABLE void runDoctor();
    /// The last lines of the agent's log; it holds no content and no names.
    Q_INVOKABLE QString logExcerpt() const;
    /// Somebody is at the window: the lock timer begins anew. At most every 5 seconds.
    void noteActivity();

Q_SIGNALS:
    void phaseChanged();
    void accountChanged();
    void busyChanged();
    void stripChanged();
    void checksChanged();
    /// Everything that was read must be forgotten, on screen and off.
    void mustForget();

private:
    void onLink();
    void onStoreState();
    void onEvent(const QJsonObject &event);
    void readAccount();
    void takeAccount(const QJsonObject &account);
    void setPhase(Phase phase, const rpc::RpcError *error = nullptr);
    void setConnection(const QString &connection, milliseconds retryIn);
    void updateStrip();
    QString stripNow() const;

    AgentLink &link_;
    Notices &notices_;
    const World world_;
    Phase phase_ = Starting;
    QString user_, name_, about_, server_;
    QString problem_, problemHint_;
    QString unlockError_;
    QString connection_;
    MonoTime retryAt_ {};
    QString strip_;
    Timer stripTimer_;
    QVariantList checks_;
    MonoTime lastActivity_ {};
    bool busy_ = false;
    bool stripDue_ = false;
};

} // namespace kith::gui
