// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/app/shortcuts.h"

#include <QCoreApplication>
#include <QKeySequence>

namespace kith::gui {

using namespace Qt::StringLiterals;

namespace {

#define KITH_TITLE(text) QT_TRANSLATE_NOOP("kith::gui::Shortcuts", text)

constexpr Shortcut table[] = {
    { "switcher", "Ctrl+K", Scope::window, KITH_TITLE("Go to a chat"), false },
    { "newChat", "Ctrl+N", Scope::window, KITH_TITLE("New chat"), true },
    { "find", "Ctrl+F", Scope::window, KITH_TITLE("Find in this chat"), true },
    { "findEverywhere", "Ctrl+Shift+F", Scope::window, KITH_TITLE("Find in all chats"), true },
    { "nth1", "Ctrl+1", Scope::window, KITH_TITLE("First to ninth chat"), false },
    { "nth2", "Ctrl+2", Scope::window, "", false },
    { "nth3", "Ctrl+3", Scope::window, "", false },
    { "nth4", "Ctrl+4", Scope::window, "", false },
    { "nth5", "Ctrl+5", Scope::window, "", false },
    { "nth6", "Ctrl+6", Scope::window, "", false },
    { "nth7", "Ctrl+7", Scope::window, "", false },
    { "nth8", "Ctrl+8", Scope::window, "", false },
    { "nth9", "Ctrl+9", Scope::window, "", false },
    { "previousChat", "Alt+Up, Ctrl+PgUp", Scope::window, KITH_TITLE("Chat above"), false },
    { "nextChat", "Alt+Down, Ctrl+PgDown", Scope::window, KITH_TITLE("Chat below"), false },
    { "lastChat", "Ctrl+Tab, Alt+Left", Scope::window, KITH_TITLE("Chat before this one"), false },
    { "previousUnread", "Alt+Shift+Up", Scope::window, KITH_TITLE("Unread chat above"), false },
    { "nextUnread", "Alt+Shift+Down", Scope::window, KITH_TITLE("Unread chat below"), false },
    { "newest", "Ctrl+J", Scope::window, KITH_TITLE("Newest message"), true },
    { "nextPane", "F6", Scope::window, KITH_TITLE("Next pane"), false },
    { "settings", "Ctrl+,", Scope::window, KITH_TITLE("Settings"), true },
    { "shortcuts", "Ctrl+/", Scope::window, KITH_TITLE("Keyboard shortcuts"), true },
    { "info", "Ctrl+Shift+I", Scope::window, KITH_TITLE("Contact info"), true },
    { "archive", "Ctrl+Shift+A", Scope::window, KITH_TITLE("Archive chat"), true },
    { "mute", "Ctrl+Shift+M", Scope::window, KITH_TITLE("Mute chat, or end it"), true },
    { "markUnread", "Ctrl+Shift+U", Scope::window, KITH_TITLE("Mark chat unread"), true },
    { "lock", "Ctrl+L", Scope::window, KITH_TITLE("Lock"), true },
    { "closeWindow", "Ctrl+W", Scope::window, KITH_TITLE("Close the window"), true },
    { "quit", "Ctrl+Q", Scope::window, KITH_TITLE("Quit"), true },
    { "fullScreen", "F11", Scope::window, KITH_TITLE("Full screen"), true },
    { "larger", "Ctrl+=, Ctrl++", Scope::window, KITH_TITLE("Larger text"), true },
    { "smaller", "Ctrl+-", Scope::window, KITH_TITLE("Smaller text"), true },
    { "normalSize", "Ctrl+0", Scope::window, KITH_TITLE("Text size 100 %"), true },
    { "escape", "Esc", Scope::window, KITH_TITLE("Close, cancel, back to the newest message"), false },
    { "replyOlder", "Ctrl+Up", Scope::composer, KITH_TITLE("Reply to an older message"), false },
    { "replyNewer", "Ctrl+Down", Scope::composer, KITH_TITLE("Reply to a newer message"), false },
    { "emoji", "Ctrl+.", Scope::composer, KITH_TITLE("Emoji"), false },
    { "scrollUp", "PgUp", Scope::composer, KITH_TITLE("Scroll the messages up"), false },
    { "scrollDown", "PgDown", Scope::composer, KITH_TITLE("Scroll the messages down"), false },
    { "reply", "R", Scope::message, KITH_TITLE("Reply"), false },
    { "copy", "Ctrl+C", Scope::message, KITH_TITLE("Copy the text"), false },
    { "delete", "Del", Scope::message, KITH_TITLE("Delete for me"), false },
    { "messageInfo", "Return", Scope::message, KITH_TITLE("Message info"), false },
};

#undef KITH_TITLE

QStringList sequencesOf(const Shortcut &shortcut)
{
    return QString::fromLatin1(shortcut.keys).split(u", "_s);
}

bool meet(Scope one, Scope other)
{
    return one == other || one == Scope::window || other == Scope::window;
}

} // namespace

std::span<const Shortcut> shortcutTable()
{
    return table;
}

QStringList clashes(std::span<const Shortcut> rows)
{
    QStringList found;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t j = i + 1; j < rows.size(); ++j) {
            if (!meet(rows[i].scope, rows[j].scope))
                continue;
            for (const QString &one : sequencesOf(rows[i])) {
                for (const QString &other : sequencesOf(rows[j])) {
                    if (QKeySequence(one) == QKeySequence(other))
                        found << u"%1 %2 %3"_s.arg(QLatin1StringView(rows[i].id), QLatin1StringView(rows[j].id), one);
                }
            }
        }
    }
    return found;
}

QString readableKeys(const Shortcut &shortcut)
{
    QStringList keys;
    for (const QString &sequence : sequencesOf(shortcut))
        keys << QKeySequence(sequence).toString(QKeySequence::NativeText);
    return keys.join(u"   "_s);
}

std::vector<SwitcherCommand> switcherCommands()
{
    std::vector<SwitcherCommand> commands;
    for (const Shortcut &row : table) {
        if (row.isCommand)
            commands.push_back({ QString::fromLatin1(row.id),
                                 QCoreApplication::translate("kith::gui::Shortcuts", row.title), readableKeys(row) });
    }
    return commands;
}

int Shortcuts::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(std::size(table));
}

QVariant Shortcuts::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Shortcut &row = table[index.row()];
    switch (role) {
    case IdRole:
        return QString::fromLatin1(row.id);
    case KeysRole:
        return row.id == "nth1"_L1 ? tr("%1 to 9").arg(readableKeys(row)) : readableKeys(row);
    case SequencesRole:
        return sequencesOf(row);
    case Qt::DisplayRole:
    case TitleRole:
        return tr(row.title);
    case SectionRole:
        return row.scope == Scope::window  ? tr("Everywhere")
            : row.scope == Scope::composer ? tr("While writing")
                                           : tr("On a message");
    case InWindowRole:
        return row.scope == Scope::window;
    case ListedRole:
        return row.title[0] != '\0';
    default:
        return {};
    }
}

QHash<int, QByteArray> Shortcuts::roleNames() const
{
    return { { IdRole, "shortcutId" }, { KeysRole, "keys" },       { SequencesRole, "keySequences" },
             { TitleRole, "title" },   { SectionRole, "section" }, { InWindowRole, "inWindow" },
             { ListedRole, "listed" } };
}

QString Shortcuts::keysOf(const QString &id) const
{
    for (const Shortcut &row : table) {
        if (id == QLatin1StringView(row.id))
            return QKeySequence(sequencesOf(row).first()).toString(QKeySequence::NativeText);
    }
    return {};
}

} // namespace kith::gui
