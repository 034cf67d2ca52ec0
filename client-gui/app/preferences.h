// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/models/handover.h"

#include <QObject>
#include <QRect>
#include <QSettings>
#include <QtQml/qqmlregistration.h>

namespace kith::gui {

/// What the window alone owns: its looks, its habits and its place. Everything about the account is the agent's.
/// Written at once to an ini file beside the profile's config.
class Preferences final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(QString theme READ theme WRITE setTheme NOTIFY changed)
    Q_PROPERTY(int accent READ accent WRITE setAccent NOTIFY changed)
    Q_PROPERTY(int textSize READ textSize WRITE setTextSize NOTIFY changed)
    Q_PROPERTY(bool compact READ isCompact WRITE setCompact NOTIFY changed)
    Q_PROPERTY(bool reduceMotion READ reducesMotion WRITE setReduceMotion NOTIFY changed)
    Q_PROPERTY(QString renderer READ renderer WRITE setRenderer NOTIFY changed)
    Q_PROPERTY(bool enterSends READ enterSends WRITE setEnterSends NOTIFY changed)
    Q_PROPERTY(bool spellCheck READ checksSpelling WRITE setSpellCheck NOTIFY changed)
    Q_PROPERTY(QStringList spellLanguages READ spellLanguages WRITE setSpellLanguages NOTIFY changed)
    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY changed)
    Q_PROPERTY(bool notify READ notifies WRITE setNotify NOTIFY changed)
    Q_PROPERTY(QString notifyShows READ notifyShows WRITE setNotifyShows NOTIFY changed)
    Q_PROPERTY(bool tray READ hasTray WRITE setTray NOTIFY changed)
    Q_PROPERTY(QString trayShows READ trayShows WRITE setTrayShows NOTIFY changed)
    Q_PROPERTY(bool closeToTray READ closesToTray WRITE setCloseToTray NOTIFY changed)
    Q_PROPERTY(bool startHidden READ startsHidden WRITE setStartHidden NOTIFY changed)
    Q_PROPERTY(int listWidth READ listWidth WRITE setListWidth NOTIFY changed)
    Q_PROPERTY(QRect geometry READ geometry WRITE setGeometry NOTIFY changed)
    Q_PROPERTY(bool maximised READ isMaximised WRITE setMaximised NOTIFY changed)
    Q_PROPERTY(QStringList recentEmoji READ recentEmoji WRITE setRecentEmoji NOTIFY changed)
public:
    static constexpr int leastListWidth = 72; // avatars only, ui 3
    static constexpr int mostListWidth = 420;

    explicit Preferences(const QString &file, QObject *parent = nullptr);
    static Preferences *create(QQmlEngine *, QJSEngine *engine) { return handedOver<Preferences>(engine); }

    QString theme() const { return text("theme", "system"); } ///< system, light, dark, contrast
    void setTheme(const QString &theme) { put("theme", theme); }
    int accent() const { return number("accent", 0, 0, 7); }
    void setAccent(int accent) { put("accent", accent); }
    int textSize() const { return number("textSize", 100, 85, 200); } ///< percent
    void setTextSize(int percent) { put("textSize", std::clamp(percent, 85, 200)); }
    bool isCompact() const { return flag("compact", false); }
    void setCompact(bool on) { put("compact", on); }
    bool reducesMotion() const { return flag("reduceMotion", false); }
    void setReduceMotion(bool on) { put("reduceMotion", on); }
    QString renderer() const { return text("renderer", "automatic"); } ///< automatic, gpu, software
    void setRenderer(const QString &renderer) { put("renderer", renderer); }
    bool enterSends() const { return flag("enterSends", true); }
    void setEnterSends(bool on) { put("enterSends", on); }
    bool checksSpelling() const { return flag("spellCheck", true); }
    void setSpellCheck(bool on) { put("spellCheck", on); }
    QStringList spellLanguages() const { return settings_.value(QStringLiteral("spellLanguages")).toStringList(); }
    void setSpellLanguages(const QStringList &languages) { put("spellLanguages", languages); }
    QString language() const { return text("language", ""); } ///< of the window; empty: the system's
    void setLanguage(const QString &language) { put("language", language); }
    bool notifies() const { return flag("notify", true); }
    void setNotify(bool on) { put("notify", on); }
    QString notifyShows() const { return text("notifyShows", "message"); } ///< message, name, nothing
    void setNotifyShows(const QString &what) { put("notifyShows", what); }
    bool hasTray() const { return flag("tray", false); }
    void setTray(bool on) { put("tray", on); }
    QString trayShows() const { return text("trayShows", "dot"); } ///< number, dot, none
    void setTrayShows(const QString &what) { put("trayShows", what); }
    bool closesToTray() const { return flag("closeToTray", false); }
    void setCloseToTray(bool on) { put("closeToTray", on); }
    bool startsHidden() const { return flag("startHidden", false); }
    void setStartHidden(bool on) { put("startHidden", on); }
    int listWidth() const { return number("listWidth", 348, leastListWidth, mostListWidth); }
    void setListWidth(int width) { put("listWidth", width); }
    QRect geometry() const { return settings_.value(QStringLiteral("geometry")).toRect(); }
    void setGeometry(const QRect &geometry) { put("geometry", geometry); }
    bool isMaximised() const { return flag("maximised", false); }
    void setMaximised(bool on) { put("maximised", on); }
    QStringList recentEmoji() const { return settings_.value(QStringLiteral("recentEmoji")).toStringList(); }
    void setRecentEmoji(const QStringList &emoji) { put("recentEmoji", emoji); }

Q_SIGNALS:
    void changed();

private:
    QString text(const char *name, const char *otherwise) const;
    bool flag(const char *name, bool otherwise) const;
    int number(const char *name, int otherwise, int least, int most) const;
    void put(const char *name, const QVariant &value);

    QSettings settings_;
};

} // namespace kith::gui
