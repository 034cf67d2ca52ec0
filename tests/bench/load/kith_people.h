// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/random.h"
#include "tests/bench/load/client.h"
#include "tests/support/gateway/test_account.h"

#include <string>
#include <unordered_map>

namespace kith::bench {

/// The accounts of one Kith server: real Ed25519 keys and signed device lists, made when first asked for, kept so that
/// a second connection logs in. One thread.
class KithPeople {
public:
    explicit KithPeople(std::uint64_t seed) : random_(seed), tag_(random_.below(~0ULL) | 1), content_(random_) { }

    struct Person {
        support::TestAccount account;
        bool registered = false;
    };
    Person &at(int number)
    {
        const auto found = people_.find(number);
        if (found != people_.end())
            return found->second;
        const std::string name = "p" + std::to_string(tag_ % 100'000) + "_" + std::to_string(number);
        return people_.emplace(number, Person { { name, random_, clock_.now() } }).first->second;
    }

    /// The message's name: the token, then what tells this run from others.
    Mid mid(Token token) const;
    static Token tokenOf(const Mid &mid);
    /// 200 bytes that look like ciphertext; the server cannot tell.
    QByteArray ciphertext(Token token) const { return content_.slice(token); }
    std::uint32_t mask() { return static_cast<std::uint32_t>(random_.below(~0ULL)); }

private:
    struct Noise {
        explicit Noise(Random &random);
        QByteArray slice(Token token) const;
        QByteArray bytes;
    };

    SystemClock clock_;
    SeededRandom random_;
    std::uint64_t tag_;
    Noise content_;
    std::unordered_map<int, Person> people_;
};

} // namespace kith::bench
