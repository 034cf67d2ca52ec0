// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/crypto/memory_stores.h"

#include <cstdlib>

namespace kith::crypto {

namespace {

template <class Map, class Key>
std::optional<QByteArray> find(const Map &map, const Key &key)
{
    const auto found = map.find(key);
    return found == map.end() ? std::nullopt : std::optional(found->second);
}

} // namespace

class MemoryStores::SessionTable final : public SessionStore {
public:
    explicit SessionTable(MemoryStores &owner) : owner_(owner) { }
    Result<std::optional<QByteArray>> load(const DeviceId &device) override
    {
        KITH_CHECK(owner_.pass());
        return find(owner_.content.sessions, device);
    }
    Result<void> store(const DeviceId &device, const QByteArray &record) override
    {
        KITH_CHECK(owner_.pass());
        owner_.content.sessions[device] = record;
        return {};
    }
    Result<bool> contains(const DeviceId &device) override
    {
        KITH_CHECK(owner_.pass());
        return owner_.content.sessions.contains(device);
    }
    Result<void> remove(const DeviceId &device) override
    {
        KITH_CHECK(owner_.pass());
        owner_.content.sessions.erase(device);
        return {};
    }
    Result<std::vector<std::uint16_t>> devicesOf(const AccountId &account) override
    {
        KITH_CHECK(owner_.pass());
        std::vector<std::uint16_t> numbers;
        for (const auto &[device, record] : owner_.content.sessions)
            if (device.account == account)
                numbers.push_back(device.number);
        return numbers;
    }

private:
    MemoryStores &owner_;
};

class MemoryStores::IdentityTable final : public IdentityStore {
public:
    explicit IdentityTable(MemoryStores &owner) : owner_(owner) { }
    Result<IdentityKeyPair> ownKeyPair() override
    {
        KITH_CHECK(owner_.pass());
        return owner_.identity_.clone();
    }
    Result<std::uint32_t> registrationId() override
    {
        KITH_CHECK(owner_.pass());
        return owner_.registrationId_;
    }
    Result<void> saveIdentity(const DeviceId &device, const QByteArray &publicKey) override
    {
        KITH_CHECK(owner_.pass());
        ++owner_.identitiesSaved_;
        owner_.content.identities[device] = publicKey;
        return {};
    }
    Result<std::optional<QByteArray>> loadIdentity(const DeviceId &device) override
    {
        KITH_CHECK(owner_.pass());
        return find(owner_.content.identities, device);
    }

private:
    MemoryStores &owner_;
};

class MemoryStores::PreKeyTable final : public PreKeyStore {
public:
    explicit PreKeyTable(MemoryStores &owner) : owner_(owner) { }
    Result<std::optional<QByteArray>> load(std::uint32_t id) override
    {
        KITH_CHECK(owner_.pass());
        return find(owner_.content.preKeys, id);
    }
    Result<void> store(std::uint32_t id, const QByteArray &record) override
    {
        KITH_CHECK(owner_.pass());
        owner_.content.preKeys[id] = record;
        return {};
    }
    Result<bool> contains(std::uint32_t id) override
    {
        KITH_CHECK(owner_.pass());
        return owner_.content.preKeys.contains(id);
    }
    Result<void> remove(std::uint32_t id) override
    {
        KITH_CHECK(owner_.pass());
        owner_.content.preKeys.erase(id);
        return {};
    }

private:
    MemoryStores &owner_;
};

class MemoryStores::SignedPreKeyTable final : public SignedPreKeyStore {
public:
    explicit SignedPreKeyTable(MemoryStores &owner) : owner_(owner) { }
    Result<std::optional<QByteArray>> load(std::uint32_t id) override
    {
        KITH_CHECK(owner_.pass());
        return find(owner_.content.signedPreKeys, id);
    }
    Result<void> store(std::uint32_t id, const QByteArray &record) override
    {
        KITH_CHECK(owner_.pass());
        owner_.content.signedPreKeys[id] = record;
        return {};
    }
    Result<bool> contains(std::uint32_t id) override
    {
        KITH_CHECK(owner_.pass());
        return owner_.content.signedPreKeys.contains(id);
    }
    Result<void> remove(std::uint32_t id) override
    {
        KITH_CHECK(owner_.pass());
        owner_.content.signedPreKeys.erase(id);
        return {};
    }

private:
    MemoryStores &owner_;
};

class MemoryStores::SenderKeyTable final : public SenderKeyStore {
public:
    explicit SenderKeyTable(MemoryStores &owner) : owner_(owner) { }
    Result<std::optional<QByteArray>> load(const GroupId &group, const DeviceId &sender) override
    {
        KITH_CHECK(owner_.pass());
        return find(owner_.content.senderKeys, std::pair(group, sender));
    }
    Result<void> store(const GroupId &group, const DeviceId &sender, const QByteArray &record) override
    {
        KITH_CHECK(owner_.pass());
        owner_.content.senderKeys[{ group, sender }] = record;
        return {};
    }
    Result<void> remove(const GroupId &group, const DeviceId &sender) override
    {
        KITH_CHECK(owner_.pass());
        owner_.content.senderKeys.erase({ group, sender });
        return {};
    }

private:
    MemoryStores &owner_;
};

MemoryStores::MemoryStores(Random &random)
    : sessions_(std::make_unique<SessionTable>(*this))
    , identities_(std::make_unique<IdentityTable>(*this))
    , preKeys_(std::make_unique<PreKeyTable>(*this))
    , signedPreKeys_(std::make_unique<SignedPreKeyTable>(*this))
    , senderKeys_(std::make_unique<SenderKeyTable>(*this))
{
    auto pair = generateIdentityKeyPair(random);
    const auto id = generateRegistrationId(random);
    if (!pair || !id)
        std::abort(); // no test can go on
    identity_ = std::move(pair).value();
    registrationId_ = *id;
}

MemoryStores::~MemoryStores() = default;

Stores MemoryStores::stores()
{
    return { *sessions_, *identities_, *preKeys_, *signedPreKeys_, *senderKeys_ };
}

Result<void> MemoryStores::pass()
{
    ++calls_;
    if (countdown_ >= 0 && countdown_-- == 0)
        return Error { ErrorCode::io, "the test's failing store" };
    return {};
}

} // namespace kith::crypto
