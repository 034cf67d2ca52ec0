// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/models/agent_link.h"
#include "client-gui/models/handover.h"

#include <QtQml/qqmlregistration.h>

namespace kith::gui {

/// From nothing to an account: which server, which name, how the messages are protected (ui 4.1, 4.2).
///
/// What is typed is checked while it is typed, by the agent: the window has no connection to a server.
class Registration final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(QString server READ server WRITE setServer NOTIFY serverChanged)
    Q_PROPERTY(Check serverCheck READ serverCheck NOTIFY serverChanged)
    Q_PROPERTY(QString serverText READ serverText NOTIFY serverChanged)
    Q_PROPERTY(bool serverIsLocal READ isServerLocal NOTIFY serverChanged)
    Q_PROPERTY(bool needsInvite READ needsInvite NOTIFY serverChanged)
    Q_PROPERTY(bool canStartServer READ canStartServer CONSTANT)
    Q_PROPERTY(bool startingServer READ isStartingServer NOTIFY serverChanged)
    Q_PROPERTY(QString user READ user WRITE setUser NOTIFY userChanged)
    Q_PROPERTY(Check userCheck READ userCheck NOTIFY userChanged)
    Q_PROPERTY(QString userText READ userText NOTIFY userChanged)
    Q_PROPERTY(QString name READ name WRITE setName NOTIFY userChanged)
    Q_PROPERTY(QString invite READ invite WRITE setInvite NOTIFY userChanged)
    Q_PROPERTY(bool complete READ isComplete NOTIFY userChanged)
    Q_PROPERTY(bool busy READ isBusy NOTIFY busyChanged)
    Q_PROPERTY(QString error READ error NOTIFY busyChanged)
    Q_PROPERTY(bool noKeyring READ hasNoKeyring NOTIFY busyChanged)
    Q_PROPERTY(bool registered READ isRegistered NOTIFY busyChanged)
public:
    enum Check { Unchecked, Checking, Good, Bad };
    Q_ENUM(Check)

    static constexpr milliseconds checkPause { 350 }; // of somebody who types

    /// `serverProgram`: the absolute path of kith-server, empty where it is not installed.
    Registration(AgentLink &link, const World &world, QString serverProgram, QObject *parent = nullptr);
    static Registration *create(QQmlEngine *, QJSEngine *engine) { return handedOver<Registration>(engine); }

    const QString &server() const { return server_; }
    void setServer(const QString &server);
    Check serverCheck() const { return serverCheck_; }
    const QString &serverText() const { return serverText_; }
    bool isServerLocal() const;
    bool needsInvite() const { return mode_ == QStringLiteral("invite"); }
    bool canStartServer() const { return !serverProgram_.isEmpty(); }
    bool isStartingServer() const { return starting_; }
    const QString &user() const { return user_; }
    void setUser(const QString &user);
    Check userCheck() const { return userCheck_; }
    const QString &userText() const { return userText_; }
    const QString &name() const { return name_; }
    void setName(const QString &name);
    const QString &invite() const { return invite_; }
    void setInvite(const QString &invite);
    bool isComplete() const;
    bool isBusy() const { return busy_; }
    const QString &error() const { return error_; }
    bool hasNoKeyring() const { return noKeyring_; }
    /// Registered, and the steps after it are not finished yet: the window stays with them.
    bool isRegistered() const { return registered_; }

    /// Looks whether a server answers on this computer.
    Q_INVOKABLE void lookForLocalServer();
    /// Runs `kith-server run --dev`, detached: it outlives the window.
    Q_INVOKABLE void startLocalServer();
    /// Registers; `passphrase` empty: with the system keyring.
    Q_INVOKABLE void registerAccount(const QString &passphrase);
    /// The steps after registering are done.
    Q_INVOKABLE void finish();
    Q_INVOKABLE void clearError();

Q_SIGNALS:
    void serverChanged();
    void userChanged();
    void busyChanged();

private:
    void checkServer();
    void checkUser();
    void onServerAnswer(const Answer &answer);
    QJsonObject serverParams() const;

    AgentLink &link_;
    const World world_;
    QString serverProgram_;
    QString server_, serverText_, serverUrl_, pin_, mode_;
    QString user_, userText_, name_, invite_, error_;
    Check serverCheck_ = Unchecked;
    Check userCheck_ = Unchecked;
    Timer serverTimer_, userTimer_;
    int serverRound_ = 0;
    int userRound_ = 0;
    int triesLeft_ = 0;
    bool looking_ = false; ///< for a server nobody named: silence is no error
    bool starting_ = false;
    bool busy_ = false;
    bool noKeyring_ = false;
    bool registered_ = false;
};

} // namespace kith::gui
