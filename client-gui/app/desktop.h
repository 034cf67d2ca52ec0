// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/app/desk.h"

#include <QDBusMessage>
#include <QDBusVariant>
#include <QMenu>
#include <QPointer>
#include <QQuickWindow>
#include <QSystemTrayIcon>
#include <QtQml/qqmlregistration.h>

#include <memory>

namespace kith::gui {

/// The window's place on the desktop: one per profile, raised by a second start; notifications and their answers; tray,
/// autostart, colour scheme and geometry (ui 7).
class Desktop final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(bool trayAvailable READ isTrayAvailable CONSTANT)
    Q_PROPERTY(bool autostart READ startsAtLogin WRITE setStartsAtLogin NOTIFY autostartChanged)
public:
    /// `uri`: a kith: link the program was started with; empty without one. `desk` outlives this.
    Desktop(Desk &desk, const QString &uri, QObject *parent = nullptr);
    ~Desktop() override;
    static Desktop *create(QQmlEngine *, QJSEngine *engine) { return handedOver<Desktop>(engine); }

    /// Takes over the window: its geometry, its closing, its activation.
    void adopt(QQuickWindow *window);

    bool isTrayAvailable() const { return QSystemTrayIcon::isSystemTrayAvailable(); }
    bool startsAtLogin() const;
    void setStartsAtLogin(bool on);

    Q_INVOKABLE void copy(const QString &text);
    /// Opens a web address or a folder, after the window has asked.
    Q_INVOKABLE void openAddress(const QString &address);
    Q_INVOKABLE void quit();
    /// The window was asked to close: hides it where it shall live on in the tray. Returns whether it closes.
    Q_INVOKABLE bool closing();

Q_SIGNALS:
    void autostartChanged();

private Q_SLOTS:
    void onPortalSetting(const QString &group, const QString &name, const QDBusVariant &value);
    void onNotificationAction(uint id, const QString &action);
    void onNotificationReply(uint id, const QString &text);
    void onNotificationClosed(uint id, uint reason);

private:
    void readPortal();
    void registerWindow();
    void onEvent(const QJsonObject &event);
    void notify(const QString &chat, const QString &sender, const QString &text);
    void withdraw(const QString &chat);
    void updateTray();
    void raise();
    void saveGeometry();
    QString autostartFile() const;
    bool eventFilter(QObject *watched, QEvent *event) override;

    Desk &desk_;
    QString uri_;
    QPointer<QQuickWindow> window_;
    std::unique_ptr<QMenu> trayMenu_;
    std::unique_ptr<QSystemTrayIcon> tray_;
    QHash<QString, uint> notifications_; ///< of a chat: merged into one
    bool registered_ = false;
};

} // namespace kith::gui
