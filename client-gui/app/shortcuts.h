// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/models/handover.h"
#include "client-gui/models/switcher_model.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <span>
#include <vector>

namespace kith::gui {

/// Where keys mean something. A scope includes its parents: what holds in the window holds in the composer too.
enum class Scope { window, composer, message };

struct Shortcut {
    const char *id;
    const char *keys; ///< one or more portable key sequences, ", " between them
    Scope scope;
    const char *title; ///< untranslated; empty: not in the sheet
    bool isCommand; ///< the quick switcher offers it behind ">"
};

/// The one registry (ui 8): it feeds the actions, the sheet on Ctrl+/ and the test that finds clashes.
std::span<const Shortcut> shortcutTable();

/// Two rows that claim the same keys in the same scope or in one inside the other, as "id id keys".
QStringList clashes(std::span<const Shortcut> table);

/// The keys of a row as a person of this desktop reads them.
QString readableKeys(const Shortcut &shortcut);

/// What the quick switcher offers.
std::vector<SwitcherCommand> switcherCommands();

/// The registry for QML: rows for the sheet, and triggered() for whoever acts.
class Shortcuts final : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
public:
    enum Role { IdRole = Qt::UserRole + 1, KeysRole, SequencesRole, TitleRole, SectionRole, InWindowRole, ListedRole };

    explicit Shortcuts(QObject *parent = nullptr) : QAbstractListModel(parent) { }
    static Shortcuts *create(QQmlEngine *, QJSEngine *engine) { return handedOver<Shortcuts>(engine); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// "Ctrl+N", for tooltips and menus; empty for an unknown id.
    Q_INVOKABLE QString keysOf(const QString &id) const;
    Q_INVOKABLE void trigger(const QString &id) { Q_EMIT triggered(id); }

Q_SIGNALS:
    void triggered(const QString &id);
};

} // namespace kith::gui
