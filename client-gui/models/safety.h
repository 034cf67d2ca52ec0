// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/models/agent_link.h"
#include "client-gui/models/handover.h"
#include "client-gui/models/notices.h"

#include <QtQml/qqmlregistration.h>

namespace kith::gui {

/// The safety number with one person (ui 4.10). Digits and code are the agent's; this only hands them on.
class Safety final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(QStringList groups READ groups NOTIFY changed)
    Q_PROPERTY(QString code READ code NOTIFY changed)
    Q_PROPERTY(QString state READ state NOTIFY changed)
    Q_PROPERTY(QString error READ error NOTIFY changed)
    Q_PROPERTY(QString user READ user NOTIFY changed)
public:
    Safety(AgentLink &link, Notices &notices, QObject *parent = nullptr);
    static Safety *create(QQmlEngine *, QJSEngine *engine) { return handedOver<Safety>(engine); }

    const QStringList &groups() const { return groups_; } ///< 12 groups of 5 digits
    const QString &code() const { return code_; }
    const QString &state() const { return state_; } ///< unseen, tofu, verified or changed
    const QString &error() const { return error_; }
    const QString &user() const { return user_; }

    Q_INVOKABLE void show(const QString &user);
    /// Marks these very digits as compared: a key that changed meanwhile is not accepted by mistake.
    Q_INVOKABLE void verify();
    Q_INVOKABLE void reset();
    void clear();

Q_SIGNALS:
    void changed();

private:
    void after(const Answer &answer);

    AgentLink &link_;
    Notices &notices_;
    QString user_, digits_, code_, state_, error_;
    QStringList groups_;
};

} // namespace kith::gui
