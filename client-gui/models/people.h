// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/models/agent_link.h"
#include "client-gui/models/handover.h"
#include "client-gui/models/notices.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace kith::gui {

/// Everybody the profile knows, filtered by what is typed; and the way to somebody new (ui 4.8).
class People final : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY changed)
    Q_PROPERTY(bool blockedOnly READ isBlockedOnly WRITE setBlockedOnly NOTIFY changed)
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(QString candidate READ candidate NOTIFY changed)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)
    Q_PROPERTY(QString error READ error NOTIFY changed)
public:
    enum Role { UserRole = Qt::UserRole + 1, TitleRole, InitialsRole, HueRole, VerifiedRole, BlockedRole };

    People(AgentLink &link, Notices &notices, QObject *parent = nullptr);
    static People *create(QQmlEngine *, QJSEngine *engine) { return handedOver<People>(engine); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    const QString &text() const { return text_; }
    void setText(const QString &text);
    bool isBlockedOnly() const { return blockedOnly_; }
    void setBlockedOnly(bool on);
    int count() const { return static_cast<int>(shown_.size()); }
    /// The user name that the text could be and that is nobody known yet, as @name; else empty.
    QString candidate() const;
    bool isBusy() const { return busy_; }
    const QString &error() const { return error_; }

    Q_INVOKABLE void reload();
    /// Looks the candidate up at the server and accepts them; found() or error.
    Q_INVOKABLE void add(const QString &user);
    Q_INVOKABLE void unblock(const QString &user);
    void clear();

Q_SIGNALS:
    void changed();
    void found(const QString &chat);

private:
    struct Person {
        QString user, title, initials;
        int hue = 0;
        bool isVerified = false;
        bool isBlocked = false;
    };

    void readPage(const QString &after, std::vector<Person> soFar, int generation);
    void refilter();

    AgentLink &link_;
    Notices &notices_;
    std::vector<Person> people_, shown_;
    QString text_, error_;
    int generation_ = 0;
    bool blockedOnly_ = false;
    bool busy_ = false;
};

} // namespace kith::gui
