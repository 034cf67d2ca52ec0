// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/method_table.h"

#include <QLatin1StringView>

namespace kith::rpc {

namespace {

// Each method and event here has its schemas in resources/rpc/v1; a test compares both ways.
constexpr Method methods[] = {
    { "hello", Needs::nothing, Effect::none, Params::plain, "Agree on the API; first call of a connection" },
    { "agent.status", Needs::nothing, Effect::none, Params::plain, "What the agent is doing" },
    { "agent.stop", Needs::nothing, Effect::none, Params::plain, "End the agent, now or when nothing runs" },
    { "agent.lock", Needs::nothing, Effect::none, Params::plain, "Wipe the keys and close the store" },
    { "agent.unlock", Needs::nothing, Effect::none, Params::secret, "Open the store through one of its slots" },
    { "agent.doctor", Needs::nothing, Effect::none, Params::plain, "Check the set-up and name each fix" },
    { "frontend.register", Needs::nothing, Effect::none, Params::plain, "Be the one window of the profile" },
    { "frontend.activate", Needs::nothing, Effect::none, Params::plain, "Raise the profile's window" },
    { "frontend.activity", Needs::nothing, Effect::none, Params::plain, "A person uses the window" },
    { "rpc.discover", Needs::nothing, Effect::none, Params::plain, "The OpenRPC document of all methods" },
    { "account.register", Needs::nothing, Effect::keyed, Params::secret, "Make an account on a server" },
    { "account.show", Needs::openStore, Effect::none, Params::plain, "The own account" },
    { "account.set", Needs::openStore, Effect::keyed, Params::plain, "Change what others see" },
    { "account.delete", Needs::openStore, Effect::keyed, Params::plain,
      "Delete the account at the server and the profile's data" },
    { "account.limits", Needs::openStore, Effect::none, Params::plain, "The limits that the server announced" },
    { "privacy.get", Needs::openStore, Effect::none, Params::plain, "What others learn" },
    { "privacy.set", Needs::openStore, Effect::keyed, Params::plain, "Change what others learn" },
    { "server.show", Needs::openStore, Effect::none, Params::plain, "The account's server" },
    { "server.set", Needs::openStore, Effect::keyed, Params::plain, "Move to another address of the same server" },
    { "server.check", Needs::nothing, Effect::none, Params::plain, "What a server says to somebody without account" },
    { "server.ping", Needs::openStore, Effect::none, Params::plain, "Time of one round trip" },
    { "slots.list", Needs::openStore, Effect::none, Params::plain, "The ways to open the store" },
    { "slots.add", Needs::openStore, Effect::keyed, Params::secret, "Add a way to open the store" },
    { "slots.remove", Needs::openStore, Effect::keyed, Params::plain,
      "Remove a way to open the store, never the last" },
    { "recovery.create", Needs::openStore, Effect::none, Params::plain,
      "Make a recovery key that opens the store; the last one opens nothing any more" },
    { "send", Needs::openStore, Effect::keyed, Params::plain,
      "Queue one message to each address; answers after the commit" },
    { "messages.wait", Needs::openStore, Effect::none, Params::plain,
      "Wait until a message has reached a state or failed; answers reached=false when the time is over" },
    { "messages.list", Needs::openStore, Effect::none, Params::plain, "A page of a chat, oldest first" },
    { "messages.get", Needs::openStore, Effect::none, Params::plain, "One message" },
    { "messages.info", Needs::openStore, Effect::none, Params::plain, "One message with what is known of its way" },
    { "messages.retry", Needs::openStore, Effect::keyed, Params::plain, "Queue a failed message again" },
    { "messages.cancel", Needs::openStore, Effect::keyed, Params::plain,
      "Take a queued message back before it has left" },
    { "messages.search", Needs::openStore, Effect::none, Params::plain, "Find messages by their words" },
    { "messages.delete", Needs::openStore, Effect::keyed, Params::plain, "Delete messages in this profile alone" },
    { "chats.list", Needs::openStore, Effect::none, Params::plain, "Chats, pinned and last active first" },
    { "chats.get", Needs::openStore, Effect::none, Params::plain, "One chat" },
    { "chats.set", Needs::openStore, Effect::keyed, Params::plain, "Pin, mute, archive or mark a chat as unread" },
    { "chats.clear", Needs::openStore, Effect::keyed, Params::plain, "Delete a chat's messages in this profile" },
    { "chats.delete", Needs::openStore, Effect::keyed, Params::plain,
      "Delete a chat with its messages in this profile; the person stays" },
    { "chats.setDraft", Needs::openStore, Effect::none, Params::plain, "Keep what was typed and not sent" },
    { "chats.markRead", Needs::openStore, Effect::keyed, Params::plain, "Mark as read up to a message, or all" },
    { "typing.set", Needs::openStore, Effect::none, Params::plain, "Show or hide that somebody types" },
    { "contacts.list", Needs::openStore, Effect::none, Params::plain, "People, by user name" },
    { "contacts.get", Needs::openStore, Effect::none, Params::plain, "One person" },
    { "contacts.add", Needs::openStore, Effect::keyed, Params::plain, "Look a user up and accept them" },
    { "contacts.rename", Needs::openStore, Effect::keyed, Params::plain, "Call somebody something else here" },
    { "contacts.block", Needs::openStore, Effect::keyed, Params::plain, "Refuse everything from somebody" },
    { "contacts.unblock", Needs::openStore, Effect::keyed, Params::plain, "Undo a block" },
    { "contacts.remove", Needs::openStore, Effect::keyed, Params::plain, "Forget a person; the history stays" },
    { "requests.list", Needs::openStore, Effect::none, Params::plain, "Chats of people who are not accepted yet" },
    { "requests.accept", Needs::openStore, Effect::keyed, Params::plain, "Accept somebody" },
    { "requests.refuse", Needs::openStore, Effect::keyed, Params::plain, "Refuse somebody and delete the chat" },
    { "safety.show", Needs::openStore, Effect::none, Params::plain, "The safety number with somebody" },
    { "safety.compare", Needs::openStore, Effect::none, Params::plain, "Compare a scanned code with the own" },
    { "safety.verify", Needs::openStore, Effect::keyed, Params::plain, "Mark somebody's account key as verified" },
    { "safety.reset", Needs::openStore, Effect::keyed, Params::plain,
      "Accept a changed account key, or forget a verification" },
    { "devices.list", Needs::openStore, Effect::none, Params::plain, "The devices of an account's signed list" },
    { "events.subscribe", Needs::openStore, Effect::none, Params::plain,
      "Get events: of a durable consumer, since a cursor, or from now on" },
    { "events.ack", Needs::openStore, Effect::none, Params::plain,
      "A consumer has dealt with everything up to a cursor" },
    { "events.unsubscribe", Needs::openStore, Effect::none, Params::plain, "No more events on this connection" },
    { "consumers.list", Needs::openStore, Effect::none, Params::plain, "The durable consumers" },
    { "consumers.reset", Needs::openStore, Effect::keyed, Params::plain,
      "Move a consumer to another place of the log" },
    { "consumers.remove", Needs::openStore, Effect::keyed, Params::plain, "Forget a consumer" },
    { "config.get", Needs::nothing, Effect::none, Params::plain, "One setting" },
    { "config.set", Needs::nothing, Effect::keyed, Params::plain, "Change one setting in the user's file" },
    { "config.list", Needs::nothing, Effect::none, Params::plain, "All settings and where they come from" },
    { "db.check", Needs::openStore, Effect::none, Params::plain, "Check the store's integrity" },
    { "db.stats", Needs::openStore, Effect::none, Params::plain, "What the store holds" },
};

constexpr EventType events[] = {
    { "message.received", Delivery::durable, "Somebody's message is in the store" },
    { "message.sent", Delivery::durable, "An own message, from any device of the account" },
    { "message.status", Delivery::durable, "An own message got further" },
    { "message.deleted", Delivery::durable, "Messages were deleted in this profile" },
    { "chat.updated", Delivery::durable, "A chat changed" },
    { "contact.updated", Delivery::durable, "A person changed" },
    { "request.received", Delivery::durable, "Somebody new wrote" },
    { "identity.changed", Delivery::durable, "An account key is another one now" },
    { "devices.changed", Delivery::durable, "A signed device list changed" },
    { "messages.missing", Delivery::durable, "Counters of a sender that never came" },
    { "account.signedOut", Delivery::durable, "This device can no longer sign in" },
    { "chat.draft", Delivery::transient, "A chat's draft changed" },
    { "frontend.activate", Delivery::transient, "The window should come to the front" },
    { "typing", Delivery::transient, "Somebody types" },
    { "connection.state", Delivery::transient, "The connection to the server" },
    { "agent.state", Delivery::transient, "The store was locked, unlocked or signed in" },
    { "event.gap", Delivery::transient, "Events were dropped; read again by cursor" },
};

template <class Row>
const Row *find(std::span<const Row> rows, QStringView name)
{
    for (const Row &row : rows) {
        if (name == QLatin1StringView(row.name))
            return &row;
    }
    return nullptr;
}

} // namespace

QString Method::paramsSchema() const
{
    return QLatin1StringView(name) + QStringLiteral(".params");
}

QString Method::resultSchema() const
{
    return QLatin1StringView(name) + QStringLiteral(".result");
}

QString EventType::schema() const
{
    return QStringLiteral("event.") + QLatin1StringView(name);
}

std::span<const Method> methodTable()
{
    return methods;
}

std::span<const EventType> eventTable()
{
    return events;
}

const Method *findMethod(QStringView name)
{
    return find(methodTable(), name);
}

const EventType *findEvent(QStringView name)
{
    return find(eventTable(), name);
}

} // namespace kith::rpc
