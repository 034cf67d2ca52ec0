// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/contract/store_fixture.h"

#include "server/embedded/store.h"
#include "tests/support/server/memory_account_directory.h"
#include "tests/support/server/memory_key_directory.h"
#include "tests/support/server/memory_message_queue.h"

#include <QTemporaryDir>
#include <QTest>

namespace kith::contract {

namespace {

class MemoryFixture final : public StoreFixture {
public:
    MemoryFixture(std::uint64_t seed, server::QueueLimits limits, bool weak)
        : StoreFixture(seed)
        , queue_(time(), random(), { limits, weak, 0, 1 })
        , keys_(time(), random())
        , accounts_(time(), random())
    {
    }
    server::MessageQueue &queue() override { return queue_; }
    server::KeyDirectory &keys() override { return keys_; }
    server::AccountDirectory &accounts() override { return accounts_; }
    void restart() override { queue_.restart(); }

private:
    support::MemoryMessageQueue queue_;
    support::MemoryKeyDirectory keys_;
    support::MemoryAccountDirectory accounts_;
};

class EmbeddedFixture final : public StoreFixture {
public:
    EmbeddedFixture(std::uint64_t seed, server::QueueLimits limits) : StoreFixture(seed)
    {
        options_.limits = limits;
        options_.freeShare = [] { return 0.5; };
        restart();
    }
    server::MessageQueue &queue() override { return store_->queue(); }
    server::KeyDirectory &keys() override { return store_->keys(); }
    server::AccountDirectory &accounts() override { return store_->accounts(); }
    void restart() override
    {
        store_.reset();
        auto opened =
            server::embedded::Store::open(folder_.filePath("store").toStdString(), time(), random(), options_);
        if (!opened)
            qFatal("the store does not open: %s", opened.error().detail.c_str());
        store_ = std::move(opened).value();
    }

private:
    QTemporaryDir folder_;
    server::embedded::Options options_;
    std::unique_ptr<server::embedded::Store> store_;
};

template <class Id>
Id idOf(int number)
{
    Id id;
    for (std::size_t i = 0; i < 4; ++i)
        id.octets[i] = static_cast<std::uint8_t>(number >> (24 - 8 * i) & 0xFF);
    id.octets.back() = 1;
    return id;
}

} // namespace

std::unique_ptr<StoreFixture> StoreFixture::make(const std::string &kind, server::QueueLimits limits)
{
    const std::uint64_t seed = 20'260'101;
    qInfo("seed %llu", static_cast<unsigned long long>(seed));
    if (kind == "embedded")
        return std::make_unique<EmbeddedFixture>(seed, limits);
    return std::make_unique<MemoryFixture>(seed, limits, kind == "weak");
}

void StoreFixture::addRows()
{
    QTest::addColumn<QString>("store");
    for (const auto *kind : { "memory", "weak", "embedded" })
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

AccountId accountOf(int number)
{
    return idOf<AccountId>(number);
}

DeviceId deviceOf(int account, std::uint16_t number)
{
    return { accountOf(account), number };
}

Mid midOf(int number)
{
    return idOf<Mid>(number);
}

} // namespace kith::contract
