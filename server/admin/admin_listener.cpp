// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/admin_listener.h"

#include "common/base/durable_file.h"
#include "common/base/log.h"
#include "common/base/secret_bytes.h"
#include "server/admin/admin_client.h"
#include "server/admin/config_values.h"

#include <QJsonDocument>

#include <future>
#include <httplib.h>
#include <thread>

namespace kith::server::admin {

namespace {

constexpr std::size_t maxBody = 64 * 1024;
constexpr int threads = 4;

int statusOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::notFound:
        return 404;
    case ErrorCode::invalid:
    case ErrorCode::tooLarge:
        return 400;
    case ErrorCode::exists:
    case ErrorCode::conflict:
        return 409;
    default:
        return 503;
    }
}

void answer(httplib::Response &response, int status, const QJsonObject &object)
{
    response.status = status;
    response.set_content(QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString() + '\n', "application/json");
}

QJsonObject describe(const Error &error)
{
    return { { "error", toString(error.code) }, { "detail", QString::fromStdString(error.detail) } };
}

} // namespace

struct AdminListener::Http {
    httplib::Server server;
    std::thread thread;
    std::atomic<bool> ended { false }; ///< the thread has left the library
};

AdminListener::AdminListener(Parts parts, std::string token)
    : parts_(std::move(parts))
    , token_(std::move(token))
    , home_(Mailbox::ofThisThread())
    , http_(std::make_unique<Http>())
{
}

AdminListener::~AdminListener()
{
    if (http_->thread.joinable()) {
        while (!http_->ended && !http_->server.is_running()) // stop() before listening is lost in the library
            std::this_thread::yield();
        http_->server.stop();
        http_->thread.join();
    }
    if (!runtimeFolder_.empty()) {
        std::remove((runtimeFolder_ + "/admin.url").c_str());
        std::remove((runtimeFolder_ + "/admin.token").c_str());
    }
}

Result<std::unique_ptr<AdminListener>> AdminListener::open(const Endpoint &endpoint, const std::string &runtimeFolder,
                                                           Random &random, const Parts &parts)
{
    KITH_TRY(const auto secret, SecretBytes::random(32, random));
    std::unique_ptr<AdminListener> listener(new AdminListener(parts, toBase64Url(secret.view())));
    auto &server = listener->http_->server;
    server.new_task_queue = [] { return new httplib::ThreadPool(threads); };
    server.set_payload_max_length(maxBody);
    server.set_socket_options([](socket_t socket) { // not SO_REUSEPORT, the default: two servers would share the port
        const int yes = 1;
        ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    listener->route();
    int port = endpoint.port;
    const bool bound =
        port == 0 ? (port = server.bind_to_any_port(endpoint.host)) > 0 : server.bind_to_port(endpoint.host, port);
    if (!bound)
        return Error { ErrorCode::busy, "the port is in use" };
    listener->host_ = showEndpoint({ endpoint.host, static_cast<std::uint16_t>(port) });
    listener->url_ = "http://" + listener->host_;
    KITH_CHECK(makePrivateFolder(runtimeFolder));
    KITH_CHECK(writeDurably(runtimeFolder + "/admin.token", viewOf(listener->token_)));
    KITH_CHECK(writeDurably(runtimeFolder + "/admin.url", viewOf(listener->url_)));
    listener->runtimeFolder_ = runtimeFolder;
    listener->http_->thread = std::thread([&http = *listener->http_] {
        http.server.listen_after_bind();
        http.ended = true;
    });
    return listener;
}

/// A web page can send requests here, but neither without an Origin where it matters, nor with our Host (DNS
/// rebinding).
void AdminListener::refuseStrangers()
{
    http_->server.set_pre_routing_handler([this](const httplib::Request &request, httplib::Response &response) {
        const auto host = request.get_header_value("Host");
        const auto port = host_.substr(host_.rfind(':'));
        const bool ours = host == host_ || host == "localhost" + port;
        if (ours && !request.has_header("Origin"))
            return httplib::Server::HandlerResponse::Unhandled;
        answer(response, 403, describe({ ErrorCode::permission, "only for programs on this machine" }));
        return httplib::Server::HandlerResponse::Handled;
    });
}

void AdminListener::route()
{
    refuseStrangers();
    auto &server = http_->server;
    server.Get("/healthz", [this](const httplib::Request &, httplib::Response &response) {
        const bool healthy = parts_.isHealthy();
        answer(response, healthy ? 200 : 503, { { "healthy", healthy } });
    });
    server.Get("/readyz", [this](const httplib::Request &, httplib::Response &response) {
        const auto readiness = parts_.readiness();
        answer(response, readiness.value(QStringLiteral("ready")).toBool() ? 200 : 503, readiness);
    });
    server.Get("/metrics", [this](const httplib::Request &, httplib::Response &response) {
        response.set_content(parts_.metrics(), "text/plain; version=0.0.4; charset=utf-8");
    });
    server.Get("/version", [this](const httplib::Request &, httplib::Response &response) {
        answer(response, 200, parts_.version);
    });
    server.Post(R"(/admin/v1/([a-z]+/[a-z]+))", [this](const httplib::Request &request, httplib::Response &response) {
        const auto given = request.get_header_value("Authorization");
        if (!SecretBytes(viewOf("Bearer " + token_)).equals(viewOf(given)))
            return answer(response, 401, describe({ ErrorCode::permission, "the token of admin.token is needed" }));
        QJsonParseError problem;
        const auto body = QJsonDocument::fromJson(QByteArray::fromStdString(request.body), &problem);
        if (!request.body.empty() && !body.isObject())
            return answer(response, 400, describe({ ErrorCode::invalid, "the body must be a JSON object" }));
        const auto done = runCommand(request.matches[1], body.object());
        answer(response, done ? 200 : statusOf(done.error().code), done ? *done : describe(done.error()));
    });
}

AdminCommands::Answer AdminListener::runCommand(const std::string &command, const QJsonObject &arguments)
{
    // Shared: when the deadline has passed, the command still completes somewhere.
    const auto done = std::make_shared<std::promise<AdminCommands::Answer>>();
    auto future = done->get_future();
    home_->post([this, command, arguments, done, home = home_] {
        parts_.commands.run(command, arguments).then(home.get(), [done](AdminCommands::Answer result) {
            done->set_value(std::move(result));
        });
    });
    if (future.wait_for(deadlineOf(command)) != std::future_status::ready)
        return Error { ErrorCode::timeout, "the server did not answer in time" };
    return future.get();
}

} // namespace kith::server::admin
