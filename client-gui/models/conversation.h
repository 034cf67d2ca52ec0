// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/models/chat_list_model.h"
#include "client-gui/models/handover.h"
#include "client-gui/models/message_model.h"
#include "client-gui/models/notices.h"

#include <QtQml/qqmlregistration.h>

namespace kith::gui {

/// The chat that is open: what its header shows, its messages, its draft, and what can be done in it.
///
/// Every rule (who may be written to, what a read cursor means) is the agent's; this asks and shows.
class Conversation final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(QString chat READ chat NOTIFY chatChanged)
    Q_PROPERTY(kith::gui::MessageModel *messages READ messages CONSTANT)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString initials READ initials NOTIFY changed)
    Q_PROPERTY(int hue READ hue NOTIFY changed)
    Q_PROPERTY(bool self READ isSelf NOTIFY changed)
    Q_PROPERTY(bool request READ isRequest NOTIFY changed)
    Q_PROPERTY(bool blocked READ isBlocked NOTIFY changed)
    Q_PROPERTY(bool verified READ isVerified NOTIFY changed)
    Q_PROPERTY(bool keyChanged READ isKeyChanged NOTIFY changed)
    Q_PROPERTY(bool muted READ isMuted NOTIFY changed)
    Q_PROPERTY(bool pinned READ isPinned NOTIFY changed)
    Q_PROPERTY(bool archived READ isArchived NOTIFY changed)
    Q_PROPERTY(bool typing READ isTyping NOTIFY changed)
    Q_PROPERTY(int unread READ unread NOTIFY changed)
    Q_PROPERTY(QString replyMid READ replyMid NOTIFY replyChanged)
    Q_PROPERTY(QString replySender READ replySender NOTIFY replyChanged)
    Q_PROPERTY(QString replyText READ replyText NOTIFY replyChanged)
    Q_PROPERTY(bool canQuote READ canQuote NOTIFY featuresChanged)
    Q_PROPERTY(bool canDelete READ canDelete NOTIFY featuresChanged)
    Q_PROPERTY(bool canSearch READ canSearch NOTIFY featuresChanged)
    Q_PROPERTY(bool canSetChats READ canSetChats NOTIFY featuresChanged)
    Q_PROPERTY(int textLimit READ textLimit NOTIFY featuresChanged)
public:
    static constexpr milliseconds draftPause { 500 }; // ui 4.6
    static constexpr milliseconds typingEvery { 4'000 };
    static constexpr int defaultTextLimit = 8'192; // LIM2, until the agent says its own

    /// All outlive this.
    Conversation(AgentLink &link, ChatListModel &chats, Notices &notices, const World &world,
                 QObject *parent = nullptr);
    static Conversation *create(QQmlEngine *, QJSEngine *engine) { return handedOver<Conversation>(engine); }

    const QString &chat() const { return entry_.chat; }
    MessageModel *messages() { return &messages_; }
    const QString &title() const { return entry_.title; }
    const QString &initials() const { return entry_.initials; }
    int hue() const { return entry_.hue; }
    bool isSelf() const { return entry_.isSelf; }
    bool isRequest() const { return entry_.isRequest; }
    bool isBlocked() const { return entry_.isBlocked(); }
    bool isVerified() const { return entry_.trust == QStringLiteral("verified"); }
    bool isKeyChanged() const { return entry_.trust == QStringLiteral("changed"); }
    bool isMuted() const;
    bool isPinned() const { return entry_.isPinned; }
    bool isArchived() const { return entry_.isArchived; }
    bool isTyping() const;
    int unread() const { return static_cast<int>(std::min<qint64>(entry_.unread, 1'000'000)); }
    const QString &replyMid() const { return replyMid_; }
    const QString &replySender() const { return replySender_; }
    const QString &replyText() const { return replyText_; }
    bool canQuote() const { return link_.hello().value(u"minor").toInt() >= 1; }
    bool canDelete() const { return link_.hasFeature(QStringLiteral("deleteForMe")); }
    bool canSearch() const { return link_.hasFeature(QStringLiteral("search")); }
    bool canSetChats() const { return link_.hasFeature(QStringLiteral("chatSettings")); }
    int textLimit() const { return textLimit_; }

    /// Opens a chat, at a message if one is named; empty closes.
    void open(const QString &chat, const QString &mid = {});
    void close() { open({}); }

    /// Sends the text to the open chat, with the quote that is set. Returns whether it was taken.
    Q_INVOKABLE bool send(const QString &text);
    /// Bytes by which a text is too long; 0 when it fits.
    Q_INVOKABLE int surplusOf(const QString &text) const;
    /// Notes what stands in the field; the agent gets it after a pause, and at once when the chat is left.
    Q_INVOKABLE void setDraft(const QString &text);
    Q_INVOKABLE void reply(const QString &mid);
    Q_INVOKABLE void cancelReply();
    /// What somebody has seen: everything up to this message.
    Q_INVOKABLE void seen(const QString &mid);
    Q_INVOKABLE void retry(const QString &mid);
    Q_INVOKABLE void cancelSending(const QString &mid);
    /// Takes a message away here; it can be brought back for 6 seconds.
    Q_INVOKABLE void deleteForMe(const QString &mid);
    Q_INVOKABLE void accept();
    Q_INVOKABLE void refuse(bool block);
    /// Goes on with a changed account key without comparing.
    Q_INVOKABLE void acceptNewKey();
    Q_INVOKABLE QString failedWhy(const QString &reason) const;

Q_SIGNALS:
    void chatChanged();
    void changed();
    void replyChanged();
    void featuresChanged();
    /// The field should show this: a chat was opened, or a text that was not taken came back.
    void draftRestored(const QString &text);
    void sent();

private:
    void onEntryChanged(const QString &chat);
    void flushDraft();
    void stopTyping();
    void setReply(const QString &mid, const QString &sender, const QString &text);
    void readLimits();
    void call(const QString &method, const QJsonObject &params);

    AgentLink &link_;
    ChatListModel &chats_;
    Notices &notices_;
    const World world_;
    MessageModel messages_;
    ChatEntry entry_;
    QString draft_; ///< as it is in the field
    bool draftDirty_ = false;
    QString replyMid_, replySender_, replyText_;
    QString seenUpTo_;
    Timer draftTimer_, typingTimer_;
    bool typingSent_ = false;
    int textLimit_ = defaultTextLimit;
};

} // namespace kith::gui
