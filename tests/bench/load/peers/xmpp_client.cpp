// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/peers/xmpp_client.h"

#include "tests/bench/load/peers/xml_scan.h"

#include <QByteArray>

#include <charconv>
#include <cstdio>

namespace kith::bench {

namespace {

constexpr const char *domain = "localhost";
const std::string body(200, 'x'); // performance.md: 200 bytes

std::uint64_t numberIn(std::string_view text)
{
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string nameOf(int number)
{
    return 'p' + std::to_string(number);
}

} // namespace

std::size_t XmppClient::received(std::string_view bytes)
{
    std::size_t used = 0;
    while (used < bytes.size() && isOpen()) {
        const auto element = firstElement(bytes.substr(used));
        if (element.text.empty())
            break;
        used += element.text.size();
        hear(element.name, element.text);
    }
    return isOpen() ? used : 0;
}

void XmppClient::openStream()
{
    write(std::string("<?xml version='1.0'?><stream:stream to='") + domain
          + "' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>");
}

void XmppClient::hear(std::string_view name, std::string_view element)
{
    if (name == "stream:features")
        return hearFeatures();
    if (name == "success") {
        stage_ = Stage::authenticated;
        return openStream();
    }
    if (name == "failure" || name == "stream:error") {
        std::fprintf(stderr, "xmpp: %.*s\n", static_cast<int>(std::min<std::size_t>(element.size(), 200)),
                     element.data());
        ++audience_.refused;
    } else if (name == "enabled") {
        stage_ = Stage::enabled;
        sayStanza("<presence/>", {});
        nowOnline();
    } else if (name == "r") {
        write("<a xmlns='urn:xmpp:sm:3' h='" + std::to_string(handled_) + "'/>");
    } else if (name == "a") {
        hearAcknowledgement(element);
    } else if (name == "message") {
        ++handled_;
        hearMessage(element);
    } else if (name == "iq") {
        hearIq(element);
    } else if (name == "presence") {
        ++handled_;
    }
}

void XmppClient::hearFeatures()
{
    const auto user = nameOf(number());
    if (purpose_ == Purpose::enrol)
        return write("<iq type='set' id='e'><query xmlns='jabber:iq:register'><username>" + user
                     + "</username><password>pw</password></query></iq>");
    if (stage_ == Stage::start) {
        const auto plain = QByteArray(1, '\0') + QByteArray::fromStdString(user) + QByteArray(1, '\0') + "pw";
        return write("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>"
                     + plain.toBase64().toStdString() + "</auth>");
    }
    stage_ = Stage::binding;
    write("<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>r</resource></bind></iq>");
}

void XmppClient::hearIq(std::string_view element)
{
    if (purpose_ == Purpose::enrol && !isOnline() && attribute(element, "type") == "result")
        return nowOnline();
    if (stage_ == Stage::binding) {
        stage_ = Stage::enabling;
        return write("<enable xmlns='urn:xmpp:sm:3'/>");
    }
    ++handled_;
}

std::string XmppClient::partnerAddress() const
{
    return nameOf(partner()) + '@' + domain;
}

void XmppClient::sayStanza(std::string_view stanza, std::optional<Token> message)
{
    write(stanza);
    write("<r xmlns='urn:xmpp:sm:3'/>");
    unacknowledged_.push_back(message);
}

void XmppClient::send(Token token)
{
    const auto id = std::to_string(token);
    sayStanza("<message to='" + partnerAddress() + "' type='chat' id='" + id + "'><body>" + body
                  + "</body><request xmlns='urn:xmpp:receipts'/></message>",
              token);
}

void XmppClient::hearMessage(std::string_view element)
{
    if (attribute(element, "type") == "error") {
        ++audience_.refused;
        return;
    }
    const auto receipt = element.find("<received");
    if (receipt != std::string_view::npos) {
        if (audience_.receipt)
            audience_.receipt(number(), numberIn(attribute(element.substr(receipt), "id")));
        return;
    }
    if (element.find("<body") == std::string_view::npos)
        return;
    const auto id = attribute(element, "id");
    sayStanza("<message to='" + partnerAddress() + "'><received xmlns='urn:xmpp:receipts' id='" + std::string(id)
                  + "'/></message>",
              {});
    if (audience_.arrived)
        audience_.arrived(number(), numberIn(id));
}

void XmppClient::hearAcknowledgement(std::string_view element)
{
    const auto until = static_cast<std::uint32_t>(numberIn(attribute(element, "h")));
    for (; acknowledged_ != until && !unacknowledged_.empty(); ++acknowledged_) {
        const auto message = unacknowledged_.front();
        unacknowledged_.pop_front();
        if (message && audience_.accepted)
            audience_.accepted(number(), *message);
    }
}

} // namespace kith::bench
