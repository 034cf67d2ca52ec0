// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security L3, L5, B5; cli 1.1, 5
#include "common/client/profile.h"
#include "common/client/store/database.h"
#include "tests/unit/common/client_store/memory_keyring.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace kith;
using namespace kith::client;

class TestProfile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void makesNothingByLooking();
    void opensWithItsPassphraseOnly();
    void opensAloneWithAKeyFile();
    void opensAloneWithTheKeyring();
    void makesNothingWithoutAKeyring();
    void keepsTwoProcessesApart();
    void refusesASymlinkedFolder();
    void refusesAKeyFileThatOthersCanRead();
    void closesFilesToOthers();
    void takesAwayAnUnfinishedProfile();
    void leavesADamagedDatabaseAlone();
    void reportsAMissingDatabase();
    void reportsTamperedSlots();
    void neverRemovesTheLastSlot();
    void leavesNothingAfterDiscard();

private:
    std::unique_ptr<Profile> profile(const QString &name = "work")
    {
        return std::make_unique<Profile>(path(name), name.toStdString(), keyring_, random_);
    }
    std::string path(const QString &name) const { return folder_->filePath(name).toStdString(); }
    static SlotSecret passphrase(std::string_view text)
    {
        SlotSecret slot;
        slot.kind = crypto::SlotKind::passphrase;
        slot.secret = SecretBytes(viewOf(text));
        return slot;
    }
    SlotSecret keyFile() const
    {
        SlotSecret slot;
        slot.kind = crypto::SlotKind::keyFile;
        slot.path = path("key");
        return slot;
    }
    template <class T>
    static Result<T> now(Task<Result<T>> task)
    {
        std::optional<Result<T>> value;
        QObject context;
        task.then(&context, [&](Result<T> result) { value.emplace(std::move(result)); });
        if (!value)
            return Error { ErrorCode::timeout, "the task did not come" };
        return std::move(*value);
    }
    static void flip(const QString &file, qint64 at)
    {
        QFile bytes(file);
        QVERIFY(bytes.open(QIODevice::ReadWrite));
        QVERIFY(bytes.seek(at));
        char byte = 0;
        QVERIFY(bytes.getChar(&byte));
        QVERIFY(bytes.seek(at));
        QVERIFY(bytes.putChar(static_cast<char>(byte ^ 1)));
    }

    std::unique_ptr<QTemporaryDir> folder_;
    MemoryKeyring keyring_;
    SystemRandom random_;
};

void TestProfile::init()
{
    folder_ = std::make_unique<QTemporaryDir>();
    keyring_ = {};
}

void TestProfile::makesNothingByLooking()
{
    auto one = profile();
    QVERIFY(one->look().ok());
    QVERIFY(!one->exists());
    QVERIFY(QDir(folder_->path()).isEmpty());
}

void TestProfile::opensWithItsPassphraseOnly()
{
    {
        auto made = profile();
        QVERIFY(now(made->create(passphrase("correct horse"))).ok());
    }
    auto again = profile();
    QVERIFY(again->look().ok());
    QVERIFY(again->exists());
    QCOMPARE(now(again->unlockAlone()).error().code, ErrorCode::locked);
    QCOMPARE(now(again->unlock(passphrase("wrong horse"))).error().code, ErrorCode::permission);
    QVERIFY(!again->isOpen());
    QVERIFY(now(again->unlock(passphrase("correct horse"))).ok());
    QVERIFY(again->isOpen());
    again->lock();
    QVERIFY(!again->isOpen());
}

void TestProfile::opensAloneWithAKeyFile()
{
    QVERIFY(now(profile()->create(keyFile())).ok());
    auto again = profile();
    QVERIFY(again->look().ok());
    QVERIFY(now(again->unlockAlone()).ok());
    QCOMPARE(again->slotList().size(), 1U);
    QCOMPARE(again->slotList()[0].hint, path("key"));
}

void TestProfile::opensAloneWithTheKeyring()
{
    QVERIFY(now(profile()->create({})).ok());
    QCOMPARE(keyring_.entries.size(), 1U);
    auto again = profile();
    QVERIFY(again->look().ok());
    QVERIFY(now(again->unlockAlone()).ok());
    again->lock();
    keyring_.refusal = Error { ErrorCode::permission, "planted" };
    QCOMPARE(now(again->unlockAlone()).error().code, ErrorCode::permission);
}

void TestProfile::makesNothingWithoutAKeyring()
{
    keyring_.refusal = Error { ErrorCode::unsupported, "planted" };
    QCOMPARE(now(profile()->create({})).error().code, ErrorCode::unsupported);
    QVERIFY(QDir(folder_->path()).isEmpty());
}

void TestProfile::keepsTwoProcessesApart()
{
    auto first = profile();
    QVERIFY(now(first->create(passphrase("p"))).ok());
    auto second = profile();
    const auto looked = second->look();
    QVERIFY(!looked);
    QCOMPARE(looked.error().code, ErrorCode::busy);
    QCOMPARE(looked.error().detail, std::to_string(::getpid()));
    auto other = profile("home");
    QVERIFY(other->look().ok());
    QVERIFY(now(other->create(passphrase("p"))).ok());
}

void TestProfile::refusesASymlinkedFolder()
{
    QVERIFY(QDir(folder_->path()).mkdir("real"));
    QVERIFY(QFile::link(folder_->filePath("real"), folder_->filePath("work")));
    auto one = profile();
    QCOMPARE(one->look().error().code, ErrorCode::permission);
    QCOMPARE(now(one->create(passphrase("p"))).error().code, ErrorCode::permission);
    QVERIFY(QDir(folder_->filePath("real")).isEmpty());
}

void TestProfile::refusesAKeyFileThatOthersCanRead()
{
    QVERIFY(now(profile()->create(keyFile())).ok());
    QCOMPARE(::chmod(path("key").c_str(), 0644), 0);
    auto again = profile();
    QVERIFY(again->look().ok());
    QCOMPARE(now(again->unlockAlone()).error().code, ErrorCode::permission);
}

void TestProfile::closesFilesToOthers()
{
    const mode_t before = ::umask(0);
    const bool made = now(profile()->create(keyFile())).ok();
    ::umask(before);
    QVERIFY(made);
    struct stat info { };
    for (const char *name : { "work", "work/kith.db", "work/keyslots", "work/lock", "key" }) {
        QCOMPARE(::stat(path(QString::fromLatin1(name)).c_str(), &info), 0);
        QVERIFY2((info.st_mode & 0077U) == 0, name);
    }
}

void TestProfile::takesAwayAnUnfinishedProfile()
{
    QVERIFY(now(profile()->create(passphrase("p"))).ok());
    QFile marker(folder_->filePath("work/unfinished"));
    QVERIFY(marker.open(QIODevice::WriteOnly));
    marker.close();
    auto again = profile();
    QVERIFY(again->look().ok());
    QVERIFY(!again->exists());
    QVERIFY(now(again->create(passphrase("new"))).ok());
}

void TestProfile::leavesADamagedDatabaseAlone()
{
    QVERIFY(now(profile()->create(passphrase("p"))).ok());
    flip(folder_->filePath("work/kith.db"), 700);
    QFile file(folder_->filePath("work/kith.db"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray damaged = file.readAll();
    auto again = profile();
    QVERIFY(again->look().ok());
    QCOMPARE(now(again->unlock(passphrase("p"))).error().code, ErrorCode::corrupt);
    QVERIFY(file.seek(0));
    QCOMPARE(file.readAll(), damaged);
}

void TestProfile::reportsAMissingDatabase()
{
    QVERIFY(now(profile()->create(passphrase("p"))).ok());
    QVERIFY(QFile::remove(folder_->filePath("work/kith.db")));
    auto again = profile();
    QVERIFY(again->look().ok());
    QCOMPARE(now(again->unlock(passphrase("p"))).error().code, ErrorCode::corrupt);
    QVERIFY(!QFile::exists(folder_->filePath("work/kith.db")));
}

void TestProfile::reportsTamperedSlots()
{
    QVERIFY(now(profile()->create(keyFile())).ok());
    flip(folder_->filePath("work/keyslots"), QFileInfo(folder_->filePath("work/keyslots")).size() - 1);
    auto again = profile();
    const auto looked = again->look();
    const auto opened = looked ? now(again->unlockAlone()) : Profile::Opened(looked.error());
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::corrupt);
}

void TestProfile::neverRemovesTheLastSlot()
{
    auto one = profile();
    QVERIFY(now(one->create(passphrase("p"))).ok());
    QCOMPARE(one->removeSlot(crypto::SlotKind::passphrase).error().code, ErrorCode::conflict);
    QVERIFY(now(one->addSlot(keyFile())).ok());
    QVERIFY(one->removeSlot(crypto::SlotKind::passphrase).ok());
    one.reset();
    auto again = profile();
    QVERIFY(again->look().ok());
    QCOMPARE(now(again->unlock(passphrase("p"))).error().code, ErrorCode::notFound);
    QVERIFY(now(again->unlockAlone()).ok());
    again->lock();
    QCOMPARE(now(again->addSlot(passphrase("q"))).error().code, ErrorCode::locked);
}

void TestProfile::leavesNothingAfterDiscard()
{
    auto one = profile();
    {
        const auto opened = now(one->create(passphrase("p")));
        QVERIFY(opened.ok());
    }
    one->discard();
    QVERIFY(!one->exists());
    QVERIFY(QDir(folder_->path()).isEmpty());
    QVERIFY(now(one->create(passphrase("p"))).ok());
}

QTEST_GUILESS_MAIN(TestProfile)
#include "tst_profile.moc"
