// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/app/palette.h"
#include "client-gui/app/preferences.h"
#include "client-gui/models/handover.h"

#include <QFont>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace kith::gui {

/// Colours, type and motion as QML reads them (ui 5, 6). Everything that is drawn takes its looks from here.
class Theme final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(QColor bg READ bg NOTIFY changed)
    Q_PROPERTY(QColor surface READ surface NOTIFY changed)
    Q_PROPERTY(QColor surface2 READ surface2 NOTIFY changed)
    Q_PROPERTY(QColor canvas READ canvas NOTIFY changed)
    Q_PROPERTY(QColor selected READ selected NOTIFY changed)
    Q_PROPERTY(QColor outline READ outline NOTIFY changed)
    Q_PROPERTY(QColor text READ text NOTIFY changed)
    Q_PROPERTY(QColor textDim READ textDim NOTIFY changed)
    Q_PROPERTY(QColor accent READ accent NOTIFY changed)
    Q_PROPERTY(QColor accentText READ accentText NOTIFY changed)
    Q_PROPERTY(QColor bubbleIn READ bubbleIn NOTIFY changed)
    Q_PROPERTY(QColor bubbleOut READ bubbleOut NOTIFY changed)
    Q_PROPERTY(QColor textOut READ textOut NOTIFY changed)
    Q_PROPERTY(QColor textOutDim READ textOutDim NOTIFY changed)
    Q_PROPERTY(QColor quoteOut READ quoteOut NOTIFY changed)
    Q_PROPERTY(QColor read READ read NOTIFY changed)
    Q_PROPERTY(QColor online READ online NOTIFY changed)
    Q_PROPERTY(QColor danger READ danger NOTIFY changed)
    Q_PROPERTY(QColor warning READ warning NOTIFY changed)
    Q_PROPERTY(QVariantList hues READ hues NOTIFY changed)
    Q_PROPERTY(QVariantList avatarBacks READ avatarBacks NOTIFY changed)
    Q_PROPERTY(QVariantList accents READ accents NOTIFY changed)
    Q_PROPERTY(bool dark READ isDark NOTIFY changed)
    Q_PROPERTY(bool highContrast READ isHighContrast NOTIFY changed)
    Q_PROPERTY(bool mirrored READ isMirrored NOTIFY changed)
    Q_PROPERTY(QString family READ family CONSTANT)
    Q_PROPERTY(double scale READ scale NOTIFY changed)
    Q_PROPERTY(bool compact READ isCompact NOTIFY changed)
    Q_PROPERTY(int meta READ meta NOTIFY changed)
    Q_PROPERTY(int caption READ caption NOTIFY changed)
    Q_PROPERTY(int secondary READ secondary NOTIFY changed)
    Q_PROPERTY(int body READ body NOTIFY changed)
    Q_PROPERTY(int subtitle READ subtitle NOTIFY changed)
    Q_PROPERTY(int dialogTitle READ dialogTitle NOTIFY changed)
    Q_PROPERTY(int paneTitle READ paneTitle NOTIFY changed)
    Q_PROPERTY(int welcome READ welcome NOTIFY changed)
    Q_PROPERTY(QString mono READ mono CONSTANT)
    Q_PROPERTY(int quick READ quick NOTIFY changed)
    Q_PROPERTY(int normal READ normal NOTIFY changed)
    Q_PROPERTY(int slow READ slow NOTIFY changed)
public:
    explicit Theme(Preferences &preferences, QObject *parent = nullptr);
    static Theme *create(QQmlEngine *, QJSEngine *engine) { return handedOver<Theme>(engine); }

    QColor bg() const { return palette_.bg; }
    QColor surface() const { return palette_.surface; }
    QColor surface2() const { return palette_.surface2; }
    QColor canvas() const { return palette_.canvas; }
    QColor selected() const { return palette_.selected; }
    QColor outline() const { return palette_.outline; }
    QColor text() const { return palette_.text; }
    QColor textDim() const { return palette_.textDim; }
    QColor accent() const { return palette_.accent; }
    QColor accentText() const { return palette_.accentText; }
    QColor bubbleIn() const { return palette_.bubbleIn; }
    QColor bubbleOut() const { return palette_.bubbleOut; }
    QColor textOut() const { return palette_.textOut; }
    QColor textOutDim() const { return palette_.textOutDim; }
    QColor quoteOut() const { return palette_.quoteOut; }
    QColor read() const { return palette_.read; }
    QColor online() const { return palette_.online; }
    QColor danger() const { return palette_.danger; }
    QColor warning() const { return palette_.warning; }
    bool isDark() const { return isDark_; }
    bool isHighContrast() const { return preferences_.theme() == QStringLiteral("contrast"); }
    bool isMirrored() const; ///< the window reads from right to left
    QString family() const;
    double scale() const { return preferences_.textSize() / 100.0; }
    bool isCompact() const { return preferences_.isCompact(); }

    int meta() const { return sized(11); }
    int caption() const { return sized(12); }
    int secondary() const { return sized(13); }
    int body() const { return sized(15); }
    int subtitle() const { return sized(16); }
    int dialogTitle() const { return sized(20); }
    int paneTitle() const { return sized(24); }
    int welcome() const { return sized(28); }
    QString mono() const;
    /// Milliseconds of a hover, of something that appears, of a pane that slides; 0 when motion is reduced.
    int quick() const { return motion(120); }
    int normal() const { return motion(160); }
    int slow() const { return motion(220); }

    // Lists, not functions: a binding follows a property, and a function's result only until the theme changes.
    QVariantList hues() const;
    QVariantList avatarBacks() const;
    QVariantList accents() const;
    /// `colour` with another opacity.
    Q_INVOKABLE QColor faded(QColor colour, double opacity) const;

    /// What the desktop wants, where the preference is "system".
    void setSystemDark(bool dark);
    void setSystemReducesMotion(bool reduces);

Q_SIGNALS:
    void changed();

private:
    void update();
    int sized(int px) const;
    int motion(int ms) const { return preferences_.reducesMotion() || systemReducesMotion_ ? 0 : ms; }

    Preferences &preferences_;
    Palette palette_;
    bool isDark_ = false;
    bool systemDark_ = false;
    bool systemReducesMotion_ = false;
};

/// Inter where it is installed, else the system's own.
QFont windowFont();

} // namespace kith::gui
