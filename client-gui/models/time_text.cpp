// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/models/time_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace kith::gui {

namespace {

QDate dayOf(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms).date();
}

QString named(const char *text)
{
    return QCoreApplication::translate("kith::gui::TimeText", text);
}

} // namespace

QString clockText(qint64 ms)
{
    const QLocale locale;
    const QTime time = QDateTime::fromMSecsSinceEpoch(ms).time();
    // The C locale's short form has seconds.
    return locale.language() == QLocale::C ? time.toString(QStringLiteral("HH:mm"))
                                           : locale.toString(time, QLocale::ShortFormat);
}

QString listTime(qint64 ms, WallTime now)
{
    const QDate day = dayOf(ms);
    const qint64 ago = day.daysTo(dayOf(toMs(now)));
    if (ago <= 0)
        return clockText(ms);
    if (ago == 1)
        return named(QT_TRANSLATE_NOOP("kith::gui::TimeText", "Yesterday"));
    if (ago < 7)
        return QLocale().dayName(day.dayOfWeek(), QLocale::ShortFormat);
    return QLocale().toString(day, QLocale::ShortFormat);
}

QString dayText(qint64 ms, WallTime now)
{
    const QDate day = dayOf(ms);
    const qint64 ago = day.daysTo(dayOf(toMs(now)));
    if (ago == 0)
        return named(QT_TRANSLATE_NOOP("kith::gui::TimeText", "Today"));
    if (ago == 1)
        return named(QT_TRANSLATE_NOOP("kith::gui::TimeText", "Yesterday"));
    if (ago > 1 && ago < 7)
        return QLocale().standaloneDayName(day.dayOfWeek(), QLocale::LongFormat);
    QString format = QLocale().dateFormat(QLocale::LongFormat);
    format.remove(QStringLiteral("dddd, ")).remove(QStringLiteral("dddd "));
    return QLocale().toString(day, format);
}

QString fullTime(qint64 ms)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(ms), QLocale::ShortFormat);
}

bool isSameDay(qint64 one, qint64 other)
{
    return dayOf(one) == dayOf(other);
}

milliseconds untilMidnight(WallTime now)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(toMs(now));
    return milliseconds { time.msecsTo(time.date().addDays(1).startOfDay()) };
}

} // namespace kith::gui
