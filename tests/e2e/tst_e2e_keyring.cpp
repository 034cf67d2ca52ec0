// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/durable_file.h"
#include "common/crypto/key_slots.h"
#include "tests/e2e/stage.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTest>

using namespace kith;
using namespace kith::e2e;

/// The profile's key in the desktop's keyring: a real gnome-keyring-daemon on a session bus of its own.
// covers: security L3, L7; cli 3
class TestKeyring : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::unique_ptr<Server> server_;
    std::unique_ptr<Person> mei_;
    QProcess bus_, keyring_;

    bool hasOwner(const char *name)
    {
        const Outcome asked =
            runProcess("dbus-send",
                       { "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus",
                         "org.freedesktop.DBus.NameHasOwner", QStringLiteral("string:") + name },
                       mei_->environment());
        return asked.out.contains("boolean true");
    }

    bool startDesktop()
    {
        bus_.start("dbus-daemon", { "--session", "--nofork", "--nopidfile", "--print-address=1" });
        QByteArray address;
        if (!eventually([&] { return (address += bus_.readAllStandardOutput()).contains('\n'); }))
            return false;
        mei_->setEnvironment("DBUS_SESSION_BUS_ADDRESS", address.trimmed());
        mei_->setEnvironment("QT_NO_GLIB", ""); // libsecret answers through GLib's main loop
        keyring_.setProcessEnvironment(mei_->environment());
        keyring_.start("gnome-keyring-daemon", { "--foreground", "--unlock", "--components=secrets" });
        keyring_.write("the login password");
        keyring_.closeWriteChannel();
        return eventually([&] { return hasOwner("org.freedesktop.secrets"); }, 15'000);
    }

    static void end(QProcess &process)
    {
        if (process.state() == QProcess::NotRunning)
            return;
        process.kill();
        process.waitForFinished(10'000);
    }

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *program : { "dbus-daemon", "dbus-send", "gnome-keyring-daemon" })
            if (QStandardPaths::findExecutable(program).isEmpty())
                QSKIP(qPrintable(QStringLiteral("%1 is not installed").arg(QLatin1StringView(program))));
        server_ = std::make_unique<Server>(folder_.filePath("server"));
        QVERIFY(server_->start());
        mei_ = std::make_unique<Person>(folder_.path(), "mei");
        QVERIFY(startDesktop());
    }

    void cleanupTestCase()
    {
        mei_.reset();
        end(keyring_);
        end(bus_);
    }

    void registersWithoutAnyOtherSecret()
    {
        const Outcome registered = mei_->kith({ "register", "--server", server_->url(), "--user", "mei" });
        QVERIFY2(registered.exit == 0, registered.err);
        const auto file = readWhole((mei_->profileDir() + "/keyslots").toStdString(), crypto::KeySlots::maxEncodedSize);
        QVERIFY(file);
        const auto slots = crypto::KeySlots::decode(viewOf(*file));
        QVERIFY(slots);
        QCOMPARE(slots->list().size(), std::size_t { 1 });
        QVERIFY(slots->has(crypto::SlotKind::keyring));
    }

    void opensByItselfAfterARestart()
    {
        QVERIFY(mei_->stopAgent());
        const Outcome sent = mei_->kith({ "send", "-t", "me", "--wait", "queued", "a note" });
        QVERIFY2(sent.exit == 0, sent.err);
        QVERIFY(mei_->kith({ "history", "me" }).out.contains("a note"));
    }

    void locksAndUnlocksThroughTheKeyring()
    {
        QCOMPARE(mei_->kith({ "agent", "lock" }).exit, 0);
        QCOMPARE(mei_->kith({ "history", "me" }).exit, 11);
        QCOMPARE(mei_->kith({ "agent", "unlock" }).exit, 0);
        QCOMPARE(mei_->kith({ "history", "me" }).exit, 0);
    }

    void withoutTheKeyringItStaysLockedAndSaysSo()
    {
        QVERIFY(mei_->stopAgent());
        end(keyring_);
        end(bus_); // it would start another keyring
        const Outcome locked = mei_->kith({ "history", "me" });
        QCOMPARE(locked.exit, 11);
        QVERIFY2(locked.err.contains("hint: "), locked.err);
    }

    void withoutAKeyringAndATerminalNothingIsMade()
    {
        const Person other(folder_.path(), "other");
        const Outcome refused = other.kith({ "register", "--server", server_->url(), "--user", "other" });
        QCOMPARE(refused.exit, 11);
        QVERIFY2(refused.err.contains("--passphrase-file") && refused.err.contains("--key-file"), refused.err);
        QVERIFY(!QDir(other.profileDir()).exists());
    }
};

QTEST_GUILESS_MAIN(TestKeyring)
#include "tst_e2e_keyring.moc"
