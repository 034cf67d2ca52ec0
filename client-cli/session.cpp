// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/session.h"

#include "client-cli/secrets.h"
#include "client-cli/values.h"
#include "client-cli/version.h"
#include "common/base/ids.h"
#include "common/rpc/agent_starter.h"
#include "common/rpc/method_table.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFileInfo>
#include <QJsonDocument>

#include <unistd.h>

namespace kith::cli {

using rpc::ErrorCode;
using rpc::RpcError;
using rpc::RpcResult;

namespace {

constexpr milliseconds defaultTimeout { 30000 };
// cli 1.3: an agent that dies again and again is left alone.
constexpr std::size_t mostStarts = 3;
constexpr milliseconds startsWithin { 60'000 };
constexpr int mostRepeats = 8; // of one call, each by a new agent

QString compactJson(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

RpcError stopped()
{
    return { ErrorCode::cancelled, QStringLiteral("stopped") };
}

} // namespace

Session::Session(Invocation invocation, QProcessEnvironment environment, const Clock &clock, Timers &timers,
                 Random &random, Interrupt &interrupt)
    : invocation_(std::move(invocation))
    , environment_(std::move(environment))
    , clock_(clock)
    , timers_(timers)
    , random_(random)
    , interrupt_(interrupt)
{
    connect(&interrupt_, &Interrupt::raised, this, &Session::wake);
}

Session::~Session() = default;

RpcResult<Output::Options> Session::outputOptions() const
{
    const Arguments &given = invocation_.arguments;
    Output::Options options;
    options.terminal = ::isatty(STDOUT_FILENO) == 1;
    options.quiet = given.has("quiet");
    const QString name = given.has("json") ? QStringLiteral("json")
        : given.has("output")              ? given.value("output")
                                           : settings_.value("output.format");
    const auto format = formatNamed(name);
    if (!format && name != u"auto" && !name.isEmpty())
        return RpcError { ErrorCode::invalidParams, QStringLiteral("there is no output format of that name"),
                          QStringLiteral("use table, plain, json or jsonl") };
    options.format = format ? *format : options.terminal ? Format::table : Format::plain;
    if (given.has("fields"))
        options.fields = given.value("fields").split(u',', Qt::SkipEmptyParts);

    const QString colour = given.has("color") ? given.value("color") : QStringLiteral("auto");
    if (colour != u"auto" && colour != u"always" && colour != u"never")
        return RpcError { ErrorCode::invalidParams, QStringLiteral("--color is auto, always or never") };
    const auto isSet = [this](const char *variable) {
        return !environment_.value(QString::fromLatin1(variable)).isEmpty();
    };
    const bool plainTerminal = isSet("NO_COLOR") || environment_.value(QStringLiteral("TERM")) == u"dumb";
    const bool forced = isSet("CLICOLOR_FORCE") && environment_.value(QStringLiteral("CLICOLOR_FORCE")) != u"0";
    options.colour = colour == u"always"
        || (colour == u"auto" && ((options.terminal && !plainTerminal) || (forced && !isSet("NO_COLOR"))));
    return options;
}

RpcResult<void> Session::prepare()
{
    const Arguments &given = invocation_.arguments;
    output_.emplace(Output::Options {}, clock_); // for errors of what follows
    if (const auto early = outputOptions())
        output_.emplace(*early, clock_);
    if (given.has("timeout")) {
        KITH_TRY(timeout_, parseDuration(given.value("timeout")));
    }
    const bool isBare = invocation_.command.agent == Agent::none; // help works with a broken config.toml too
    auto paths =
        rpc::resolvePaths(environment_, { given.value("profile"), given.value("data-dir"), given.value("config") });
    if (!paths && !isBare)
        return RpcError { ErrorCode::invalidParams, QString::fromStdString(paths.error().detail) };
    if (paths)
        paths_ = std::move(*paths);
    if (given.has("config") && !QFileInfo::exists(paths_.configFile))
        return RpcError { ErrorCode::invalidParams, QStringLiteral("there is no file %1").arg(paths_.configFile) };
    if (!isBare) {
        KITH_TRY(settings_, Settings::load(paths_, environment_));
    }
    KITH_TRY(const Output::Options options, outputOptions());
    output_.emplace(options, clock_);
    return {};
}

RpcResult<void> Session::useProfile(const QString &name)
{
    const Arguments &given = invocation_.arguments;
    auto paths = rpc::resolvePaths(environment_, { name, given.value("data-dir"), given.value("config") });
    if (!paths)
        return RpcError { ErrorCode::invalidParams, QString::fromStdString(paths.error().detail) };
    paths_ = std::move(*paths);
    return {};
}

int Session::run()
{
    if (const auto ready = prepare(); !ready)
        return fail(ready.error());
    return invocation_.command.run(*this, invocation_.arguments);
}

milliseconds Session::timeout(milliseconds fallback) const
{
    return invocation_.arguments.has("timeout") ? timeout_ : fallback;
}

bool Session::mayAsk() const
{
    return !invocation_.arguments.has("no-input") && hasTerminal();
}

void Session::wake()
{
    QCoreApplication::postEvent(this, new QEvent(QEvent::User));
}

bool Session::waitUntil(const std::function<bool()> &done)
{
    QEventLoop loop;
    while (!done()) {
        if (interrupt_.isRaised())
            return false;
        loop.processEvents(QEventLoop::WaitForMoreEvents);
    }
    return true;
}

RpcResult<std::shared_ptr<rpc::Client>> Session::connection()
{
    if (client_ && client_->isOpen())
        return client_;
    const Agent need = invocation_.command.agent;
    const bool isMissing = need != Agent::making && !paths_.exists();
    const RpcError noProfile { ErrorCode::unregistered, QStringLiteral("there is no profile %1").arg(paths_.profile),
                               QStringLiteral("make an account with: kith register --server URL --user NAME") };
    if (isMissing && need != Agent::running) // an agent may run that waits for somebody to register
        return noProfile;
    rpc::StartOptions options;
    options.paths = paths_;
    options.name = { QStringLiteral("kith"), versionText() };
    options.program = rpc::findAgentProgram(environment_, QCoreApplication::applicationDirPath());
    options.programVersion = versionText();
    options.agentArguments = { QStringLiteral("--data-dir"), paths_.dataRoot, QStringLiteral("--config"),
                               paths_.configFile };
    if (!QFileInfo::exists(paths_.configFile))
        options.agentArguments.resize(2);
    const QString forbidden = environment_.value(QStringLiteral("KITH_NO_AUTOSTART"));
    options.mayStart = need != Agent::running && !invocation_.arguments.has("no-autostart")
        && (forbidden.isEmpty() || forbidden == u"0");

    while (!starts_.empty() && clock_.monotonic() - starts_.front() > startsWithin)
        starts_.pop_front();
    const bool isWornOut = options.mayStart && starts_.size() >= mostStarts;
    options.mayStart = options.mayStart && !isWornOut;

    rpc::AgentStarter starter(options, timers_, clock_);
    std::optional<RpcResult<std::shared_ptr<rpc::Client>>> result;
    starter.start().then(&starter, [&](RpcResult<std::shared_ptr<rpc::Client>> client) { result = std::move(client); });
    if (!waitUntil([&] { return result.has_value(); }))
        return stopped();
    if (!*result && isMissing)
        return noProfile;
    if (starter.hasSpawned())
        starts_.push_back(clock_.monotonic());
    if (!*result && isWornOut)
        return RpcError { ErrorCode::stopping, QStringLiteral("the agent ended 3 times within a minute"),
                          QStringLiteral("look at its log: kith agent log") };
    if (*result && !starter.olderBecause().isEmpty())
        output_->hint(QStringLiteral("the agent is of an older version and goes on: %1").arg(starter.olderBecause()));
    if (*result) {
        client_ = **result;
        hello_ = starter.hello();
        if (invocation_.arguments.has("verbose"))
            output_->note(QStringLiteral("the agent of profile %1 is %2: version %3, %4")
                              .arg(paths_.profile, hello_.value(u"state").toString(), hello_.value(u"agent").toString(),
                                   paths_.socket));
        connect(client_.get(), &rpc::Client::closed, this, &Session::wake);
    }
    return *result;
}

Session::Answer Session::callOnce(const char *method, const QJsonObject &params, milliseconds timeout)
{
    KITH_TRY(const auto client, connection());
    std::optional<RpcResult<QJsonValue>> result;
    QObject context;
    const MonoTime start = clock_.monotonic();
    client->call(QString::fromLatin1(method), params, timeout).then(&context, [&](RpcResult<QJsonValue> answered) {
        result = std::move(answered);
    });
    if (!waitUntil([&] { return result.has_value(); }))
        return stopped();
    Answer answer = *result ? Answer((*result)->toObject()) : Answer(std::move(*result).error());
    noteCall(method, params, answer, clock_.monotonic() - start);
    return answer;
}

void Session::noteCall(const char *method, const QJsonObject &params, const Answer &answer, milliseconds took) const
{
    const int verbosity = invocation_.arguments.value("verbose").toInt();
    if (verbosity < 1)
        return;
    const rpc::Method *known = rpc::findMethod(QString::fromLatin1(method));
    const bool isSecret = !known || known->params == rpc::Params::secret;
    if (verbosity > 1 && !isSecret)
        out().note(QStringLiteral("-> %1 %2").arg(QString::fromLatin1(method), compactJson(params)));
    out().note(QStringLiteral("%1: %2 in %3 ms")
                   .arg(QString::fromLatin1(method), answer ? QStringLiteral("ok") : answer.error().message)
                   .arg(took.count()));
    if (verbosity > 1 && answer && !isSecret)
        out().note(QStringLiteral("<- %1").arg(compactJson(*answer)));
}

/// systemd's credential, else what somebody types; nothing when nobody can be asked.
RpcResult<std::optional<SecretBytes>> Session::findPassphrase()
{
    KITH_TRY(auto credential, credentialPassphrase(environment_));
    if (credential || !mayAsk())
        return credential;
    KITH_TRY(SecretBytes typed, askPassphrase(QStringLiteral("Passphrase of profile %1: ").arg(paths_.profile)));
    return std::optional(std::move(typed));
}

RpcResult<void> Session::unlock(const SecretBytes &passphrase)
{
    QJsonObject params = unlockWith(passphrase);
    params.insert(QStringLiteral("slot"), params.take(u"kind"));
    KITH_CHECK(callOnce("agent.unlock", params, defaultTimeout));
    return {};
}

Session::Answer Session::call(const char *method, QJsonObject params, milliseconds timeout)
{
    const rpc::Method *known = rpc::findMethod(QString::fromLatin1(method));
    if (known && known->effect == rpc::Effect::keyed && !params.contains(u"key")) {
        KITH_TRY(const QString key, newKey());
        params.insert(QStringLiteral("key"), key);
    }
    bool asked = false;
    for (int attempt = 1;; ++attempt) {
        Answer answer = callOnce(method, params, timeout);
        if (answer || interrupt_.isRaised())
            return answer;
        const bool died = answer.error().code == ErrorCode::stopping && client_ && !client_->isOpen();
        if (died && attempt < mostRepeats)
            continue; // the key makes the repeat safe; what has no key only reads
        if (answer.error().code != ErrorCode::locked || asked || !known || known->needs == rpc::Needs::nothing)
            return answer;
        asked = true;
        KITH_TRY(const auto passphrase, findPassphrase());
        if (!passphrase)
            return answer;
        KITH_CHECK(unlock(*passphrase));
    }
}

Session::Answer Session::call(const char *method, QJsonObject params)
{
    return call(method, std::move(params), timeout(defaultTimeout));
}

RpcResult<QString> Session::newKey()
{
    KITH_TRY(const Mid key, random_.id<Mid>());
    return QString::fromStdString(key.base32());
}

int Session::fail(const RpcError &error) const
{
    if (error.code != ErrorCode::cancelled || !interrupt_.isRaised())
        output_->error(error);
    return error.exitCode();
}

int Session::showList(const char *method, QJsonObject params, const Columns &columns, const char *after)
{
    Answer answer = call(method, params);
    if (!answer)
        return fail(answer.error());
    QJsonObject document = *answer;
    QJsonArray items = document.value(u"items").toArray();
    while (after && answer->value(u"more").toBool() && !items.isEmpty()) {
        params.insert(QStringLiteral("after"), items.last().toObject().value(QLatin1StringView(after)));
        answer = call(method, params);
        if (!answer)
            return fail(answer.error());
        const QJsonArray page = answer->value(u"items").toArray();
        if (page.isEmpty())
            break;
        for (const QJsonValue &item : page)
            items.append(item);
    }
    document.insert(QStringLiteral("items"), items);
    document.insert(QStringLiteral("more"), after ? QJsonValue(false) : document.value(u"more"));
    out().list(document, columns);
    return 0;
}

int Session::showObject(const char *method, QJsonObject params, const Columns &columns)
{
    const Answer answer = call(method, std::move(params));
    if (!answer)
        return fail(answer.error());
    out().object(*answer, columns);
    return 0;
}

int Session::showSentence(const char *method, QJsonObject params,
                          const std::function<QString(const QJsonObject &)> &text)
{
    const Answer answer = call(method, std::move(params));
    if (!answer)
        return fail(answer.error());
    out().sentence(*answer, text(*answer));
    return 0;
}

} // namespace kith::cli
