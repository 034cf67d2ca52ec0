// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace kith::e2e {

/// A place where a process may die, and what must hold after its next start (delivery.md section 7). The lint compares
/// this list with the code's failpoints; tst_e2e_crash_points kills at each.
struct CrashPoint {
    const char *name; ///< of the failpoint
    const char *where;
    const char *outcome;
};

/// The embedded store writes one batch where the design speaks of partitions: nothing lies between SA1 and SA2 or SB1
/// and SB2 there, so s2 and s6 die when the batch is composed and nothing of it is written. What lies between them in
/// a weaker store is killed in tst_weak_queue (aCrashLeavesTheHomeRowAndSomeOfTheRest,
/// theSenderIsToldBeforeTheRowGoes).
inline constexpr CrashPoint crashPoints[] = {
    { "c1", "before CT1", "nothing exists; the front end got no answer" },
    { "c2", "after CT1, before the write", "sent" },
    { "c3", "half a frame written", "the server discards it; sent again" },
    { "c4", "after the write, before Accepted", "sent again; same sid" },
    { "c5", "after Accepted, before CT2", "sent again; de-duplicated; one tick" },
    { "c6", "frame read, before CT3", "delivered again" },
    { "c7-session", "inside the session store's callback", "rolled back; delivered again" },
    { "c7-prekey", "inside the one-time prekey store's callback", "rolled back; delivered again" },
    { "c7-signed-prekey", "inside the signed prekey store's callback", "rolled back; delivered again" },
    { "c7-identity", "inside the identity store's callback", "rolled back; delivered again" },
    { "c7-sender-key", "inside the sender key store's callback", "rolled back" },
    { "c8", "after decrypt, before COMMIT", "rolled back, ratchet too; delivered again" },
    { "c9", "after COMMIT, before Ack", "delivered again; shown once" },
    { "c10", "after Ack, before a receipt or heartbeat is sent", "it goes out from the outbox" },
    { "c11", "prekeys generated, not committed", "nothing uploaded" },
    { "c12", "prekeys committed, not uploaded", "uploaded" },
    { "c13", "prekeys uploaded, reply lost", "uploaded again, no change" },
    { "s1", "before SA1", "sent again" },
    { "s2", "between SA1 and SA2", "sent again; no Accepted before" },
    { "s3", "after SA2, before Accepted", "sent again; same sid" },
    { "s4", "after push, before Ack", "delivered again" },
    { "s5", "Ack received, before SB1", "delivered again, acknowledged again" },
    { "s6", "between SB1 and SB2", "delivered again, acknowledged again" },
    { "s7", "after SB2, before the sender is told", "told later, from his queue" },
    { "s8", "during a change of the log, a flush or a compaction", "nothing accepted is lost" },
    { "s9", "during a schema migration", "resumed; no half schema" },
    { "s11", "after a prekey take, before the reply", "the key is burnt, never handed out twice" },
};

} // namespace kith::e2e
