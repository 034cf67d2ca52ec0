// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/models/chat_list_model.h"

#include <QSortFilterProxyModel>
#include <QtQml/qqmlregistration.h>

namespace kith::gui {

/// The rows of the chat list that are shown: one filter, and what stands in the search field.
class ChatFilterModel final : public QSortFilterProxyModel {
    Q_OBJECT
    QML_NAMED_ELEMENT(ChatFilter)
    QML_UNCREATABLE("made by main")
    Q_PROPERTY(Show show READ show WRITE setShow NOTIFY showChanged)
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(QString keep READ keep WRITE setKeep NOTIFY keepChanged)
public:
    enum Show { All, Unread, Archived };
    Q_ENUM(Show)

    explicit ChatFilterModel(ChatListModel &chats, QObject *parent = nullptr);

    Show show() const { return show_; }
    void setShow(Show show);
    const QString &text() const { return text_; }
    void setText(const QString &text);
    int count() const { return rowCount(); }
    /// A chat that stays although "unread" no longer holds: the one that is open.
    const QString &keep() const { return keep_; }
    void setKeep(const QString &chat);

    /// The address in a row; empty beyond the end.
    Q_INVOKABLE QString chatAt(int row) const;
    Q_INVOKABLE int rowOf(const QString &chat) const;

Q_SIGNALS:
    void showChanged();
    void textChanged();
    void countChanged();
    void keepChanged();

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    ChatListModel &chats_;
    Show show_ = All;
    QString text_;
    QString keep_;
};

/// Whether every word of `wanted` begins a word of `name` or is inside it; case and accents do not matter.
bool matchesName(const QString &name, const QString &wanted);

} // namespace kith::gui
