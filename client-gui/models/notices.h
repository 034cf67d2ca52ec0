// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/models/handover.h"
#include "client-gui/models/world.h"
#include "common/rpc/error.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <functional>

namespace kith::gui {

/// The one line at the bottom of the window that says what happened, and that can be taken back for 6 seconds (ui 4).
class Notices final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(QString text READ text NOTIFY changed)
    Q_PROPERTY(bool undoable READ isUndoable NOTIFY changed)
    Q_PROPERTY(bool shown READ isShown NOTIFY changed)
public:
    static constexpr milliseconds lasts { 6'000 };

    explicit Notices(const World &world, QObject *parent = nullptr) : QObject(parent), world_(world) { }
    static Notices *create(QQmlEngine *, QJSEngine *engine) { return handedOver<Notices>(engine); }

    const QString &text() const { return text_; }
    bool isUndoable() const { return static_cast<bool>(undo_); }
    bool isShown() const { return !text_.isEmpty(); }

    Q_INVOKABLE void say(const QString &text);
    void fail(const rpc::RpcError &error);
    /// Something that can be taken back: `commit` runs when it no longer can, `undo` when somebody wants it.
    void offerUndo(const QString &text, std::function<void()> undo, std::function<void()> commit = {});
    Q_INVOKABLE void undo();
    /// Ends the line; what could be taken back is done.
    Q_INVOKABLE void dismiss();

Q_SIGNALS:
    void changed();

private:
    void show(const QString &text);

    const World world_;
    QString text_;
    std::function<void()> undo_, commit_;
    Timer timer_;
};

} // namespace kith::gui
