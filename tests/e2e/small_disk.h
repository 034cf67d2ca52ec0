// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace kith::e2e {

/// A file system of its own, so small that it can be filled (delivery FI5). Needs root; check isMounted().
class SmallDisk {
public:
    /// Mounts a tmpfs of `megabytes` at `folder`.
    SmallDisk(const QString &folder, int megabytes);
    ~SmallDisk();

    bool isMounted() const { return mounted_; }
    /// Writes a file until nothing fits any more.
    void fill();
    /// Removes it again.
    void release();

private:
    QString folder_;
    bool mounted_ = false;
};

} // namespace kith::e2e
