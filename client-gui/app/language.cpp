// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/app/language.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QLocale>
#include <QTranslator>

namespace kith::gui {

using namespace Qt::StringLiterals;

void setLanguage(const QString &language)
{
    const QLocale locale = language.isEmpty() ? QLocale::system() : QLocale(language);
    QLocale::setDefault(locale);
    QGuiApplication::setLayoutDirection(locale.textDirection());

    static QTranslator translator; // the program has one language
    QCoreApplication::removeTranslator(&translator);
    // Not QTranslator::load(QLocale): English has no file, so "English, then German" would find the German one.
    for (const QString &wanted : locale.uiLanguages()) {
        const QString name = wanted.section(u'-', 0, 0);
        if (name == u"en")
            return;
        if (translator.load(u":/i18n/kith_%1.qm"_s.arg(name))) {
            QCoreApplication::installTranslator(&translator);
            return;
        }
    }
}

} // namespace kith::gui
