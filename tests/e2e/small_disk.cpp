// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/small_disk.h"

#include <QDir>
#include <QFile>

#include <sys/mount.h>

namespace kith::e2e {

SmallDisk::SmallDisk(const QString &folder, int megabytes) : folder_(folder)
{
    QDir().mkpath(folder_);
    const auto options = QStringLiteral("size=%1m,mode=0700").arg(megabytes).toUtf8();
    mounted_ = ::mount("tmpfs", qPrintable(folder_), "tmpfs", 0, options.constData()) == 0;
}

SmallDisk::~SmallDisk()
{
    if (mounted_)
        ::umount2(qPrintable(folder_), MNT_DETACH);
}

void SmallDisk::fill()
{
    QFile file(folder_ + "/ballast");
    if (!file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
        return;
    for (const qint64 size : { 65536, 4096, 512 })
        while (file.write(QByteArray(size, 'b')) == size) { }
}

void SmallDisk::release()
{
    QFile::remove(folder_ + "/ballast");
}

} // namespace kith::e2e
