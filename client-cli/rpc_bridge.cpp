// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/commands.h"
#include "client-cli/session.h"
#include "common/rpc/message.h"

#include <unistd.h>

namespace kith::cli {

namespace {

using rpc::ErrorCode;
using rpc::RpcError;
using rpc::RpcResult;

/// Standard input to the agent and back, line by line. Ends when the input has ended and everything is answered.
class Bridge final : public QObject {
public:
    explicit Bridge(Session &session) : session_(session) { }

    int run()
    {
        const auto client = session_.connection();
        if (!client)
            return session_.fail(client.error());
        client_ = *client;
        connect(client_.get(), &rpc::Client::foreignLine, this, [this](const QByteArray &line) {
            writeOut(line + '\n');
            --open_;
            session_.wake();
        });
        connect(client_.get(), &rpc::Client::event, this,
                [](const QJsonObject &event) { writeOut(rpc::toLine(rpc::notification(event))); });
        QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
        connect(&input, &QSocketNotifier::activated, this, [this, &input] { onInput(input); });
        const bool going =
            session_.waitUntil([this] { return problem_ || !client_->isOpen() || (ended_ && open_ <= 0); });
        if (!going)
            return rpc::rowOf(ErrorCode::cancelled).exit;
        if (problem_)
            return session_.fail(*problem_);
        return ended_ && open_ <= 0
            ? 0
            : session_.fail({ ErrorCode::stopping, QStringLiteral("the agent closed the connection") });
    }

private:
    void onInput(QSocketNotifier &input)
    {
        QByteArray chunk(65536, Qt::Uninitialized);
        const ssize_t n = ::read(STDIN_FILENO, chunk.data(), static_cast<std::size_t>(chunk.size()));
        if (n <= 0) {
            input.setEnabled(false);
            reader_.feed(viewOf(std::string_view("\n"))); // a last line needs no end
            ended_ = true;
        } else {
            reader_.feed(viewOf(chunk).first(static_cast<std::size_t>(n)));
        }
        for (auto line = reader_.next();; line = reader_.next()) {
            if (!line) {
                problem_ = line.error();
                break;
            }
            if (!*line)
                break;
            forward(**line);
        }
        session_.wake();
    }

    void forward(const QByteArray &line)
    {
        const auto read = rpc::parseLine(line);
        bool isAnswered = !read; // what cannot be read is answered with an error
        if (read) {
            for (const QJsonValue &message : read->messages)
                isAnswered = isAnswered || !message.isObject() || message.toObject().contains(u"id")
                    || !rpc::Request::fromJson(message);
        }
        open_ += isAnswered ? 1 : 0;
        client_->sendRaw(line + '\n');
    }

    Session &session_;
    std::shared_ptr<rpc::Client> client_; // shared with the session
    rpc::LineReader reader_;
    std::optional<RpcError> problem_;
    int open_ = 0; ///< lines sent that have not been answered
    bool ended_ = false;
};

int runRpc(Session &session, const Arguments &)
{
    return Bridge(session).run();
}

} // namespace

std::vector<Command> rpcCommands()
{
    return { { "rpc",
               "speak JSON-RPC with the agent through standard input and output",
               Agent::existing,
               runRpc,
               {},
               {},
               "rpc <<< '{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"chats.list\"}'" } };
}

} // namespace kith::cli
