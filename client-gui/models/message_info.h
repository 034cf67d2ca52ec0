// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/models/agent_link.h"
#include "client-gui/models/handover.h"

#include <QtQml/qqmlregistration.h>

namespace kith::gui {

/// How far one message got and when (ui 4.5, Message info).
class MessageInfo final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(QString mid READ mid NOTIFY changed)
    Q_PROPERTY(QString text READ text NOTIFY changed)
    Q_PROPERTY(bool mine READ isMine NOTIFY changed)
    Q_PROPERTY(QString written READ written NOTIFY changed)
    Q_PROPERTY(QVariantList recipients READ recipients NOTIFY changed)
    Q_PROPERTY(QStringList marks READ marks NOTIFY changed)
public:
    explicit MessageInfo(AgentLink &link, QObject *parent = nullptr);
    static MessageInfo *create(QQmlEngine *, QJSEngine *engine) { return handedOver<MessageInfo>(engine); }

    const QString &mid() const { return mid_; }
    const QString &text() const { return text_; }
    bool isMine() const { return mine_; }
    const QString &written() const { return written_; }
    /// {user, state, reason, accepted, delivered, read}: times as text, empty when unknown.
    const QVariantList &recipients() const { return recipients_; }
    /// Sentences: what to know before believing it.
    const QStringList &marks() const { return marks_; }

    Q_INVOKABLE void show(const QString &mid);
    void clear();

Q_SIGNALS:
    void changed();

private:
    AgentLink &link_;
    QString mid_, text_, written_;
    QVariantList recipients_;
    QStringList marks_;
    bool mine_ = false;
};

} // namespace kith::gui
