// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/load/client.h"

#include <unordered_map>

namespace kith::bench {

/// MQTT 3.1.1 as a messenger: a persistent session and a topic per person, QoS 1. The receipt is a publication back;
/// the tick is the broker's PUBACK, which promises nothing about a disk.
class MqttClient final : public Client {
public:
    using Client::Client;

    void send(Token token) override { publish(token, 'M'); }
    void heartbeat() override;

private:
    void connected() override;
    std::size_t received(std::string_view bytes) override;
    void hear(int type, std::string_view body);
    void hearPublication(std::string_view body);
    void publish(Token token, char kind);
    void say(int head, std::string_view body);

    std::uint16_t nextPacket_ = 0;
    std::unordered_map<std::uint16_t, Token> unacknowledged_; ///< messages only
};

} // namespace kith::bench
