// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/app/desktop.h"

#include "client-gui/media/icon_provider.h"
#include "client-gui/models/foreign_text.h"

#include <QApplication>
#include <QClipboard>
#include <QDBusConnection>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QDesktopServices>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QJsonArray>
#include <QMenu>
#include <QScreen>
#include <QStandardPaths>
#include <QUrl>

namespace kith::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr auto notificationService = "org.freedesktop.Notifications";
constexpr auto notificationPath = "/org/freedesktop/Notifications";
constexpr auto portalService = "org.freedesktop.portal.Desktop";
constexpr auto portalPath = "/org/freedesktop/portal/desktop";
constexpr auto portalSettings = "org.freedesktop.portal.Settings";

QDBusMessage callOf(const char *service, const char *path, const char *interface, const char *method)
{
    return QDBusMessage::createMethodCall(QString::fromLatin1(service), QString::fromLatin1(path),
                                          QString::fromLatin1(interface), QString::fromLatin1(method));
}

/// Notification servers read a small markup in bodies.
QString withoutMarkup(const QString &text)
{
    return shownLine(text).toHtmlEscaped();
}

} // namespace

Desktop::Desktop(Desk &desk, const QString &uri, QObject *parent) : QObject(parent), desk_(desk), uri_(uri)
{
    connect(&desk_.link, &AgentLink::stateChanged, this, &Desktop::registerWindow);
    connect(&desk_.link, &AgentLink::event, this, &Desktop::onEvent);
    connect(&desk_.navigation, &Navigation::raise, this, &Desktop::raise);
    connect(&desk_.chats, &ChatListModel::entryChanged, this, [this](const QString &chat) {
        const ChatEntry *entry = desk_.chats.find(chat);
        if (!entry || entry->unread == 0) // read here, on another device or in another front end
            withdraw(chat);
    });
    connect(&desk_.chats, &ChatListModel::totalsChanged, this, &Desktop::updateTray);
    connect(&desk_.preferences, &Preferences::changed, this, &Desktop::updateTray);
    connect(&desk_.session, &Session::mustForget, this, [this] {
        for (const QString &chat : notifications_.keys())
            withdraw(chat);
        if (QGuiApplication::clipboard()->ownsClipboard())
            QGuiApplication::clipboard()->clear();
    });
    readPortal();
    auto bus = QDBusConnection::sessionBus();
    const auto service = QString::fromLatin1(notificationService);
    const auto path = QString::fromLatin1(notificationPath);
    bus.connect(service, path, service, u"ActionInvoked"_s, this, SLOT(onNotificationAction(uint, QString)));
    bus.connect(service, path, service, u"NotificationReplied"_s, this, SLOT(onNotificationReply(uint, QString)));
    bus.connect(service, path, service, u"NotificationClosed"_s, this, SLOT(onNotificationClosed(uint, uint)));
}

Desktop::~Desktop() = default;

void Desktop::adopt(QQuickWindow *window)
{
    window_ = window;
    const QRect wanted = desk_.preferences.geometry();
    const auto screens = QGuiApplication::screens();
    const bool isOnScreen = std::ranges::any_of(
        screens, [&](const QScreen *screen) { return screen->availableGeometry().intersects(wanted); });
    if (wanted.isValid() && isOnScreen)
        window->setGeometry(wanted);
    window->installEventFilter(this);
    updateTray();
    if (desk_.preferences.startsHidden() && tray_)
        return;
    if (desk_.preferences.isMaximised())
        window->showMaximized();
    else
        window->show();
}

bool Desktop::eventFilter(QObject *watched, QEvent *event)
{
    const auto type = event->type();
    if (type == QEvent::KeyPress || type == QEvent::MouseButtonPress || type == QEvent::Wheel)
        desk_.session.noteActivity();
    return QObject::eventFilter(watched, event);
}

void Desktop::saveGeometry()
{
    if (!window_)
        return;
    desk_.preferences.setMaximised(window_->visibility() == QWindow::Maximized);
    if (window_->visibility() == QWindow::Windowed)
        desk_.preferences.setGeometry(window_->geometry());
}

bool Desktop::closing()
{
    saveGeometry();
    desk_.notices.dismiss(); // what could be taken back is done
    desk_.conversation.close(); // and a draft is kept
    if (!tray_ || !desk_.preferences.closesToTray()) {
        quit();
        return true;
    }
    window_->hide();
    return false;
}

void Desktop::quit()
{
    saveGeometry();
    QCoreApplication::quit();
}

void Desktop::raise()
{
    if (!window_)
        return;
    window_->show();
    window_->raise();
    window_->requestActivate();
}

/// One window per profile: the agent knows whether there is one (ui 7).
void Desktop::registerWindow()
{
    if (desk_.link.state() != AgentLink::State::open)
        return;
    if (!desk_.link.hasFeature(u"frontend"_s)) {
        if (!uri_.isEmpty())
            desk_.navigation.follow(std::exchange(uri_, {}));
        return;
    }
    desk_.link.call(u"frontend.register"_s, { { u"kind"_s, u"gui"_s } }).then(this, [this](const Answer &answer) {
        const bool isOnly = !answer || answer->value(u"registered").toBool(true);
        if (isOnly || registered_) {
            registered_ = true;
            if (!uri_.isEmpty())
                desk_.navigation.follow(std::exchange(uri_, {}));
            return;
        }
        QJsonObject params;
        if (!uri_.isEmpty())
            params.insert(u"uri"_s, uri_);
        if (const QString token = qEnvironmentVariable("XDG_ACTIVATION_TOKEN"); !token.isEmpty())
            params.insert(u"token"_s, token.left(256));
        desk_.link.call(u"frontend.activate"_s, params).then(this, [](const Answer &) { QCoreApplication::quit(); });
    });
}

void Desktop::onEvent(const QJsonObject &event)
{
    const QString type = event.value(u"type").toString();
    if (type == u"frontend.activate") {
        if (const QString token = event.value(u"token").toString(); !token.isEmpty())
            qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8());
        const QString uri = event.value(u"uri").toString();
        if (uri.isEmpty())
            raise();
        else
            desk_.navigation.follow(uri);
        return;
    }
    if (type != u"message.received" || !desk_.preferences.notifies())
        return;
    const QJsonObject message = event.value(u"message").toObject();
    const QString chat = event.value(u"chat").toString();
    const bool isSeen = window_ && window_->isActive() && desk_.conversation.chat() == chat;
    const ChatEntry *entry = desk_.chats.find(chat);
    const bool isMuted = entry && entry->mutedUntil > message.value(u"ts").toInteger();
    if (isSeen || isMuted)
        return;
    notify(chat, message.value(u"from").toObject().value(u"name").toString(), message.value(u"text").toString());
}

void Desktop::notify(const QString &chat, const QString &sender, const QString &text)
{
    const QString shows = desk_.preferences.notifyShows();
    const QString title = shows == u"nothing" ? tr("Kith") : shownName(sender);
    const QString body = shows == u"message" ? withoutMarkup(text) : tr("New message");
    const QStringList actions {
        u"default"_s, tr("Open"), u"read"_s, tr("Mark as read"), u"inline-reply"_s, tr("Reply")
    };
    const QVariantMap hints { { u"desktop-entry"_s, u"org.kith.desktop"_s },
                              { u"category"_s, u"im.received"_s },
                              { u"x-kde-reply-placeholder-text"_s, tr("Message") } };
    auto call = callOf(notificationService, notificationPath, notificationService, "Notify");
    call.setArguments(
        { tr("Kith"), notifications_.value(chat, 0u), u"org.kith.desktop"_s, title, body, actions, hints, -1 });
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, chat, watcher] {
        const QDBusPendingReply<uint> reply = *watcher;
        if (!reply.isError())
            notifications_.insert(chat, reply.value());
        watcher->deleteLater();
    });
}

void Desktop::withdraw(const QString &chat)
{
    const auto id = notifications_.take(chat);
    if (id == 0)
        return;
    auto call = callOf(notificationService, notificationPath, notificationService, "CloseNotification");
    call.setArguments({ id });
    QDBusConnection::sessionBus().send(call);
}

void Desktop::onNotificationAction(uint id, const QString &action)
{
    const QString chat = notifications_.key(id);
    if (chat.isEmpty() || action == u"inline-reply")
        return;
    if (action == u"read")
        return desk_.actions.markRead(chat);
    desk_.navigation.open(chat);
    raise();
}

void Desktop::onNotificationReply(uint id, const QString &text)
{
    const QString chat = notifications_.key(id);
    if (chat.isEmpty() || text.trimmed().isEmpty())
        return;
    desk_.link.call(u"send"_s, { { u"to"_s, QJsonArray { chat } }, { u"text"_s, text.trimmed() } })
        .then(this, [this, chat](const Answer &answer) {
            if (answer)
                desk_.actions.markRead(chat);
            else
                desk_.notices.fail(answer.error());
        });
}

void Desktop::onNotificationClosed(uint id, uint)
{
    notifications_.remove(notifications_.key(id));
}

void Desktop::updateTray()
{
    const bool wanted = desk_.preferences.hasTray() && isTrayAvailable();
    if (!wanted) {
        tray_.reset();
        trayMenu_.reset();
        return;
    }
    if (!tray_) {
        trayMenu_ = std::make_unique<QMenu>();
        trayMenu_->addAction(tr("Show Kith"), this, &Desktop::raise);
        trayMenu_->addSeparator();
        trayMenu_->addAction(tr("Quit"), this, &Desktop::quit);
        tray_ = std::make_unique<QSystemTrayIcon>();
        tray_->setContextMenu(trayMenu_.get());
        connect(tray_.get(), &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
            if (reason == QSystemTrayIcon::Trigger)
                raise();
        });
    }
    const int unread = desk_.chats.unreadChats();
    const bool marks = unread > 0 && desk_.preferences.trayShows() != u"none";
    tray_->setIcon(QPixmap::fromImage(iconImage(marks ? u"unread"_s : u"chats"_s, desk_.theme.accent(), { 64, 64 })));
    tray_->setToolTip(marks && desk_.preferences.trayShows() == u"number" ? tr("Kith, %n unread chats", nullptr, unread)
                                                                          : tr("Kith"));
    tray_->show();
}

QString Desktop::autostartFile() const
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + u"/autostart/org.kith.desktop.desktop"_s;
}

bool Desktop::startsAtLogin() const
{
    return QFile::exists(autostartFile());
}

void Desktop::setStartsAtLogin(bool on)
{
    if (!on) {
        QFile::remove(autostartFile());
    } else {
        QDir().mkpath(QFileInfo(autostartFile()).path());
        QFile file(autostartFile());
        const QString entry = u"[Desktop Entry]\nType=Application\nName=Kith\nExec=\"%1\" -p %2\n"_s.arg(
            QCoreApplication::applicationFilePath(), desk_.link.paths().profile);
        if (!file.open(QIODevice::WriteOnly) || file.write(entry.toUtf8()) < 0)
            desk_.notices.say(tr("The autostart entry could not be written."));
    }
    Q_EMIT autostartChanged();
}

void Desktop::copy(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
}

void Desktop::openAddress(const QString &address)
{
    const QUrl url = address.startsWith(u'/') ? QUrl::fromLocalFile(address) : QUrl(address);
    if (!QDesktopServices::openUrl(url))
        desk_.notices.say(tr("No program could open it."));
}

/// Qt 6.4 knows no colour scheme: the portal does. Without one the palette's window colour tells.
void Desktop::readPortal()
{
    desk_.theme.setSystemDark(QGuiApplication::palette().color(QPalette::Window).lightness() < 128);
    auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(QString::fromLatin1(portalService), QString::fromLatin1(portalPath),
                QString::fromLatin1(portalSettings), u"SettingChanged"_s, this,
                SLOT(onPortalSetting(QString, QString, QDBusVariant)));
    auto call = callOf(portalService, portalPath, portalSettings, "Read");
    call.setArguments({ u"org.freedesktop.appearance"_s, u"color-scheme"_s });
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (!reply.isError())
            onPortalSetting(u"org.freedesktop.appearance"_s, u"color-scheme"_s, reply.value());
        watcher->deleteLater();
    });
}

void Desktop::onPortalSetting(const QString &group, const QString &name, const QDBusVariant &value)
{
    QVariant plain = value.variant();
    if (plain.canConvert<QDBusVariant>()) // Read wraps twice
        plain = plain.value<QDBusVariant>().variant();
    if (group == u"org.freedesktop.appearance" && name == u"color-scheme")
        desk_.theme.setSystemDark(plain.toUInt() == 1);
    else if (group == u"org.gnome.desktop.interface" && name == u"enable-animations")
        desk_.theme.setSystemReducesMotion(!plain.toBool());
}

} // namespace kith::gui
