// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/wire/codec.h"
#include "tests/unit/common/wire/samples.h"

#include <QTest>

/// Data rows for tests of refusals: the sample of a type, changed in one place.
namespace kith::wire::samples {

template <class Body, class Frame>
Frame sampleOf(const Named<Frame> &frames)
{
    for (const auto &[name, frame] : frames) {
        if (std::holds_alternative<Body>(frame.body))
            return frame;
    }
    return {};
}

template <class Body, class Change>
QByteArray changedClient(Change change)
{
    auto frame = sampleOf<Body>(clientFrames());
    change(std::get<Body>(frame.body));
    return encode(frame);
}

template <class Body, class Change>
QByteArray changedServer(Change change)
{
    auto frame = sampleOf<Body>(serverFrames());
    change(std::get<Body>(frame.body));
    return encode(frame);
}

inline void addRefusalColumns()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
}

inline void addRow(const char *name, const QByteArray &bytes, ErrorCode code)
{
    QTest::newRow(name) << bytes << static_cast<int>(code);
}

/// 33 bytes whose first is not 0x05.
inline QByteArray foreignKey()
{
    return QByteArray(33, 0x04);
}

} // namespace kith::wire::samples
