// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/profile.h"

#include "common/client/store/database.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kith::client {

namespace {

constexpr std::size_t keyFileLimit = 64U * 1024U;
constexpr std::size_t smallestKeyFile = 32;
constexpr std::size_t keyringSecretSize = 32;

template <class T>
Task<Result<T>> failed(Error error)
{
    return Task<Result<T>>::ready(Result<T>(std::move(error)));
}

bool isThere(const std::string &path)
{
    struct stat info { };
    return ::lstat(path.c_str(), &info) == 0;
}

/// Keeps the page of a secret out of the swap file, where the system allows it.
void keepInMemory(const SecretBytes &secret)
{
    static_cast<void>(::mlock(secret.view().data(), secret.size()));
}

/// A key file that others can read protects nothing.
Result<void> checkOwnerOnly(const std::string &path)
{
    struct stat info { };
    if (::lstat(path.c_str(), &info) != 0)
        return Error { ErrorCode::notFound, "the key file is not there" };
    if (!S_ISREG(info.st_mode) || info.st_uid != ::geteuid() || (info.st_mode & 0077U) != 0)
        return Error { ErrorCode::permission, "the key file must be a regular file of this user with mode 0600" };
    return {};
}

} // namespace

Profile::Profile(std::string folder, std::string name, Keyring &keyring, Random &random)
    : folder_(std::move(folder))
    , name_(std::move(name))
    , keyring_(keyring)
    , random_(random)
{
}

Profile::~Profile() = default;

Result<void> Profile::look()
{
    if (!isThere(folder_))
        return {};
    KITH_CHECK(makePrivateFolder(folder_)); // refuses a symlink and a stranger's folder
    if (!lock_) {
        KITH_TRY(lock_, FileLock::take(folder_ + "/lock"));
    }
    if (isThere(markerPath()))
        removeFiles();
    if (!isThere(slotsPath())) {
        if (isThere(databasePath()))
            return Error { ErrorCode::corrupt, "the key slots are missing beside the database" };
        return {};
    }
    KITH_TRY(const QByteArray encoded, readWhole(slotsPath(), crypto::KeySlots::maxEncodedSize));
    KITH_TRY(slots_, crypto::KeySlots::decode(viewOf(encoded)));
    return {};
}

std::vector<crypto::KeySlots::Slot> Profile::slotList() const
{
    return slots_ ? slots_->list() : std::vector<crypto::KeySlots::Slot>();
}

Task<Profile::Opened> Profile::create(SlotSecret slot)
{
    using Database = std::unique_ptr<store::Database>;
    if (exists())
        return failed<Database>({ ErrorCode::exists, "there is a profile already" });
    const auto prepare = [this]() -> Result<SecretBytes> {
        KITH_CHECK(makePrivateFolder(folder_));
        if (!lock_) {
            KITH_TRY(lock_, FileLock::take(folder_ + "/lock"));
        }
        if (isThere(databasePath()))
            return Error { ErrorCode::corrupt, "there is a database without key slots" };
        KITH_CHECK(writeDurably(markerPath(), {}));
        KITH_TRY(auto key, SecretBytes::random(crypto::KeySlots::keySize, random_));
        KITH_TRY(slots_, crypto::KeySlots::create(key));
        return key;
    };
    auto key = prepare();
    if (!key)
        return failed<Database>(std::move(key).error());
    key_ = std::move(*key);
    keepInMemory(key_);
    return putSlot(std::move(slot)).map(this, [this](const Result<void> &put) -> Opened {
        auto opened = put ? openWith(key_.clone(), true) : Opened(put.error());
        if (opened) {
            if (auto finished = finish(); !finished)
                opened = std::move(finished).error();
        }
        if (!opened)
            discard();
        return opened;
    });
}

/// The profile counts from here on.
Result<void> Profile::finish()
{
    if (::unlink(markerPath().c_str()) != 0)
        return Error { ErrorCode::io, "finish the profile" };
    return {};
}

void Profile::removeFiles()
{
    for (const std::string &path : { slotsPath(), databasePath(), databasePath() + "-wal", databasePath() + "-shm",
                                     slotsPath() + ".new", markerPath() })
        ::unlink(path.c_str());
}

void Profile::discard()
{
    lock();
    slots_.reset();
    removeFiles();
    ::unlink((folder_ + "/lock").c_str());
    ::rmdir(folder_.c_str()); // stays if somebody put something of his own there
    lock_.reset();
}

Result<SecretBytes> Profile::readKeyFile(const std::string &path, Missing missing)
{
    if (path.empty())
        return Error { ErrorCode::invalid, "the path of the key file is missing" };
    if (missing == Missing::make && !isThere(path)) {
        KITH_TRY(const auto fresh, SecretBytes::random(smallestKeyFile, random_));
        KITH_CHECK(writeDurably(path, fresh.view()));
    }
    KITH_CHECK(checkOwnerOnly(path));
    KITH_TRY(QByteArray content, readWhole(path, keyFileLimit));
    SecretBytes secret(viewOf(content));
    wipe({ reinterpret_cast<std::uint8_t *>(content.data()), static_cast<std::size_t>(content.size()) });
    if (secret.size() < smallestKeyFile)
        return Error { ErrorCode::invalid, "a key file has at least 32 bytes" };
    return secret;
}

Result<void> Profile::putKnownSlot(crypto::SlotKind kind, ByteView secret, const std::string &hint)
{
    if (kind == crypto::SlotKind::passphrase)
        KITH_CHECK(slots_->addPassphraseSlot(key_, secret, random_));
    else
        KITH_CHECK(slots_->addSecretSlot(kind, key_, secret, hint, random_));
    return writeDurably(slotsPath(), viewOf(slots_->encode()));
}

Task<Result<void>> Profile::putSlot(SlotSecret slot)
{
    if (slot.kind == crypto::SlotKind::keyFile) {
        const auto secret = readKeyFile(slot.path, Missing::make);
        return Task<Result<void>>::ready(secret ? putKnownSlot(slot.kind, secret->view(), slot.path)
                                                : Result<void>(secret.error()));
    }
    if (slot.kind != crypto::SlotKind::keyring)
        return Task<Result<void>>::ready(putKnownSlot(slot.kind, slot.secret.view(), {}));
    auto fresh = SecretBytes::random(keyringSecretSize, random_);
    const auto tag = random_.id<FixedBytes<struct KeyringTag, 8>>();
    if (!fresh || !tag)
        return failed<void>(fresh ? tag.error() : fresh.error());
    const std::string entry = name_ + "-" + tag->hex();
    const auto secret = std::make_shared<SecretBytes>(std::move(*fresh)); // std::function copies what it captures
    return keyring_.write(entry, *secret).map(this, [this, secret, entry](const Result<void> &written) {
        return written ? putKnownSlot(crypto::SlotKind::keyring, secret->view(), entry) : written;
    });
}

std::string Profile::hintOf(crypto::SlotKind kind) const
{
    for (const auto &slot : slotList()) {
        if (slot.kind == kind)
            return slot.hint;
    }
    return {};
}

Task<Result<SecretBytes>> Profile::keyFrom(SlotSecret slot)
{
    if (!slots_ || !slots_->has(slot.kind))
        return failed<SecretBytes>({ ErrorCode::notFound, "the profile has no slot of that kind" });
    switch (slot.kind) {
    case crypto::SlotKind::passphrase:
        return Task<Result<SecretBytes>>::ready(slots_->unlockWithPassphrase(slot.secret.view()));
    case crypto::SlotKind::recovery:
        return Task<Result<SecretBytes>>::ready(slots_->unlockWithSecret(slot.kind, slot.secret.view()));
    case crypto::SlotKind::keyFile: {
        const auto content = readKeyFile(slot.path.empty() ? hintOf(slot.kind) : slot.path, Missing::fail);
        return content ? Task<Result<SecretBytes>>::ready(slots_->unlockWithSecret(slot.kind, content->view()))
                       : failed<SecretBytes>(content.error());
    }
    case crypto::SlotKind::keyring:
        return keyring_.read(hintOf(slot.kind)).map(this, [this](Result<SecretBytes> secret) -> Result<SecretBytes> {
            if (!secret)
                return std::move(secret).error();
            return slots_->unlockWithSecret(crypto::SlotKind::keyring, secret->view());
        });
    }
    return failed<SecretBytes>({ ErrorCode::invalid, "an unknown kind of slot" });
}

Profile::Opened Profile::openWith(Result<SecretBytes> key, bool isNew)
{
    if (!key)
        return std::move(key).error();
    auto database =
        store::Database::open(databasePath(), *key, isNew ? sql::OpenMode::create : sql::OpenMode::existing);
    if (!database) {
        Error error = std::move(database).error();
        // The slots vouch for the key, so it is the database that does not fit.
        if (!isNew && (error.code == ErrorCode::permission || error.code == ErrorCode::notFound))
            error = { ErrorCode::corrupt, "the database is damaged or missing: " + error.detail };
        return error;
    }
    key_ = std::move(*key);
    keepInMemory(key_);
    return database;
}

Task<Profile::Opened> Profile::unlock(SlotSecret slot)
{
    return keyFrom(std::move(slot)).map(this, [this](Result<SecretBytes> key) {
        return openWith(std::move(key), false);
    });
}

Task<Profile::Opened> Profile::unlockAlone()
{
    const bool hasKeyFile = slots_ && slots_->has(crypto::SlotKind::keyFile);
    const bool hasKeyring = slots_ && slots_->has(crypto::SlotKind::keyring);
    if (hasKeyFile) {
        SlotSecret slot;
        slot.kind = crypto::SlotKind::keyFile;
        auto opened = keyFrom(std::move(slot));
        auto promise = std::make_shared<Promise<Opened>>(); // std::function copies what it captures
        auto task = promise->task();
        opened.then(this, [this, promise, hasKeyring](Result<SecretBytes> key) {
            if (key || !hasKeyring)
                return promise->complete(openWith(std::move(key), false));
            unlock({}).then(this, [promise](Opened second) { promise->complete(std::move(second)); });
        });
        return task;
    }
    if (hasKeyring)
        return unlock({});
    return failed<std::unique_ptr<store::Database>>({ ErrorCode::locked, "the profile needs its passphrase" });
}

void Profile::lock()
{
    if (!key_.isEmpty())
        static_cast<void>(::munlock(key_.view().data(), key_.size()));
    key_.wipe();
    key_ = {};
}

Task<Result<void>> Profile::addSlot(SlotSecret slot)
{
    if (!isOpen())
        return failed<void>({ ErrorCode::locked, "the profile is locked" });
    return putSlot(std::move(slot));
}

Result<void> Profile::removeSlot(crypto::SlotKind kind)
{
    if (!isOpen())
        return Error { ErrorCode::locked, "the profile is locked" };
    if (!slots_->has(kind))
        return Error { ErrorCode::notFound, "the profile has no slot of that kind" };
    if (slots_->list().size() == 1)
        return Error { ErrorCode::conflict, "the last slot stays: without it nothing opens the profile" };
    const std::string entry = hintOf(kind);
    KITH_CHECK(slots_->removeSlot(kind, key_));
    KITH_CHECK(writeDurably(slotsPath(), viewOf(slots_->encode())));
    if (kind == crypto::SlotKind::keyring)
        keyring_.remove(entry).then(this, [](const Result<void> &) {}); // what stays there opens nothing any more
    return {};
}

} // namespace kith::client
