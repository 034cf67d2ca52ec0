// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/app/preferences.h"

namespace kith::gui {

Preferences::Preferences(const QString &file, QObject *parent) : QObject(parent), settings_(file, QSettings::IniFormat)
{
}

QString Preferences::text(const char *name, const char *otherwise) const
{
    return settings_.value(QLatin1StringView(name), QString::fromLatin1(otherwise)).toString();
}

bool Preferences::flag(const char *name, bool otherwise) const
{
    return settings_.value(QLatin1StringView(name), otherwise).toBool();
}

int Preferences::number(const char *name, int otherwise, int least, int most) const
{
    bool isNumber = false;
    const int value = settings_.value(QLatin1StringView(name), otherwise).toInt(&isNumber);
    return isNumber ? std::clamp(value, least, most) : otherwise;
}

void Preferences::put(const char *name, const QVariant &value)
{
    const QString key = QString::fromLatin1(name);
    if (settings_.contains(key) && settings_.value(key) == value)
        return;
    settings_.setValue(key, value);
    Q_EMIT changed();
}

} // namespace kith::gui
