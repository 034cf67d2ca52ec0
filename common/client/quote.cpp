// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/quote.h"

#include "common/client/store/database.h"

namespace kith::client {

namespace {

/// The quoted message, if it is a text of that chat: one of another chat must not show through.
Result<std::optional<store::MessageRow>> quotedRow(store::Database &database, const store::MessageRow &row)
{
    KITH_TRY(auto quoted,
             row.quoteSender ? database.messages().find(*row.quoteSender, *row.replyTo)
                             : database.messages().find(*row.replyTo));
    if (quoted && (quoted->chat != row.chat || quoted->kind != MessageKind::text))
        quoted.reset();
    return quoted;
}

} // namespace

std::string beginningOf(const std::string &text, std::size_t bytes)
{
    if (text.size() <= bytes)
        return text;
    const auto continues = [&](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U; };
    while (bytes > 0 && continues(bytes))
        --bytes;
    return text.substr(0, bytes);
}

Result<Message> shownMessage(store::Database &database, const store::MessageRow &row)
{
    Message message = toMessage(row);
    if (!row.replyTo)
        return message;
    KITH_TRY(const auto quoted, quotedRow(database, row));
    if (quoted) {
        message.quote = Quote { quoted->sender.account, beginningOf(quoted->text, quoteBytes), true };
        return message;
    }
    message.quote = Quote { {}, beginningOf(row.quoteText, quoteBytes), false };
    KITH_TRY(const auto self, database.account().self());
    if (row.quoteSender == row.chat || (self && row.quoteSender == self->account))
        message.quote->sender = row.quoteSender;
    return message;
}

} // namespace kith::client
