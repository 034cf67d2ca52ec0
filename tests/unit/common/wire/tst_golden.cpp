// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/codec.h"
#include "tests/unit/common/wire/samples.h"

#include <QDir>
#include <QTest>

#include <map>

using namespace kith;
using namespace kith::wire;

namespace {

const QString folder = QStringLiteral(KITH_SOURCE_DIR "/tests/data/wire/v1");

/// Today's bytes of every message, by the name of its file.
std::map<std::string, QByteArray> today()
{
    std::map<std::string, QByteArray> bytes;
    for (const auto &[name, frame] : samples::clientFrames())
        bytes[name] = encode(frame);
    for (const auto &[name, frame] : samples::serverFrames())
        bytes[name] = encode(frame);
    for (const auto &[name, content] : samples::contents())
        bytes[name] = encode(content);
    for (const auto &[name, row] : samples::storedRows())
        bytes[name] = row;
    bytes["profile_content"] = encode(samples::profile());
    bytes["device_list"] = samples::signList(samples::deviceList(), samples::FixedKey(0x11)).list;
    return bytes;
}

QByteArray golden(const std::string &name)
{
    QFile file(folder + '/' + QString::fromStdString(name) + ".hex");
    return file.open(QIODevice::ReadOnly) ? QByteArray::fromHex(file.readAll()) : QByteArray();
}

} // namespace

// Files of tests/data/wire are kept for ever (style 7.12). KITH_WRITE_GOLDEN=1 writes files that are not there yet; it
// never replaces one.
// covers: security C24, style 7.12
class TestGolden : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("KITH_WRITE_GOLDEN"))
            return;
        for (const auto &[name, bytes] : today()) {
            QFile file(folder + '/' + QString::fromStdString(name) + ".hex");
            if (file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
                file.write(bytes.toHex() + '\n');
        }
    }

    void encodersWriteTheGoldenBytes()
    {
        const auto bytes = today();
        for (const auto &[name, expected] : bytes)
            QVERIFY2(golden(name) == expected, (name + ": not the bytes of tests/data/wire/v1").c_str());
        QCOMPARE(QDir(folder).entryList({ "*.hex" }).size(), static_cast<int>(bytes.size()));
    }

    void decodersReadTheGoldenBytes()
    {
        for (const auto &[name, frame] : samples::clientFrames())
            QVERIFY2(decodeClientFrame(golden(name)).value() == frame, name.c_str());
        for (const auto &[name, frame] : samples::serverFrames())
            QVERIFY2(decodeServerFrame(golden(name)).value() == frame, name.c_str());
        for (const auto &[name, content] : samples::contents())
            QVERIFY2(decodeContent(golden(name)).value() == content, name.c_str());
        QCOMPARE(decodeProfile(golden("profile_content")).value(), samples::profile());
        for (const auto &[name, row] : samples::storedRows())
            QVERIFY2(samples::recodeStored(name, golden(name)).value() == row, name.c_str());
    }
};

QTEST_GUILESS_MAIN(TestGolden)
#include "tst_golden.moc"
