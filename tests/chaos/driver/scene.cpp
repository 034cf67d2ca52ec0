// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/driver/scene.h"

#include <QFile>

#include <utility>

namespace kith::chaos {

TestClock::TestClock(QString path) : path_(std::move(path))
{
    moveTo(milliseconds { 0 });
}

void TestClock::moveTo(milliseconds offset)
{
    const qint64 value = offset.count();
    QFile file(path_); // written in place: whoever mapped it sees it at once
    if (!file.open(QIODevice::ReadWrite)
        || file.write(reinterpret_cast<const char *>(&value), sizeof value) != sizeof value)
        qFatal("the test clock cannot be set");
}

} // namespace kith::chaos
