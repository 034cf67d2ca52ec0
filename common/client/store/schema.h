// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

/// The profile's tables (SQLite 3.15.2 dialect, security L2). Times are ms since 1970 UTC, ids BLOBs.
namespace kith::client::store {

constexpr int schemaVersion = 8;

constexpr std::string_view schemaV1 = R"sql(
CREATE TABLE account (               -- one row
  id INTEGER PRIMARY KEY CHECK (id = 1),
  account BLOB NOT NULL, device INTEGER NOT NULL, name TEXT NOT NULL,
  state INTEGER NOT NULL,            -- 1 registering (keys committed, not confirmed), 2 registered, 3 signed out, 4 removed
  server TEXT NOT NULL, server_id BLOB,
  invite TEXT NOT NULL DEFAULT '',   -- kept only while registering
  account_seed BLOB NOT NULL, signing_seed BLOB NOT NULL,
  identity_public BLOB NOT NULL, identity_private BLOB NOT NULL, registration_id INTEGER NOT NULL,
  list BLOB NOT NULL, list_signature BLOB NOT NULL, list_version INTEGER NOT NULL,
  next_prekey_id INTEGER NOT NULL, next_signed_id INTEGER NOT NULL, current_signed_id INTEGER NOT NULL,
  qepoch INTEGER NOT NULL DEFAULT 0, cursor INTEGER NOT NULL DEFAULT 0,
  generation INTEGER NOT NULL DEFAULT 0,           -- send counter, security C23
  profile_key BLOB NOT NULL, profile_version INTEGER NOT NULL DEFAULT 0, profile_pending INTEGER NOT NULL DEFAULT 0,
  display_name TEXT NOT NULL DEFAULT '', about TEXT NOT NULL DEFAULT '',
  read_receipts INTEGER NOT NULL DEFAULT 1, strict_trust INTEGER NOT NULL DEFAULT 0,
  created_ms INTEGER NOT NULL);
CREATE TABLE contact (
  account BLOB PRIMARY KEY, name TEXT NOT NULL, alias TEXT NOT NULL DEFAULT '',
  account_key BLOB NOT NULL, trust INTEGER NOT NULL, candidate_key BLOB,
  relation INTEGER NOT NULL DEFAULT 0, relation_pending INTEGER NOT NULL DEFAULT 0,
  request INTEGER NOT NULL DEFAULT 0,
  list BLOB NOT NULL DEFAULT x'', list_signature BLOB NOT NULL DEFAULT x'', list_version INTEGER NOT NULL DEFAULT 0,
  profile_key BLOB, profile_version INTEGER NOT NULL DEFAULT 0,
  display_name TEXT NOT NULL DEFAULT '', about TEXT NOT NULL DEFAULT '',
  keys_sent INTEGER NOT NULL DEFAULT 0,            -- version of own profile key that this contact holds
  ephemeral_key BLOB, own_ephemeral_key BLOB, own_ephemeral_ms INTEGER NOT NULL DEFAULT 0,
  undecryptable INTEGER NOT NULL DEFAULT 0, last_reset_ms INTEGER NOT NULL DEFAULT 0,
  added_ms INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX contact_name ON contact (name);
CREATE TABLE session (account BLOB, device INTEGER, record BLOB NOT NULL, PRIMARY KEY (account, device)) WITHOUT ROWID;
CREATE TABLE identity (account BLOB, device INTEGER, public_key BLOB NOT NULL, PRIMARY KEY (account, device)) WITHOUT ROWID;
CREATE TABLE prekey (id INTEGER PRIMARY KEY, record BLOB NOT NULL, confirmed INTEGER NOT NULL DEFAULT 0);
CREATE TABLE signed_prekey (id INTEGER PRIMARY KEY, record BLOB NOT NULL, made_ms INTEGER NOT NULL,
  confirmed INTEGER NOT NULL DEFAULT 0, retired_ms INTEGER);
CREATE TABLE sender_key (grp BLOB, account BLOB, device INTEGER, record BLOB NOT NULL,
  PRIMARY KEY (grp, account, device)) WITHOUT ROWID;
CREATE TABLE message (
  id INTEGER PRIMARY KEY, chat BLOB NOT NULL, sender BLOB NOT NULL, device INTEGER NOT NULL, mid BLOB NOT NULL,
  n INTEGER, kind INTEGER NOT NULL, text TEXT NOT NULL, reply_to BLOB,
  content BLOB,                                    -- encoded Content: resends are byte-equal
  client_ms INTEGER NOT NULL, server_ms INTEGER, sid INTEGER, eff_ms INTEGER NOT NULL,
  state INTEGER NOT NULL, failed TEXT, late INTEGER NOT NULL DEFAULT 0, confirmed INTEGER NOT NULL DEFAULT 1,
  receipt INTEGER NOT NULL DEFAULT 0,              -- incoming: the flag its ack carried (delivery ST13)
  receipted INTEGER NOT NULL DEFAULT 0,            -- incoming: highest receipt queued (3 delivered, 4 read)
  mine INTEGER NOT NULL DEFAULT 0,                 -- sent by a device of this account
  delivered_ms INTEGER, read_ms INTEGER,           -- when this device learned so
  UNIQUE (sender, mid));
CREATE INDEX message_order ON message (             -- delivery ID6; what the server has not accepted yet comes last
  chat, eff_ms, ifnull(server_ms, 9223372036854775807), ifnull(sid, 9223372036854775807), id);
CREATE INDEX message_unread ON message (chat) WHERE mine = 0 AND state < 4;
CREATE INDEX message_mid ON message (mid);
CREATE INDEX message_number ON message (chat, sender, device, n);
CREATE TABLE seen (                                -- security C16: outlives sessions and deletion, 60 days
  sender BLOB, mid BLOB, receipt INTEGER NOT NULL, at_ms INTEGER NOT NULL, PRIMARY KEY (sender, mid)) WITHOUT ROWID;
CREATE INDEX seen_age ON seen (at_ms);
CREATE TABLE outbox (                              -- contents that the server has not accepted yet
  id INTEGER PRIMARY KEY, mid BLOB NOT NULL UNIQUE, chat BLOB NOT NULL, counted INTEGER NOT NULL,
  content BLOB NOT NULL,                           -- encoded Content
  sealed INTEGER NOT NULL DEFAULT 0,               -- 0 composed (CT0), 1 ciphertexts are there (CT1)
  bytes INTEGER NOT NULL DEFAULT 0,
  created_ms INTEGER NOT NULL, due_ms INTEGER NOT NULL, expires_ms INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0, held INTEGER NOT NULL DEFAULT 0); -- held: the identity changed
CREATE INDEX outbox_order ON outbox (chat, id);
CREATE TABLE outbox_cipher (
  outbox INTEGER NOT NULL REFERENCES outbox (id) ON DELETE CASCADE, account BLOB NOT NULL, device INTEGER NOT NULL,
  list_version INTEGER NOT NULL, type INTEGER NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (outbox, account, device)) WITHOUT ROWID;
CREATE TABLE parked (                              -- delivery ST15, LIM18
  id INTEGER PRIMARY KEY, sender BLOB NOT NULL, device INTEGER NOT NULL, mid BLOB NOT NULL, sid INTEGER NOT NULL,
  server_ms INTEGER NOT NULL, type INTEGER NOT NULL, content BLOB NOT NULL, reason INTEGER NOT NULL,
  at_ms INTEGER NOT NULL, UNIQUE (sender, device, mid));
CREATE TABLE own_counter (chat BLOB PRIMARY KEY, n INTEGER NOT NULL, hash BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE own_void (chat BLOB, n INTEGER, PRIMARY KEY (chat, n)) WITHOUT ROWID;
CREATE TABLE peer_counter (                        -- delivery ID8
  chat BLOB, account BLOB, device INTEGER, through INTEGER NOT NULL, highest INTEGER NOT NULL, hash BLOB NOT NULL,
  PRIMARY KEY (chat, account, device)) WITHOUT ROWID;
CREATE TABLE gap (                                 -- numbers below `highest` that are not here
  chat BLOB, account BLOB, device INTEGER, n INTEGER, since_ms INTEGER NOT NULL, asked_ms INTEGER, shown INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (chat, account, device, n)) WITHOUT ROWID;
CREATE TABLE event (cursor INTEGER PRIMARY KEY AUTOINCREMENT, at_ms INTEGER NOT NULL, type TEXT NOT NULL,
  chat BLOB, sender BLOB, json TEXT NOT NULL);
CREATE TABLE consumer (name TEXT PRIMARY KEY, acked INTEGER NOT NULL, seen_ms INTEGER NOT NULL,
  filter TEXT NOT NULL DEFAULT '{}') WITHOUT ROWID;  -- {types?, chats?, from?} as last subscribed
CREATE TABLE call (                                -- results of mutating calls by idempotency key, 30 days (cli 1.3)
  key TEXT PRIMARY KEY, digest BLOB NOT NULL, result TEXT NOT NULL, at_ms INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
)sql";

constexpr std::string_view schemaV2 = R"sql(
ALTER TABLE contact ADD COLUMN candidate_list BLOB;      -- signed by candidate_key
ALTER TABLE contact ADD COLUMN candidate_signature BLOB;
ALTER TABLE contact ADD COLUMN was_verified INTEGER NOT NULL DEFAULT 0; -- the pinned key was, before it changed
CREATE TABLE failed_cipher (                       -- of failed messages: a retry sends the same bytes (delivery ID7)
  id INTEGER PRIMARY KEY AUTOINCREMENT, mid BLOB NOT NULL, account BLOB NOT NULL, device INTEGER NOT NULL,
  list_version INTEGER NOT NULL, type INTEGER NOT NULL, bytes BLOB NOT NULL, UNIQUE (mid, account, device));
)sql";

constexpr std::string_view schemaV3 = R"sql(
ALTER TABLE message ADD COLUMN marks INTEGER NOT NULL DEFAULT 0; -- 1 old, 2 of a removed device, 4 broken chain
CREATE TABLE session_age (                         -- since when a part of a session record is known (security C9, C11)
  account BLOB, device INTEGER, part BLOB,         -- an archived state's base key, or a chain's ratchet key
  through INTEGER, since_ms INTEGER NOT NULL,      -- skipped keys up to here; -1: the state itself
  PRIMARY KEY (account, device, part, through)) WITHOUT ROWID;
)sql";

constexpr std::string_view schemaV4 = R"sql(
CREATE TABLE chat (                                -- what a person decided about a chat
  chat BLOB PRIMARY KEY, pinned INTEGER NOT NULL DEFAULT 0, archived INTEGER NOT NULL DEFAULT 0,
  marked_unread INTEGER NOT NULL DEFAULT 0, muted_until_ms INTEGER) WITHOUT ROWID;
)sql";

constexpr std::string_view schemaV5 = R"sql(
ALTER TABLE chat ADD COLUMN draft TEXT NOT NULL DEFAULT ''; -- what stands in the field and was not sent
ALTER TABLE chat ADD COLUMN draft_reply BLOB;
ALTER TABLE chat ADD COLUMN draft_ms INTEGER NOT NULL DEFAULT 0;
)sql";

constexpr std::string_view schemaV6 = R"sql(
ALTER TABLE message ADD COLUMN quote_sender BLOB;  -- what its sender says about the message reply_to
ALTER TABLE message ADD COLUMN quote_text TEXT NOT NULL DEFAULT '';
)sql";

// Which message an event holds, so that its text goes with the message. Names in JSON are escaped: the first "mid" is
// it.
constexpr std::string_view schemaV7 = R"sql(
ALTER TABLE event ADD COLUMN mid TEXT;
UPDATE event SET mid = substr(json, instr(json, '"mid":"') + 7, 26)
  WHERE type IN ('message.received', 'message.sent') AND instr(json, '"mid":"') > 0;
CREATE INDEX event_mid ON event (mid) WHERE mid IS NOT NULL;
)sql";

// Folded words of texts (search_words.h) and one word for the chat, by the message's id. The tokenizer knows ASCII
// alone and leaves everything else of a word together, so the words are exactly ours.
constexpr std::string_view schemaV8 = R"sql(
CREATE VIRTUAL TABLE message_search USING fts4 (words, chat, tokenize=simple, order=desc, matchinfo=fts3);
)sql";

} // namespace kith::client::store
