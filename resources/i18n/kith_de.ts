<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<!-- SPDX-FileCopyrightText: 2026 The Kith authors -->
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>AboutPage</name>
    <message>
        <source>Kith %1</source>
        <translation>Kith %1</translation>
    </message>
    <message>
        <source>End-to-end encrypted messages that belong to you. Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Ende-zu-Ende-verschlüsselte Nachrichten, die dir gehören. Freie Software unter der GNU General Public License, Version 3 oder neuer.</translation>
    </message>
    <message>
        <source>Check the set-up</source>
        <translation>Einrichtung prüfen</translation>
    </message>
</context>
<context>
    <name>AccountPage</name>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Copy your contact link</source>
        <translation>Deinen Kontaktlink kopieren</translation>
    </message>
    <message>
        <source>Copied. Whoever opens it can write to you.</source>
        <translation>Kopiert. Wer ihn öffnet, kann dir schreiben.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Dein Name</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über dich</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
</context>
<context>
    <name>AccountStep</name>
    <message>
        <source>Create your account</source>
        <translation>Konto anlegen</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Dein Name</translation>
    </message>
    <message>
        <source>Only the people you write to see it; the server does not.</source>
        <translation>Ihn sehen nur die, denen du schreibst, nicht der Server.</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Others find you by it. 3 to 32 of a–z, 0–9, _ and .</source>
        <translation>Damit finden dich andere. 3 bis 32 Zeichen aus a–z, 0–9, _ und .</translation>
    </message>
    <message>
        <source>Invite code</source>
        <translation>Einladungscode</translation>
    </message>
    <message>
        <source>This server asks for one. You get it from its operator.</source>
        <translation>Dieser Server verlangt einen. Du bekommst ihn vom Betreiber.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
</context>
<context>
    <name>AppearancePage</name>
    <message>
        <source>Theme</source>
        <translation>Design</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Indigo</source>
        <translation>Indigo</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>Rosa</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Amber</source>
        <translation>Bernstein</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>Lila</translation>
    </message>
    <message>
        <source>Olive</source>
        <translation>Oliv</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <source>Compact list</source>
        <translation>Kompakte Liste</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>Weniger Bewegung</translation>
    </message>
    <message>
        <source>Language (from the next start)</source>
        <translation>Sprache (ab dem nächsten Start)</translation>
    </message>
</context>
<context>
    <name>ChatListPane</name>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Unread (%1)</source>
        <translation>Ungelesen (%1)</translation>
    </message>
    <message>
        <source>Unread</source>
        <translation>Ungelesen</translation>
    </message>
    <message>
        <source>Nobody found</source>
        <translation>Niemand gefunden</translation>
    </message>
    <message>
        <source>Everything is read</source>
        <translation>Alles gelesen</translation>
    </message>
    <message>
        <source>The archive is empty</source>
        <translation>Das Archiv ist leer</translation>
    </message>
    <message>
        <source>No chats yet</source>
        <translation>Noch keine Chats</translation>
    </message>
    <message>
        <source>No chat has “%1” in its name.</source>
        <translation>Kein Chat hat „%1“ im Namen.</translation>
    </message>
    <message>
        <source>Write to somebody by user name. Others reach you as %1.</source>
        <translation>Schreib jemandem über den Benutzernamen. Andere erreichen dich als %1.</translation>
    </message>
</context>
<context>
    <name>ChatMenu</name>
    <message>
        <source>Mark as read</source>
        <translation>Als gelesen markieren</translation>
    </message>
    <message>
        <source>Mark as unread</source>
        <translation>Als ungelesen markieren</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Ton einschalten</translation>
    </message>
    <message>
        <source>Mute for 1 hour</source>
        <translation>1 Stunde stummschalten</translation>
    </message>
    <message>
        <source>Mute for 8 hours</source>
        <translation>8 Stunden stummschalten</translation>
    </message>
    <message>
        <source>Mute for 1 week</source>
        <translation>1 Woche stummschalten</translation>
    </message>
    <message>
        <source>Mute always</source>
        <translation>Immer stummschalten</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Zurück in die Liste</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archivieren</translation>
    </message>
    <message>
        <source>Clear messages…</source>
        <translation>Nachrichten löschen …</translation>
    </message>
    <message>
        <source>Clear this chat?</source>
        <translation>Diesen Chat leeren?</translation>
    </message>
    <message>
        <source>All messages with %1 are deleted on this device. The other side keeps its own.</source>
        <translation>Alle Nachrichten mit %1 werden auf diesem Gerät gelöscht. Die andere Seite behält ihre.</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Delete chat…</source>
        <translation>Chat löschen …</translation>
    </message>
    <message>
        <source>Delete this chat?</source>
        <translation>Diesen Chat löschen?</translation>
    </message>
    <message>
        <source>The chat with %1 and all its messages are deleted on this device. The contact stays.</source>
        <translation>Der Chat mit %1 und alle seine Nachrichten werden auf diesem Gerät gelöscht. Der Kontakt bleibt.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Unblock</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Block…</source>
        <translation>Blockieren …</translation>
    </message>
    <message>
        <source>Block %1?</source>
        <translation>%1 blockieren?</translation>
    </message>
    <message>
        <source>You get nothing from this person any more. They are not told.</source>
        <translation>Du bekommst nichts mehr von dieser Person. Sie erfährt nichts davon.</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Blockieren</translation>
    </message>
</context>
<context>
    <name>ChatRow</name>
    <message>
        <source>typing…</source>
        <translation>schreibt …</translation>
    </message>
    <message>
        <source>Draft: %1</source>
        <translation>Entwurf: %1</translation>
    </message>
    <message>
        <source>Message request: %1</source>
        <translation>Nachrichtenanfrage: %1</translation>
    </message>
</context>
<context>
    <name>ChatsPage</name>
    <message>
        <source>Enter sends</source>
        <translation>Eingabetaste sendet</translation>
    </message>
    <message>
        <source>Shift+Enter makes a new line.</source>
        <translation>Umschalt+Eingabe macht eine neue Zeile.</translation>
    </message>
    <message>
        <source>Shift+Enter or Ctrl+Enter sends.</source>
        <translation>Umschalt+Eingabe oder Strg+Eingabe sendet.</translation>
    </message>
    <message>
        <source>Stored on this computer</source>
        <translation>Auf diesem Computer gespeichert</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Size of the database</source>
        <translation>Größe der Datenbank</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Do not reply</source>
        <translation>Nicht antworten</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s) too long</source>
        <translation>
            <numerusform>%n Byte zu lang</numerusform>
            <numerusform>%n Bytes zu lang</numerusform>
        </translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>Emoji</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
</context>
<context>
    <name>ConfirmSheet</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>ConversationPane</name>
    <message>
        <source>Back to the chats</source>
        <translation>Zurück zu den Chats</translation>
    </message>
    <message>
        <source>typing…</source>
        <translation>schreibt …</translation>
    </message>
    <message>
        <source>Only you read this</source>
        <translation>Das liest nur du</translation>
    </message>
    <message>
        <source>Safety number changed</source>
        <translation>Sicherheitsnummer geändert</translation>
    </message>
    <message>
        <source>%1 · verified</source>
        <translation>%1 · verifiziert</translation>
    </message>
    <message>
        <source>Find in this chat</source>
        <translation>In diesem Chat suchen</translation>
    </message>
    <message>
        <source>Chat info</source>
        <translation>Chat-Info</translation>
    </message>
    <message>
        <source>Open this link?</source>
        <translation>Diesen Link öffnen?</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>The messages could not be read</source>
        <translation>Die Nachrichten konnten nicht gelesen werden</translation>
    </message>
    <message>
        <source>Notes only you can read</source>
        <translation>Notizen, die nur du lesen kannst</translation>
    </message>
    <message>
        <source>Say hello to %1</source>
        <translation>Sag Hallo zu %1</translation>
    </message>
    <message>
        <source>Messages here are end-to-end encrypted.</source>
        <translation>Nachrichten sind hier Ende-zu-Ende-verschlüsselt.</translation>
    </message>
    <message>
        <source>Wave 👋</source>
        <translation>Winken 👋</translation>
    </message>
    <message>
        <source>Choose a chat or press %1</source>
        <translation>Wähle einen Chat oder drücke %1</translation>
    </message>
    <message numerus="yes">
        <source>To the newest message, %n unread</source>
        <translation>
            <numerusform>Zur neuesten Nachricht, %n ungelesen</numerusform>
            <numerusform>Zur neuesten Nachricht, %n ungelesen</numerusform>
        </translation>
    </message>
    <message>
        <source>To the newest message</source>
        <translation>Zur neuesten Nachricht</translation>
    </message>
    <message>
        <source>%1 wants to write to you</source>
        <translation>%1 möchte dir schreiben</translation>
    </message>
    <message>
        <source>Until you accept, they do not learn whether you have read this.</source>
        <translation>Bis du annimmst, erfährt die Person nicht, ob du das gelesen hast.</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete this request?</source>
        <translation>Diese Anfrage löschen?</translation>
    </message>
    <message>
        <source>The messages are deleted. %1 may write again.</source>
        <translation>Die Nachrichten werden gelöscht. %1 kann wieder schreiben.</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Blockieren</translation>
    </message>
    <message>
        <source>Block %1?</source>
        <translation>%1 blockieren?</translation>
    </message>
    <message>
        <source>The messages are deleted and nothing comes from this person any more.</source>
        <translation>Die Nachrichten werden gelöscht, und von dieser Person kommt nichts mehr.</translation>
    </message>
    <message>
        <source>You blocked %1</source>
        <translation>Du hast %1 blockiert</translation>
    </message>
    <message>
        <source>Unblock</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>The safety number with %1 has changed</source>
        <translation>Die Sicherheitsnummer mit %1 hat sich geändert</translation>
    </message>
    <message>
        <source>They may have set up Kith anew, or somebody else reads along. Compare it before you write on; nothing is sent until then.</source>
        <translation>Vielleicht wurde Kith dort neu eingerichtet, oder jemand liest mit. Vergleiche sie, bevor du weiterschreibst; bis dahin wird nichts gesendet.</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Go on without comparing</source>
        <translation>Ohne Vergleich weiter</translation>
    </message>
    <message>
        <source>Go on without comparing?</source>
        <translation>Ohne Vergleich weiter?</translation>
    </message>
    <message>
        <source>You would trust the new key without knowing whose it is.</source>
        <translation>Du würdest dem neuen Schlüssel vertrauen, ohne zu wissen, wem er gehört.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
</context>
<context>
    <name>DesktopPage</name>
    <message>
        <source>Stay connected</source>
        <translation>Verbunden bleiben</translation>
    </message>
    <message>
        <source>Messages come in also while the window is closed.</source>
        <translation>Nachrichten kommen auch an, wenn das Fenster geschlossen ist.</translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation>Beim Anmelden starten</translation>
    </message>
    <message>
        <source>Icon in the tray</source>
        <translation>Symbol in der Leiste</translation>
    </message>
    <message>
        <source>This desktop shows no tray icons.</source>
        <translation>Dieser Desktop zeigt keine Symbole in der Leiste.</translation>
    </message>
    <message>
        <source>Closing hides the window in the tray</source>
        <translation>Schließen versteckt das Fenster in der Leiste</translation>
    </message>
    <message>
        <source>Start hidden</source>
        <translation>Versteckt starten</translation>
    </message>
    <message>
        <source>Drawing (from the next start)</source>
        <translation>Darstellung (ab dem nächsten Start)</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Graphics card</source>
        <translation>Grafikkarte</translation>
    </message>
    <message>
        <source>Software</source>
        <translation>Software</translation>
    </message>
</context>
<context>
    <name>EmojiPicker</name>
    <message>
        <source>Emoji</source>
        <translation>Emoji</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this chat</source>
        <translation>In diesem Chat suchen</translation>
    </message>
    <message>
        <source>Search failed</source>
        <translation>Suche fehlgeschlagen</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Older hit</source>
        <translation>Älterer Treffer</translation>
    </message>
    <message>
        <source>Newer hit</source>
        <translation>Neuerer Treffer</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Suche schließen</translation>
    </message>
</context>
<context>
    <name>HitRow</name>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
</context>
<context>
    <name>InfoPane</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Ton einschalten</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stummschalten</translation>
    </message>
    <message>
        <source>Find in this chat</source>
        <translation>In diesem Chat suchen</translation>
    </message>
    <message>
        <source>Safety number</source>
        <translation>Sicherheitsnummer</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>Verifiziert</translation>
    </message>
    <message>
        <source>Not compared yet</source>
        <translation>Noch nicht verglichen</translation>
    </message>
    <message>
        <source>Unpin this chat</source>
        <translation>Diesen Chat lösen</translation>
    </message>
    <message>
        <source>Pin this chat</source>
        <translation>Diesen Chat anheften</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Zurück in die Liste</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archivieren</translation>
    </message>
    <message>
        <source>Rename here…</source>
        <translation>Hier umbenennen …</translation>
    </message>
    <message>
        <source>Unblock</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Block…</source>
        <translation>Blockieren …</translation>
    </message>
    <message>
        <source>Block %1?</source>
        <translation>%1 blockieren?</translation>
    </message>
    <message>
        <source>You get nothing from this person any more. They are not told.</source>
        <translation>Du bekommst nichts mehr von dieser Person. Sie erfährt nichts davon.</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Blockieren</translation>
    </message>
    <message>
        <source>Delete chat…</source>
        <translation>Chat löschen …</translation>
    </message>
    <message>
        <source>Delete this chat?</source>
        <translation>Diesen Chat löschen?</translation>
    </message>
    <message>
        <source>The chat with %1 and all its messages are deleted on this device. The contact stays.</source>
        <translation>Der Chat mit %1 und alle seine Nachrichten werden auf diesem Gerät gelöscht. Der Kontakt bleibt.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Rename here</source>
        <translation>Hier umbenennen</translation>
    </message>
    <message>
        <source>What you call this person</source>
        <translation>Wie du diese Person nennst</translation>
    </message>
    <message>
        <source>Only you see it. Empty: the user name.</source>
        <translation>Das siehst nur du. Leer: der Benutzername.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
</context>
<context>
    <name>LockScreen</name>
    <message>
        <source>Kith is locked</source>
        <translation>Kith ist gesperrt</translation>
    </message>
    <message>
        <source>Recovery key</source>
        <translation>Wiederherstellungsschlüssel</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Unlock with the system keyring</source>
        <translation>Mit dem Schlüsselbund entsperren</translation>
    </message>
    <message>
        <source>Use the passphrase</source>
        <translation>Passphrase verwenden</translation>
    </message>
    <message>
        <source>Use the recovery key</source>
        <translation>Wiederherstellungsschlüssel verwenden</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>%1 – Kith</source>
        <translation>%1 – Kith</translation>
    </message>
    <message>
        <source>Kith</source>
        <translation>Kith</translation>
    </message>
    <message>
        <source>Open a chat?</source>
        <translation>Chat öffnen?</translation>
    </message>
    <message>
        <source>A link wants to open a chat with %1.</source>
        <translation>Ein Link möchte einen Chat mit %1 öffnen.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>This link names a server; this profile has its account already.</source>
        <translation>Dieser Link nennt einen Server; dieses Profil hat schon ein Konto.</translation>
    </message>
    <message>
        <source>Kith does not know what to do with this link.</source>
        <translation>Mit diesem Link kann Kith nichts anfangen.</translation>
    </message>
</context>
<context>
    <name>MessageInfoSheet</name>
    <message>
        <source>Message info</source>
        <translation>Nachrichten-Info</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Geschrieben</translation>
    </message>
    <message>
        <source>Stored by the server</source>
        <translation>Vom Server gespeichert</translation>
    </message>
    <message>
        <source>Delivered to %1</source>
        <translation>Zugestellt an %1</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Gelesen</translation>
    </message>
</context>
<context>
    <name>MessageList</name>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>That message is not here any more.</source>
        <translation>Diese Nachricht ist nicht mehr da.</translation>
    </message>
</context>
<context>
    <name>MessageMenu</name>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Do not send</source>
        <translation>Nicht senden</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Open link…</source>
        <translation>Link öffnen …</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>Delete for me</source>
        <translation>Für mich löschen</translation>
    </message>
</context>
<context>
    <name>MessageRow</name>
    <message>
        <source>New messages</source>
        <translation>Neue Nachrichten</translation>
    </message>
    <message>
        <source>Waiting for this message</source>
        <translation>Warten auf diese Nachricht</translation>
    </message>
    <message>
        <source>Show the whole message</source>
        <translation>Ganze Nachricht zeigen</translation>
    </message>
    <message>
        <source>Message menu</source>
        <translation>Nachrichtenmenü</translation>
    </message>
</context>
<context>
    <name>NewChatSheet</name>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Name or user name</source>
        <translation>Name oder Benutzername</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Suche läuft …</translation>
    </message>
    <message>
        <source>Write to this user</source>
        <translation>Dieser Person schreiben</translation>
    </message>
    <message>
        <source>Nobody found. A user name has 3 to 32 of a–z, 0–9, _ and .</source>
        <translation>Niemand gefunden. Ein Benutzername hat 3 bis 32 Zeichen aus a–z, 0–9, _ und .</translation>
    </message>
    <message>
        <source>Type the user name of somebody. Others reach you as %1.</source>
        <translation>Gib einen Benutzernamen ein. Andere erreichen dich als %1.</translation>
    </message>
</context>
<context>
    <name>NotificationPage</name>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>When a message comes that you do not see. Muted chats stay silent.</source>
        <translation>Wenn eine Nachricht kommt, die du nicht siehst. Stummgeschaltete Chats bleiben still.</translation>
    </message>
    <message>
        <source>They show</source>
        <translation>Sie zeigen</translation>
    </message>
    <message>
        <source>Name and message</source>
        <translation>Name und Nachricht</translation>
    </message>
    <message>
        <source>Only the name</source>
        <translation>Nur den Namen</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>Read receipts</source>
        <translation>Lesebestätigungen</translation>
    </message>
    <message>
        <source>Others see when you have read their messages, and you see theirs.</source>
        <translation>Andere sehen, wann du ihre Nachrichten gelesen hast, und du siehst es bei ihnen.</translation>
    </message>
    <message>
        <source>Only write to verified people</source>
        <translation>Nur verifizierten Personen schreiben</translation>
    </message>
    <message>
        <source>Nothing is sent to somebody before you have compared the safety number.</source>
        <translation>Niemandem wird etwas gesendet, bevor du die Sicherheitsnummer verglichen hast.</translation>
    </message>
    <message>
        <source>Blocked people</source>
        <translation>Blockierte Personen</translation>
    </message>
    <message>
        <source>Nobody is blocked.</source>
        <translation>Niemand ist blockiert.</translation>
    </message>
    <message>
        <source>Unblock</source>
        <translation>Freigeben</translation>
    </message>
</context>
<context>
    <name>ProtectStep</name>
    <message>
        <source>Protect your messages</source>
        <translation>Schütze deine Nachrichten</translation>
    </message>
    <message>
        <source>Everything is kept encrypted on this computer. What opens it?</source>
        <translation>Alles liegt verschlüsselt auf diesem Computer. Womit wird es geöffnet?</translation>
    </message>
    <message>
        <source>System keyring</source>
        <translation>Schlüsselbund des Systems</translation>
    </message>
    <message>
        <source>Opens by itself when you are logged in.</source>
        <translation>Öffnet sich von selbst, wenn du angemeldet bist.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>You type it each time Kith starts.</source>
        <translation>Du gibst sie bei jedem Start von Kith ein.</translation>
    </message>
    <message>
        <source>At least 8 characters. A few words are good.</source>
        <translation>Mindestens 8 Zeichen. Ein paar Wörter sind gut.</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>Noch einmal dieselbe</translation>
    </message>
    <message>
        <source>They differ.</source>
        <translation>Sie stimmen nicht überein.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Create account</source>
        <translation>Konto anlegen</translation>
    </message>
</context>
<context>
    <name>PushButton</name>
    <message>
        <source>One moment…</source>
        <translation>Einen Moment …</translation>
    </message>
</context>
<context>
    <name>QuoteBlock</name>
    <message>
        <source>Quoted message of %1: %2</source>
        <translation>Zitierte Nachricht von %1: %2</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
</context>
<context>
    <name>RecoveryStep</name>
    <message>
        <source>Your recovery key</source>
        <translation>Dein Wiederherstellungsschlüssel</translation>
    </message>
    <message>
        <source>If the keyring or the passphrase is lost, only this opens your messages. It is shown this once: write it down, or keep it where your other important papers are.</source>
        <translation>Gehen Schlüsselbund oder Passphrase verloren, öffnet nur er deine Nachrichten. Er wird nur dieses eine Mal gezeigt: Schreib ihn auf oder leg ihn zu deinen wichtigen Papieren.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>I stored it</source>
        <translation>Ich habe ihn verwahrt</translation>
    </message>
    <message>
        <source>Start writing</source>
        <translation>Losschreiben</translation>
    </message>
</context>
<context>
    <name>SafetySheet</name>
    <message>
        <source>Safety number</source>
        <translation>Sicherheitsnummer</translation>
    </message>
    <message>
        <source>The safety number as a QR code</source>
        <translation>Die Sicherheitsnummer als QR-Code</translation>
    </message>
    <message>
        <source>Compare these digits with %1 on a call or in person. If they are the same, nobody reads along.</source>
        <translation>Vergleiche diese Ziffern mit %1 am Telefon oder persönlich. Sind sie gleich, liest niemand mit.</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>Verifiziert</translation>
    </message>
    <message>
        <source>Mark as verified</source>
        <translation>Als verifiziert markieren</translation>
    </message>
    <message>
        <source>Forget the verification</source>
        <translation>Verifizierung aufheben</translation>
    </message>
    <message>
        <source>Copy digits</source>
        <translation>Ziffern kopieren</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
</context>
<context>
    <name>SearchSheet</name>
    <message>
        <source>Find in all chats</source>
        <translation>In allen Chats suchen</translation>
    </message>
    <message>
        <source>Words in messages</source>
        <translation>Wörter in Nachrichten</translation>
    </message>
    <message>
        <source>Searched on this device only; nothing leaves it.</source>
        <translation>Gesucht wird nur auf diesem Gerät; nichts verlässt es.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Suche läuft …</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>Treffer</translation>
    </message>
</context>
<context>
    <name>SecurityPage</name>
    <message>
        <source>What opens your messages</source>
        <translation>Was deine Nachrichten öffnet</translation>
    </message>
    <message>
        <source>System keyring</source>
        <translation>Schlüsselbund des Systems</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Recovery key</source>
        <translation>Wiederherstellungsschlüssel</translation>
    </message>
    <message>
        <source>Key file</source>
        <translation>Schlüsseldatei</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove this way?</source>
        <translation>Diesen Weg entfernen?</translation>
    </message>
    <message>
        <source>It no longer opens your messages. The others still do.</source>
        <translation>Er öffnet deine Nachrichten dann nicht mehr. Die anderen schon.</translation>
    </message>
    <message>
        <source>Also open with the system keyring</source>
        <translation>Auch mit dem Schlüsselbund öffnen</translation>
    </message>
    <message>
        <source>Another passphrase</source>
        <translation>Andere Passphrase</translation>
    </message>
    <message>
        <source>Set a passphrase</source>
        <translation>Passphrase festlegen</translation>
    </message>
    <message>
        <source>At least 8 characters.</source>
        <translation>Mindestens 8 Zeichen.</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>Noch einmal dieselbe</translation>
    </message>
    <message>
        <source>They differ.</source>
        <translation>Sie stimmen nicht überein.</translation>
    </message>
    <message>
        <source>Set passphrase</source>
        <translation>Passphrase festlegen</translation>
    </message>
    <message>
        <source>A new key makes an older one worthless.</source>
        <translation>Ein neuer Schlüssel macht einen älteren wertlos.</translation>
    </message>
    <message>
        <source>Make a recovery key</source>
        <translation>Wiederherstellungsschlüssel erstellen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Lock by itself after</source>
        <translation>Automatisch sperren nach</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>1 min</source>
        <translation>1 min</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5 min</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15 min</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>Only this window may use the account</source>
        <translation>Nur dieses Fenster darf das Konto benutzen</translation>
    </message>
    <message>
        <source>The command line is refused. It guards against mistakes, not against programs of your own user.</source>
        <translation>Die Kommandozeile wird abgewiesen. Das schützt vor Versehen, nicht vor Programmen deines eigenen Benutzers.</translation>
    </message>
</context>
<context>
    <name>ServerPage</name>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbinden …</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>Measure the way there</source>
        <translation>Laufzeit messen</translation>
    </message>
    <message>
        <source>Devices of this account</source>
        <translation>Geräte dieses Kontos</translation>
    </message>
    <message>
        <source>This device</source>
        <translation>Dieses Gerät</translation>
    </message>
    <message>
        <source>Device %1</source>
        <translation>Gerät %1</translation>
    </message>
    <message>
        <source>There and back in %1 ms</source>
        <translation>Hin und zurück in %1 ms</translation>
    </message>
</context>
<context>
    <name>SettingsSheet</name>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Privatsphäre</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>Desktop</source>
        <translation>Desktop</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über Kith</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Bereiche</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>Snackbar</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>Retry now</source>
        <translation>Jetzt versuchen</translation>
    </message>
</context>
<context>
    <name>SwitcherSheet</name>
    <message>
        <source>Go to a chat, or &gt; for a command</source>
        <translation>Zu einem Chat, oder &gt; für einen Befehl</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
</context>
<context>
    <name>TroubleScreen</name>
    <message>
        <source>Your messages cannot be opened</source>
        <translation>Deine Nachrichten lassen sich nicht öffnen</translation>
    </message>
    <message>
        <source>Update needed</source>
        <translation>Update nötig</translation>
    </message>
    <message>
        <source>Two versions of Kith meet</source>
        <translation>Zwei Versionen von Kith treffen aufeinander</translation>
    </message>
    <message>
        <source>You are signed out</source>
        <translation>Du bist abgemeldet</translation>
    </message>
    <message>
        <source>This device was removed</source>
        <translation>Dieses Gerät wurde entfernt</translation>
    </message>
    <message>
        <source>Kith&apos;s background service does not start</source>
        <translation>Der Hintergrunddienst von Kith startet nicht</translation>
    </message>
    <message>
        <source>The secret is right, but the database is damaged or its disk is full. Nothing was deleted or overwritten; the files are in the folder below.</source>
        <translation>Das Geheimnis stimmt, aber die Datenbank ist beschädigt oder der Datenträger voll. Nichts wurde gelöscht oder überschrieben; die Dateien liegen im Ordner unten.</translation>
    </message>
    <message>
        <source>This version of Kith is too old for its server. Your messages are safe on this computer; install the newer version to go on.</source>
        <translation>Diese Version von Kith ist zu alt für ihren Server. Deine Nachrichten sind auf diesem Computer sicher; installiere die neuere Version, um weiterzumachen.</translation>
    </message>
    <message>
        <source>The running background service is of another version than this window. Quit it and try again, or update both.</source>
        <translation>Der laufende Hintergrunddienst hat eine andere Version als dieses Fenster. Beende ihn und versuch es noch einmal, oder aktualisiere beide.</translation>
    </message>
    <message>
        <source>The server does not accept this device any more. Your messages stay on this computer.</source>
        <translation>Der Server akzeptiert dieses Gerät nicht mehr. Deine Nachrichten bleiben auf diesem Computer.</translation>
    </message>
    <message>
        <source>Another device of your account removed this one. What was received before stays on this computer.</source>
        <translation>Ein anderes Gerät deines Kontos hat dieses entfernt. Was vorher ankam, bleibt auf diesem Computer.</translation>
    </message>
    <message>
        <source>Without it nothing can be read or sent. Your messages are safe on this computer.</source>
        <translation>Ohne ihn lässt sich nichts lesen oder senden. Deine Nachrichten sind auf diesem Computer sicher.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>Protokoll zeigen</translation>
    </message>
    <message>
        <source>The log is empty.</source>
        <translation>Das Protokoll ist leer.</translation>
    </message>
    <message>
        <source>Check the set-up</source>
        <translation>Einrichtung prüfen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>WelcomeStep</name>
    <message>
        <source>Welcome to Kith</source>
        <translation>Willkommen bei Kith</translation>
    </message>
    <message>
        <source>Messages that only you and the people you write to can read, on a server that you choose.</source>
        <translation>Nachrichten, die nur du und die lesen können, denen du schreibst, auf einem Server deiner Wahl.</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Create account</source>
        <translation>Konto anlegen</translation>
    </message>
    <message>
        <source>Start a server on this computer</source>
        <translation>Server auf diesem Computer starten</translation>
    </message>
    <message>
        <source>Server: %1</source>
        <translation>Server: %1</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
</context>
<context>
    <name>WholeTextSheet</name>
    <message>
        <source>The whole message</source>
        <translation>Die ganze Nachricht</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>kith::gui::AgentSettings</name>
    <message>
        <source>The system keyring opens Kith now.</source>
        <translation>Kith wird jetzt mit dem Schlüsselbund geöffnet.</translation>
    </message>
    <message>
        <source>The passphrase opens Kith now.</source>
        <translation>Kith wird jetzt mit der Passphrase geöffnet.</translation>
    </message>
    <message>
        <source>The file could not be written. Choose another folder.</source>
        <translation>Die Datei konnte nicht geschrieben werden. Wähle einen anderen Ordner.</translation>
    </message>
</context>
<context>
    <name>kith::gui::ChatActions</name>
    <message>
        <source>Chat archived</source>
        <translation>Chat archiviert</translation>
    </message>
    <message>
        <source>Chat back in the list</source>
        <translation>Chat ist wieder in der Liste</translation>
    </message>
</context>
<context>
    <name>kith::gui::ChatEntry</name>
    <message>
        <source>Waiting for this message</source>
        <translation>Warten auf diese Nachricht</translation>
    </message>
    <message>
        <source>Note to self</source>
        <translation>Notiz an mich</translation>
    </message>
</context>
<context>
    <name>kith::gui::ChatListModel</name>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n ungelesen</numerusform>
            <numerusform>%n ungelesen</numerusform>
        </translation>
    </message>
    <message>
        <source>marked unread</source>
        <translation>als ungelesen markiert</translation>
    </message>
    <message>
        <source>message request</source>
        <translation>Nachrichtenanfrage</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>stummgeschaltet</translation>
    </message>
    <message>
        <source>Draft: %1</source>
        <translation>Entwurf: %1</translation>
    </message>
</context>
<context>
    <name>kith::gui::Conversation</name>
    <message>
        <source>Too late: the message has left already.</source>
        <translation>Zu spät: Die Nachricht ist schon unterwegs.</translation>
    </message>
    <message>
        <source>Message deleted on this device</source>
        <translation>Nachricht auf diesem Gerät gelöscht</translation>
    </message>
</context>
<context>
    <name>kith::gui::Desktop</name>
    <message>
        <source>Kith</source>
        <translation>Kith</translation>
    </message>
    <message>
        <source>New message</source>
        <translation>Neue Nachricht</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>Als gelesen markieren</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Show Kith</source>
        <translation>Kith zeigen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message numerus="yes">
        <source>Kith, %n unread chats</source>
        <translation>
            <numerusform>Kith, %n ungelesener Chat</numerusform>
            <numerusform>Kith, %n ungelesene Chats</numerusform>
        </translation>
    </message>
    <message>
        <source>The autostart entry could not be written.</source>
        <translation>Der Autostart-Eintrag konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>No program could open it.</source>
        <translation>Kein Programm konnte es öffnen.</translation>
    </message>
</context>
<context>
    <name>kith::gui::ErrorText</name>
    <message numerus="yes">
        <source>Try again in %n seconds.</source>
        <translation>
            <numerusform>Versuch es in %n Sekunde noch einmal.</numerusform>
            <numerusform>Versuch es in %n Sekunden noch einmal.</numerusform>
        </translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Versuch es gleich noch einmal.</translation>
    </message>
    <message>
        <source>The server cannot be reached. Check its address and your network.</source>
        <translation>Der Server ist nicht erreichbar. Prüfe seine Adresse und dein Netzwerk.</translation>
    </message>
    <message>
        <source>The safety number has changed. Compare it before you go on.</source>
        <translation>Die Sicherheitsnummer hat sich geändert. Vergleiche sie, bevor du weitermachst.</translation>
    </message>
    <message>
        <source>That was too often.</source>
        <translation>Das war zu oft.</translation>
    </message>
    <message>
        <source>The other side has not fetched its messages for long, and its queue is full.</source>
        <translation>Die andere Seite hat ihre Nachrichten lange nicht abgeholt, und ihre Warteschlange ist voll.</translation>
    </message>
    <message>
        <source>Too many messages wait to be sent. Wait until some have left.</source>
        <translation>Zu viele Nachrichten warten auf das Senden. Warte, bis einige unterwegs sind.</translation>
    </message>
    <message>
        <source>Kith&apos;s background service is not running. It is being started again.</source>
        <translation>Der Hintergrunddienst von Kith läuft nicht. Er wird neu gestartet.</translation>
    </message>
    <message>
        <source>There was no answer in time. Try again.</source>
        <translation>Es kam keine rechtzeitige Antwort. Versuch es noch einmal.</translation>
    </message>
    <message>
        <source>This person is blocked, or has blocked you.</source>
        <translation>Diese Person ist blockiert oder hat dich blockiert.</translation>
    </message>
    <message>
        <source>This is too long to be sent. Shorten it, or send it in parts.</source>
        <translation>Das ist zu lang zum Senden. Kürze es oder sende es in Teilen.</translation>
    </message>
    <message>
        <source>The disk is full. Free some space, then try again.</source>
        <translation>Der Datenträger ist voll. Schaff Platz und versuch es noch einmal.</translation>
    </message>
    <message>
        <source>Your messages cannot be read. Nothing was deleted.</source>
        <translation>Deine Nachrichten lassen sich nicht lesen. Nichts wurde gelöscht.</translation>
    </message>
    <message>
        <source>Kith is locked. Unlock it first.</source>
        <translation>Kith ist gesperrt. Entsperre es zuerst.</translation>
    </message>
    <message>
        <source>This version is too old for the server. Update Kith.</source>
        <translation>Diese Version ist zu alt für den Server. Aktualisiere Kith.</translation>
    </message>
    <message>
        <source>This device is signed out of the account.</source>
        <translation>Dieses Gerät ist vom Konto abgemeldet.</translation>
    </message>
    <message>
        <source>It waited too long at the server and was not fetched.</source>
        <translation>Sie lag zu lange auf dem Server und wurde nicht abgeholt.</translation>
    </message>
    <message>
        <source>It could not be sent.</source>
        <translation>Sie konnte nicht gesendet werden.</translation>
    </message>
</context>
<context>
    <name>kith::gui::MessageEntry</name>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>Message that is not here</source>
        <translation>Nachricht, die nicht hier ist</translation>
    </message>
</context>
<context>
    <name>kith::gui::MessageInfo</name>
    <message>
        <source>Written more than 60 days before it arrived, by its sender&apos;s clock.</source>
        <translation>Nach der Uhr des Absenders mehr als 60 Tage vor der Ankunft geschrieben.</translation>
    </message>
    <message>
        <source>The device that sent it has been removed since.</source>
        <translation>Das Gerät, das sie gesendet hat, wurde inzwischen entfernt.</translation>
    </message>
    <message>
        <source>Its sender&apos;s message before it is another one than the one that arrived here.</source>
        <translation>Davor hat der Absender eine andere Nachricht geschrieben als die, die hier ankam.</translation>
    </message>
</context>
<context>
    <name>kith::gui::MessageModel</name>
    <message>
        <source>in reply to %1</source>
        <translation>als Antwort an %1</translation>
    </message>
    <message>
        <source>Waiting for this message</source>
        <translation>Warten auf diese Nachricht</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>wartet auf das Senden</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>gesendet</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>zugestellt</translation>
    </message>
    <message>
        <source>read</source>
        <translation>gelesen</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>nicht gesendet</translation>
    </message>
</context>
<context>
    <name>kith::gui::People</name>
    <message>
        <source>There is nobody called %1 on this server. Check the spelling.</source>
        <translation>Auf diesem Server gibt es niemanden namens %1. Prüfe die Schreibweise.</translation>
    </message>
</context>
<context>
    <name>kith::gui::Registration</name>
    <message>
        <source>This server takes no new accounts.</source>
        <translation>Dieser Server nimmt keine neuen Konten an.</translation>
    </message>
    <message>
        <source>Found. It asks for an invite code.</source>
        <translation>Gefunden. Er verlangt einen Einladungscode.</translation>
    </message>
    <message>
        <source>Found on this computer.</source>
        <translation>Auf diesem Computer gefunden.</translation>
    </message>
    <message>
        <source>Found.</source>
        <translation>Gefunden.</translation>
    </message>
    <message>
        <source>Its certificate is not the expected one. Ask the operator for the kith:// address.</source>
        <translation>Sein Zertifikat ist nicht das erwartete. Frag den Betreiber nach der kith://-Adresse.</translation>
    </message>
    <message>
        <source>There is no Kith server at this address.</source>
        <translation>Unter dieser Adresse gibt es keinen Kith-Server.</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet …</translation>
    </message>
    <message>
        <source>The server program cannot be started.</source>
        <translation>Das Serverprogramm lässt sich nicht starten.</translation>
    </message>
    <message>
        <source>@%1 is free.</source>
        <translation>@%1 ist frei.</translation>
    </message>
    <message>
        <source>@%1 is taken. Try another one.</source>
        <translation>@%1 ist vergeben. Versuch einen anderen.</translation>
    </message>
    <message>
        <source>3 to 32 of the letters a–z, digits, _ and .</source>
        <translation>3 bis 32 Zeichen aus a–z, Ziffern, _ und .</translation>
    </message>
    <message>
        <source>No system keyring answers on this computer. Choose a passphrase instead.</source>
        <translation>Auf diesem Computer antwortet kein Schlüsselbund. Wähle stattdessen eine Passphrase.</translation>
    </message>
</context>
<context>
    <name>kith::gui::Safety</name>
    <message>
        <source>There is no safety number yet: it comes with the first message between you.</source>
        <translation>Noch gibt es keine Sicherheitsnummer: Sie kommt mit der ersten Nachricht zwischen euch.</translation>
    </message>
</context>
<context>
    <name>kith::gui::SearchModel</name>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
</context>
<context>
    <name>kith::gui::Session</name>
    <message>
        <source>Kith&apos;s background service stopped. Restarting…</source>
        <translation>Der Hintergrunddienst von Kith wurde beendet. Neustart …</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbinden …</translation>
    </message>
    <message numerus="yes">
        <source>Offline, retrying in %n s</source>
        <translation>
            <numerusform>Offline, neuer Versuch in %n s</numerusform>
            <numerusform>Offline, neuer Versuch in %n s</numerusform>
        </translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>The keyring does not open Kith. Use your passphrase or recovery key.</source>
        <translation>Der Schlüsselbund öffnet Kith nicht. Nimm deine Passphrase oder den Wiederherstellungsschlüssel.</translation>
    </message>
    <message>
        <source>This is not the recovery key of this profile.</source>
        <translation>Das ist nicht der Wiederherstellungsschlüssel dieses Profils.</translation>
    </message>
    <message>
        <source>This passphrase is not the right one.</source>
        <translation>Diese Passphrase ist nicht die richtige.</translation>
    </message>
    <message>
        <source>Saved. Your contacts see it with your next message.</source>
        <translation>Gespeichert. Deine Kontakte sehen es mit deiner nächsten Nachricht.</translation>
    </message>
</context>
<context>
    <name>kith::gui::Shortcuts</name>
    <message>
        <source>Go to a chat</source>
        <translation>Zu einem Chat gehen</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Find in this chat</source>
        <translation>In diesem Chat suchen</translation>
    </message>
    <message>
        <source>Find in all chats</source>
        <translation>In allen Chats suchen</translation>
    </message>
    <message>
        <source>First to ninth chat</source>
        <translation>Erster bis neunter Chat</translation>
    </message>
    <message>
        <source>Chat above</source>
        <translation>Chat darüber</translation>
    </message>
    <message>
        <source>Chat below</source>
        <translation>Chat darunter</translation>
    </message>
    <message>
        <source>Chat before this one</source>
        <translation>Vorheriger Chat</translation>
    </message>
    <message>
        <source>Unread chat above</source>
        <translation>Ungelesener Chat darüber</translation>
    </message>
    <message>
        <source>Unread chat below</source>
        <translation>Ungelesener Chat darunter</translation>
    </message>
    <message>
        <source>Newest message</source>
        <translation>Neueste Nachricht</translation>
    </message>
    <message>
        <source>Next pane</source>
        <translation>Nächster Bereich</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Contact info</source>
        <translation>Kontakt-Info</translation>
    </message>
    <message>
        <source>Archive chat</source>
        <translation>Chat archivieren</translation>
    </message>
    <message>
        <source>Mute chat, or end it</source>
        <translation>Chat stumm- oder wieder einschalten</translation>
    </message>
    <message>
        <source>Mark chat unread</source>
        <translation>Chat als ungelesen markieren</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Fenster schließen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Größerer Text</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Kleinerer Text</translation>
    </message>
    <message>
        <source>Text size 100 %</source>
        <translation>Textgröße 100 %</translation>
    </message>
    <message>
        <source>Close, cancel, back to the newest message</source>
        <translation>Schließen, abbrechen, zurück zur neuesten Nachricht</translation>
    </message>
    <message>
        <source>Reply to an older message</source>
        <translation>Auf eine ältere Nachricht antworten</translation>
    </message>
    <message>
        <source>Reply to a newer message</source>
        <translation>Auf eine neuere Nachricht antworten</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>Emoji</translation>
    </message>
    <message>
        <source>Scroll the messages up</source>
        <translation>Nachrichten nach oben rollen</translation>
    </message>
    <message>
        <source>Scroll the messages down</source>
        <translation>Nachrichten nach unten rollen</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Copy the text</source>
        <translation>Text kopieren</translation>
    </message>
    <message>
        <source>Delete for me</source>
        <translation>Für mich löschen</translation>
    </message>
    <message>
        <source>Message info</source>
        <translation>Nachrichten-Info</translation>
    </message>
    <message>
        <source>%1 to 9</source>
        <translation>%1 bis 9</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>While writing</source>
        <translation>Beim Schreiben</translation>
    </message>
    <message>
        <source>On a message</source>
        <translation>Auf einer Nachricht</translation>
    </message>
</context>
<context>
    <name>kith::gui::TimeText</name>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
</context>
</TS>
