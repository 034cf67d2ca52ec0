// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/load/client.h"

#include <deque>
#include <optional>

namespace kith::bench {

/// An XMPP client: SASL PLAIN, one resource, stream management (XEP-0198) with a request after each message, so that
/// there is a tick, and message receipts (XEP-0184).
class XmppClient final : public Client {
public:
    enum class Purpose { talk, enrol }; ///< enrol: registers in-band (XEP-0077) and counts as online then
    XmppClient(Loop &loop, Audience &audience, int number, Purpose purpose)
        : Client(loop, audience, number)
        , purpose_(purpose)
    {
    }

    void send(Token token) override;
    void heartbeat() override { write(" "); }

private:
    void connected() override { openStream(); }
    std::size_t received(std::string_view bytes) override;
    void openStream();
    void hear(std::string_view name, std::string_view element);
    void hearFeatures();
    void hearIq(std::string_view element);
    void hearMessage(std::string_view element);
    void hearAcknowledgement(std::string_view element);
    void sayStanza(std::string_view stanza, std::optional<Token> message);
    std::string partnerAddress() const;

    enum class Stage { start, authenticated, binding, enabling, enabled };
    Purpose purpose_;
    Stage stage_ = Stage::start;
    std::uint32_t handled_ = 0; ///< stanzas from the server
    std::uint32_t acknowledged_ = 0; ///< stanzas of ours
    std::deque<std::optional<Token>> unacknowledged_;
};

} // namespace kith::bench
