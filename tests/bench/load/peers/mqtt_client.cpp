// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/peers/mqtt_client.h"

#include <cstring>

namespace kith::bench {

namespace {

// Control packet types and their fixed flags, MQTT 3.1.1 section 2.2.
constexpr int connect = 0x10, connectAck = 2, publishQos1 = 0x32, publication = 3, publishAck = 0x40, acknowledged = 4;
constexpr int subscribe = 0x82, subscribed = 9, ping = 0xC0;
constexpr std::size_t messageBytes = 200; // performance.md
constexpr std::size_t headBytes = sizeof(Token) + 1; // token, kind

void appendNumber(std::string &out, std::size_t value)
{
    out += static_cast<char>(value >> 8);
    out += static_cast<char>(value);
}

void appendText(std::string &out, std::string_view text)
{
    appendNumber(out, text.size());
    out += text;
}

std::size_t numberAt(std::string_view bytes, std::size_t at)
{
    return static_cast<std::size_t>(static_cast<std::uint8_t>(bytes[at]) << 8
                                    | static_cast<std::uint8_t>(bytes[at + 1]));
}

std::string topicOf(int number)
{
    return 'p' + std::to_string(number);
}

} // namespace

void MqttClient::say(int head, std::string_view body)
{
    std::string packet(1, static_cast<char>(head));
    std::size_t size = body.size();
    do {
        packet += static_cast<char>((size & 0x7F) | (size > 0x7F ? 0x80 : 0));
        size >>= 7;
    } while (size > 0);
    write(packet += body);
}

void MqttClient::connected()
{
    std::string body;
    appendText(body, "MQTT");
    body += '\4'; // version 3.1.1
    body += '\0'; // keep the session
    appendNumber(body, 60); // seconds
    appendText(body, topicOf(number()));
    say(connect, body);
}

void MqttClient::heartbeat()
{
    say(ping, {});
}

std::size_t MqttClient::received(std::string_view bytes)
{
    std::size_t used = 0;
    while (isOpen() && bytes.size() - used >= 2) {
        std::size_t head = 1, size = 0;
        bool whole = false;
        for (int shift = 0; !whole && head < 5 && used + head < bytes.size(); shift += 7) {
            const auto byte = static_cast<std::uint8_t>(bytes[used + head++]);
            size |= static_cast<std::size_t>(byte & 0x7F) << shift;
            whole = (byte & 0x80) == 0;
        }
        if (!whole || used + head + size > bytes.size())
            break;
        hear(static_cast<std::uint8_t>(bytes[used]) >> 4, bytes.substr(used + head, size));
        used += head + size;
    }
    return isOpen() ? used : 0;
}

void MqttClient::hear(int type, std::string_view body)
{
    if (type == connectAck) {
        std::string wish;
        appendNumber(wish, ++nextPacket_);
        appendText(wish, topicOf(number()));
        wish += '\1'; // QoS
        return say(subscribe, wish);
    }
    if (type == subscribed && !isOnline())
        return nowOnline();
    if (type == publication)
        return hearPublication(body);
    if (type != acknowledged)
        return;
    const auto found = unacknowledged_.extract(static_cast<std::uint16_t>(numberAt(body, 0)));
    if (found && audience_.accepted)
        audience_.accepted(number(), found.mapped());
}

void MqttClient::hearPublication(std::string_view body)
{
    const auto topic = numberAt(body, 0);
    say(publishAck, body.substr(2 + topic, 2));
    const auto payload = body.substr(4 + topic);
    Token token = 0;
    std::memcpy(&token, payload.data(), sizeof token);
    if (payload[sizeof token] == 'M') {
        publish(token, 'R');
        if (audience_.arrived)
            audience_.arrived(number(), token);
    } else if (audience_.receipt) {
        audience_.receipt(number(), token);
    }
}

void MqttClient::publish(Token token, char kind)
{
    if (++nextPacket_ == 0)
        ++nextPacket_;
    std::string body;
    appendText(body, topicOf(partner()));
    appendNumber(body, nextPacket_);
    body.append(reinterpret_cast<const char *>(&token), sizeof token);
    body += kind;
    if (kind == 'M') {
        body.append(messageBytes - headBytes, 'x');
        unacknowledged_[nextPacket_] = token;
    }
    say(publishQos1, body);
}

} // namespace kith::bench
