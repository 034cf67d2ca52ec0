// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/kith_client.h"

#include "common/wire/codec.h"
#include "tests/bench/load/framing.h"
#include "tests/bench/load/tls_context.h"

#include <cstdio>

namespace kith::bench {

const std::string &KithClient::upgradeText()
{
    static const auto text = upgradeRequest();
    return text;
}

std::size_t KithClient::received(std::string_view bytes)
{
    std::size_t used = isUpgraded_ ? 0 : upgraded(bytes);
    while (isUpgraded_) {
        const auto frame = firstFrame(bytes.substr(used));
        if (!frame)
            break;
        used += frame->size;
        if (frame->opcode == Opcode::binary)
            hear(QByteArray::fromRawData(frame->payload.data(), static_cast<qsizetype>(frame->payload.size())));
        if (!isOpen())
            return 0;
    }
    acknowledge();
    return used;
}

std::size_t KithClient::upgraded(std::string_view bytes)
{
    const auto end = bytes.find("\r\n\r\n");
    if (end == std::string_view::npos)
        return 0;
    if (!bytes.starts_with("HTTP/1.1 101 ")) {
        close();
        lost();
        return 0;
    }
    isUpgraded_ = true;
    say(wire::Hello {});
    return end + 4;
}

void KithClient::say(wire::ClientBody body, bool answered)
{
    const auto bytes = wire::encode(wire::ClientFrame { answered ? nextRequest_++ : 0, std::move(body) });
    std::string frame;
    appendFrame(frame, Opcode::binary, { bytes.data(), static_cast<std::size_t>(bytes.size()) }, people_.mask());
    write(frame);
}

void KithClient::hear(const QByteArray &bytes)
{
    const auto frame = wire::decodeServerFrame(bytes);
    if (!frame)
        return on(frame.error());
    if (befriending_ != 0 && frame->requestId == befriending_) {
        befriending_ = 0;
        ++audience_.ready;
        return;
    }
    std::visit([this](const auto &body) { on(body); }, frame->body);
}

void KithClient::on(const wire::Challenge &challenge)
{
    const auto &person = people_.at(number());
    const auto login = person.account.login(serverId_, challenge, 1, certificateHashOf(tls()));
    if (person.registered)
        return say(login);
    auto registration = person.account.registration(serverId_, challenge, {}, 0);
    registration.login = login.login; // bound to the certificate
    say(std::move(registration));
}

void KithClient::on(const wire::Ready &ready)
{
    people_.at(number()).registered = true;
    sendCounter_ = ready.sendCounter;
    nowOnline();
}

void KithClient::befriend()
{
    befriending_ = nextRequest_;
    say(wire::SetRelation { people_.at(partner()).account.id(), wire::Relation::accepted });
}

void KithClient::send(Token token)
{
    const auto &to = people_.at(partner()).account;
    wire::SendMessage message { people_.mid(token), {}, ++sendCounter_ };
    message.targets.push_back(
        { to.id(), to.listVersion(), { { 1, wire::CiphertextType::message, people_.ciphertext(token) } } });
    say(std::move(message));
}

void KithClient::on(const wire::Accepted &accepted)
{
    if (audience_.accepted)
        audience_.accepted(number(), KithPeople::tokenOf(accepted.mid));
}

void KithClient::on(const wire::Deliver &row)
{
    if (const auto *envelope = std::get_if<wire::Envelope>(&row.item)) {
        note(row.qseq, true);
        if (audience_.arrived)
            audience_.arrived(number(), KithPeople::tokenOf(envelope->mid));
        return;
    }
    note(row.qseq, false);
    if (const auto *delivered = std::get_if<wire::Delivered>(&row.item); delivered && audience_.receipt) {
        for (const auto &mid : delivered->mids)
            audience_.receipt(number(), KithPeople::tokenOf(mid));
    }
}

void KithClient::on(const wire::Fault &fault)
{
    static int shown = 0;
    if (++shown <= 3)
        std::fprintf(stderr, "kith refused: %s, %s\n", wire::toString(fault.code), fault.detail.c_str());
    ++audience_.refused;
}

void KithClient::note(Qseq qseq, bool receipt)
{
    if (!unacknowledged_.empty() && unacknowledged_.back().receipt == receipt)
        unacknowledged_.back().to = qseq;
    else
        unacknowledged_.push_back({ qseq, qseq, receipt });
}

/// One Ack for what one read brought, as early as the protocol allows.
void KithClient::acknowledge()
{
    if (!unacknowledged_.empty())
        say(wire::Ack { std::exchange(unacknowledged_, {}) }, false);
}

} // namespace kith::bench
