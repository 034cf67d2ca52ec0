// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/models/agent_link.h"
#include "client-gui/models/handover.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace kith::gui {

/// Hits of messages.search, newest first: everywhere, or in one chat. The agent returns text and ranges; the marks are
/// drawn, never markup (ui 4.7).
class SearchModel final : public QAbstractListModel {
    Q_OBJECT
    QML_NAMED_ELEMENT(Hits)
    QML_UNCREATABLE("a part of Finder")
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)
    Q_PROPERTY(bool more READ hasMore NOTIFY changed)
    Q_PROPERTY(QString error READ error NOTIFY changed)
    Q_PROPERTY(QString query READ query NOTIFY changed)
public:
    enum Role {
        MidRole = Qt::UserRole + 1,
        ChatRole,
        TitleRole,
        SenderRole,
        TimeRole,
        BeforeRole,
        MarkedRole,
        AfterRole
    };

    static constexpr int pageSize = 50;
    static constexpr milliseconds pause { 150 }; // of somebody who types

    SearchModel(AgentLink &link, const World &world, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return static_cast<int>(hits_.size()); }
    bool isBusy() const { return busy_; }
    bool hasMore() const { return more_; }
    const QString &error() const { return error_; }
    const QString &query() const { return query_; }

    /// Looks for `query` in one chat, or in all when it is empty. An empty query clears.
    Q_INVOKABLE void search(const QString &query, const QString &chat = {});
    Q_INVOKABLE void loadMore();
    Q_INVOKABLE QString midAt(int row) const;
    Q_INVOKABLE QString chatAt(int row) const;
    void clear() { search({}); }

Q_SIGNALS:
    void changed();

private:
    struct Hit {
        QString mid, chat, title, sender, before, marked, after;
        qint64 ts = 0;
    };
    static Hit hitOf(const QJsonObject &item);
    void ask();

    AgentLink &link_;
    const World world_;
    std::vector<Hit> hits_;
    QString query_, chat_, error_;
    Timer timer_;
    int round_ = 0;
    bool busy_ = false;
    bool more_ = false;
};

/// The two searches of the window.
class Finder final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(kith::gui::SearchModel *inChat READ inChat CONSTANT)
    Q_PROPERTY(kith::gui::SearchModel *everywhere READ everywhere CONSTANT)
public:
    Finder(AgentLink &link, const World &world, QObject *parent = nullptr)
        : QObject(parent)
        , inChat_(link, world)
        , everywhere_(link, world)
    {
    }
    static Finder *create(QQmlEngine *, QJSEngine *engine) { return handedOver<Finder>(engine); }
    SearchModel *inChat() { return &inChat_; }
    SearchModel *everywhere() { return &everywhere_; }
    void clear();

private:
    SearchModel inChat_, everywhere_;
};

} // namespace kith::gui
