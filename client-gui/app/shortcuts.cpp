// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/app/shortcuts.h"

#include <QCoreApplication>
#include <QKeySequence>

namespace kith::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr Shortcut table[] = {
    { "switcher", "Ctrl+K", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Go to a chat"), false },
    { "newChat", "Ctrl+N", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "New chat"), true },
    { "find", "Ctrl+F", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Find in this chat"), true },
    { "findEverywhere", "Ctrl+Shift+F", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Find in all chats"),
      true },
    { "nth1", "Ctrl+1", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "First to ninth chat"), false },
    { "nth2", "Ctrl+2", Scope::window, "", false },
    { "nth3", "Ctrl+3", Scope::window, "", false },
    { "nth4", "Ctrl+4", Scope::window, "", false },
    { "nth5", "Ctrl+5", Scope::window, "", false },
    { "nth6", "Ctrl+6", Scope::window, "", false },
    { "nth7", "Ctrl+7", Scope::window, "", false },
    { "nth8", "Ctrl+8", Scope::window, "", false },
    { "nth9", "Ctrl+9", Scope::window, "", false },
    { "previousChat", "Alt+Up, Ctrl+PgUp", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Chat above"),
      false },
    { "nextChat", "Alt+Down, Ctrl+PgDown", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Chat below"),
      false },
    { "lastChat", "Ctrl+Tab, Alt+Left", Scope::window,
      QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Chat before this one"), false },
    { "previousUnread", "Alt+Shift+Up", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Unread chat above"),
      false },
    { "nextUnread", "Alt+Shift+Down", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Unread chat below"),
      false },
    { "newest", "Ctrl+J", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Newest message"), true },
    { "nextPane", "F6", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Next pane"), false },
    { "settings", "Ctrl+,", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Settings"), true },
    { "shortcuts", "Ctrl+/", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Keyboard shortcuts"), true },
    { "info", "Ctrl+Shift+I", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Contact info"), true },
    { "archive", "Ctrl+Shift+A", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Archive chat"), true },
    { "mute", "Ctrl+Shift+M", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Mute chat, or end it"), true },
    { "markUnread", "Ctrl+Shift+U", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Mark chat unread"),
      true },
    { "lock", "Ctrl+L", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Lock"), true },
    { "closeWindow", "Ctrl+W", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Close the window"), true },
    { "quit", "Ctrl+Q", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Quit"), true },
    { "fullScreen", "F11", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Full screen"), true },
    { "larger", "Ctrl+=, Ctrl++", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Larger text"), true },
    { "smaller", "Ctrl+-", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Smaller text"), true },
    { "normalSize", "Ctrl+0", Scope::window, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Text size 100 %"), true },
    { "escape", "Esc", Scope::window,
      QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Close, cancel, back to the newest message"), false },
    { "replyOlder", "Ctrl+Up", Scope::composer, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Reply to an older message"),
      false },
    { "replyNewer", "Ctrl+Down", Scope::composer, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Reply to a newer message"),
      false },
    { "emoji", "Ctrl+.", Scope::composer, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Emoji"), false },
    { "scrollUp", "PgUp", Scope::composer, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Scroll the messages up"), false },
    { "scrollDown", "PgDown", Scope::composer, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Scroll the messages down"),
      false },
    { "reply", "R", Scope::message, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Reply"), false },
    { "copy", "Ctrl+C", Scope::message, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Copy the text"), false },
    { "delete", "Del", Scope::message, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Delete for me"), false },
    { "messageInfo", "Return", Scope::message, QT_TRANSLATE_NOOP("kith::gui::Shortcuts", "Message info"), false },
};

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
