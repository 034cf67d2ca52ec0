// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/models/chat_list_model.h"
#include "client-gui/models/handover.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <vector>

namespace kith::gui {

/// A command that the switcher offers behind ">".
struct SwitcherCommand {
    QString id;
    QString title;
    QString keys; ///< as a person reads them
};

/// What Ctrl+K lists: chats by a fuzzy match of their names, recent first; behind ">" the commands (ui 4.7).
class SwitcherModel final : public QAbstractListModel {
    Q_OBJECT
    QML_NAMED_ELEMENT(Switcher)
    QML_SINGLETON
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY changed)
    Q_PROPERTY(int count READ count NOTIFY changed)
public:
    enum Role { ChatRole = Qt::UserRole + 1, CommandRole, TitleRole, DetailRole, InitialsRole, HueRole, UnreadRole };

    SwitcherModel(ChatListModel &chats, std::vector<SwitcherCommand> commands, QObject *parent = nullptr);
    static SwitcherModel *create(QQmlEngine *, QJSEngine *engine) { return handedOver<SwitcherModel>(engine); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    const QString &text() const { return text_; }
    void setText(const QString &text);
    int count() const { return static_cast<int>(rows_.size()); }
    Q_INVOKABLE QString chatAt(int row) const;
    Q_INVOKABLE QString commandAt(int row) const;

Q_SIGNALS:
    void changed();

private:
    struct Row {
        QString chat, command, title, detail, initials;
        int hue = 0;
        int unread = 0;
        int score = 0;
    };
    void rebuild();
    const Row *at(int row) const;

    ChatListModel &chats_;
    std::vector<SwitcherCommand> commands_;
    std::vector<Row> rows_;
    QString text_;
};

/// How well the letters of `wanted` stand in `name`, in order: higher is better, below 0 is not at all. Beginnings of
/// words and letters side by side count more. Case does not matter.
int fuzzyScore(const QString &name, const QString &wanted);

} // namespace kith::gui
