// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/models/agent_link.h"
#include "client-gui/models/handover.h"
#include "client-gui/models/notices.h"

#include <QtQml/qqmlregistration.h>

namespace kith::gui {

/// The settings that are the agent's, because every front end shares them: privacy, locking, the ways to open the
/// store, the devices, the server. Read when Settings opens.
class AgentSettings final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(bool receipts READ receipts NOTIFY changed)
    Q_PROPERTY(bool strictTrust READ isTrustStrict NOTIFY changed)
    Q_PROPERTY(QString lockAfter READ lockAfter NOTIFY changed)
    Q_PROPERTY(bool lockWithScreen READ locksWithScreen NOTIFY changed)
    Q_PROPERTY(bool stayConnected READ staysConnected NOTIFY changed)
    Q_PROPERTY(bool onlyWindow READ isOnlyWindow NOTIFY changed)
    Q_PROPERTY(QVariantList unlockWays READ unlockWays NOTIFY changed)
    Q_PROPERTY(QVariantList devices READ devices NOTIFY changed)
    Q_PROPERTY(QVariantMap server READ server NOTIFY changed)
    Q_PROPERTY(QVariantMap storage READ storage NOTIFY changed)
    Q_PROPERTY(QString recoveryKey READ recoveryKey NOTIFY recoveryChanged)
    Q_PROPERTY(bool canRecover READ canRecover NOTIFY changed)
    Q_PROPERTY(QString version READ version NOTIFY changed)
    Q_PROPERTY(bool busy READ isBusy NOTIFY recoveryChanged)
public:
    AgentSettings(AgentLink &link, Notices &notices, QObject *parent = nullptr);
    static AgentSettings *create(QQmlEngine *, QJSEngine *engine) { return handedOver<AgentSettings>(engine); }

    bool receipts() const { return receipts_; }
    bool isTrustStrict() const { return strictTrust_; }
    QString lockAfter() const { return config_.value(QStringLiteral("lock.after"), QStringLiteral("never")); }
    bool locksWithScreen() const { return config_.value(QStringLiteral("lock.with_screen")) == QStringLiteral("true"); }
    bool staysConnected() const { return config_.value(QStringLiteral("agent.linger")) == QStringLiteral("forever"); }
    bool isOnlyWindow() const { return config_.value(QStringLiteral("agent.frontends")) == QStringLiteral("gui"); }
    const QVariantList &unlockWays() const { return slots_; }
    const QVariantList &devices() const { return devices_; }
    const QVariantMap &server() const { return server_; }
    const QVariantMap &storage() const { return storage_; }
    const QString &recoveryKey() const { return recoveryKey_; }
    bool canRecover() const { return link_.hasFeature(QStringLiteral("recovery")); }
    QString version() const { return link_.hello().value(u"agent").toString(); }
    bool isBusy() const { return busy_; }

    Q_INVOKABLE void reload();
    Q_INVOKABLE void setReceipts(bool on);
    Q_INVOKABLE void setStrictTrust(bool on);
    Q_INVOKABLE void setLockAfter(const QString &duration);
    Q_INVOKABLE void setLockWithScreen(bool on);
    Q_INVOKABLE void setStayConnected(bool on);
    Q_INVOKABLE void setOnlyWindow(bool on);
    Q_INVOKABLE bool hasSlot(const QString &kind) const;
    Q_INVOKABLE void addKeyring();
    Q_INVOKABLE void setPassphrase(const QString &passphrase);
    Q_INVOKABLE void removeSlot(const QString &id);
    /// A new recovery key into recoveryKey; an old one no longer works.
    Q_INVOKABLE void createRecovery();
    /// Writes it to a file that only this user can read. False with a notice when that failed.
    Q_INVOKABLE bool saveRecovery(const QUrl &file);
    Q_INVOKABLE void forgetRecovery();
    Q_INVOKABLE void ping();
    void clear();

Q_SIGNALS:
    void changed();
    void recoveryChanged();
    void pinged(double ms);

private:
    void read(const QString &method, std::function<void(const QJsonObject &)> take);
    void change(const QString &method, const QJsonObject &params, const QString &done = {});
    void setConfig(const QString &name, const QString &value);

    AgentLink &link_;
    Notices &notices_;
    QHash<QString, QString> config_;
    QVariantList slots_, devices_;
    QVariantMap server_, storage_;
    QString recoveryKey_;
    bool receipts_ = true;
    bool strictTrust_ = false;
    bool busy_ = false;
};

} // namespace kith::gui
