// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/durable_file.h"
#include "common/base/log.h"
#include "common/base/random.h"
#include "server/admin/process_signals.h"
#include "server/db_commands.h"
#include "server/embedded/store.h"
#include "server/operator.h"
#include "server/serving.h"
#include "server/version.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>
#include <QJsonDocument>

#include <cstdio>
#include <cstdlib>
#include <systemd/sd-daemon.h>
#include <unistd.h>

/// `kith-server`: reads the command line and builds the parts; with backup.cpp the only file that knows which store it
/// is.

extern char **environ;

namespace kith::server {

namespace {

constexpr const char *systemConfig = "/etc/kith/server.toml"; // read when it is there and nothing else is named

struct RunOptions {
    OperatorOptions common;
    bool dev = false;
    bool readyJson = false;
    bool acceptRollback = false;
};

std::string stateFolder()
{
    if (const char *state = std::getenv("XDG_STATE_HOME"); state && *state)
        return std::string(state) + "/kith-server";
    const char *home = std::getenv("HOME");
    return std::string(home ? home : "/tmp") + "/.local/state/kith-server";
}

std::map<std::string, std::string> environmentValues()
{
    std::map<std::string, std::string> values;
    for (char **entry = environ; *entry; ++entry) {
        const std::string text(*entry);
        if (const auto equals = text.find('='); text.starts_with("KITH_SERVER__") && equals != std::string::npos)
            values[text.substr(0, equals)] = text.substr(equals + 1);
    }
    return values;
}

QString logRules(const admin::Config &config)
{
    const QString rules = qEnvironmentVariable("QT_LOGGING_RULES");
    if (!rules.isEmpty())
        return rules;
    if (config.log.level == "debug")
        return QStringLiteral("kith.*.debug=true");
    if (config.log.level == "info")
        return {};
    return config.log.level == "warning" ? QStringLiteral("kith.*.info=false")
                                         : QStringLiteral("kith.*.info=false;kith.*.warning=false");
}

void startLog(const admin::Config &config)
{
    const bool json = config.log.format == "json" || (config.log.format == "auto" && !::isatty(STDERR_FILENO));
    startLogging(standardErrorSink(json ? LogFormat::json : LogFormat::text), logRules(config));
}

void announce(const Serving &serving, const RunOptions &options)
{
    const auto ready = serving.readiness();
    if (options.readyJson) {
        std::puts(QJsonDocument(ready).toJson(QJsonDocument::Compact).constData());
    } else {
        const auto gateway = ready["gateway"].toString();
        std::printf("ready  %s   admin %s\n", qPrintable(gateway), qPrintable(ready["admin"].toString()));
        if (options.dev)
            std::printf("try    kith register --server %s --user mei --name Mei\n", qPrintable(gateway));
        else if (ready.contains("pin"))
            std::printf("pin    %s\n", qPrintable(ready["pin"].toString()));
    }
    std::fflush(stdout);
    ::sd_notify(0, "READY=1");
}

embedded::Options storeOptions(const admin::Config &config, const RunOptions &options, Metrics &metrics)
{
    embedded::Options store;
    store.metrics = &metrics;
    store.acceptRollback = options.acceptRollback;
    store.limits.messages = config.limits.queueMessages;
    store.limits.bytes = config.limits.queueBytes;
    store.limits.expiry = config.retention.queue;
    return store;
}

/// Serves until a signal ends it.
int serve(const admin::Config &config, const RunOptions &options, admin::ProcessSignals &signals)
{
    SystemClock clock;
    QtTimers timers;
    SystemRandom random;
    admin::PrometheusMetrics metrics;
    const auto unavailable = [&](const Error &error, const std::string &hint = {}) {
        return fail(error, exitUnavailable, options.common.json, hint);
    };
    if (const auto folder = makePrivateFolder(config.store.dataDir); !folder)
        return unavailable({ folder.error().code, "store.data_dir: " + folder.error().detail });
    const auto lock = FileLock::take(config.store.dataDir + "/LOCK");
    if (!lock)
        return unavailable(
            { lock.error().code, "another kith-server holds this data directory: " + lock.error().detail });
    auto store =
        embedded::Store::open(config.store.dataDir + "/store", clock, random, storeOptions(config, options, metrics));
    if (!store)
        return unavailable({ store.error().code, "the store does not open: " + store.error().detail },
                           store.error().detail.find("rolled back") == std::string::npos
                               ? ""
                               : "if this is a restored copy, start once with --accept-rollback");
    auto serving = Serving::start(config,
                                  { (*store)->queue(), (*store)->keys(), (*store)->accounts(),
                                    [&] { return (*store)->isWritable(); },
                                    [&](const std::string &path) { return (*store)->checkpoint(path); } },
                                  { clock, timers, random, metrics }, [] { ::sd_notify(0, "WATCHDOG=1"); });
    if (!serving)
        return unavailable(
            serving.error(),
            serving.error().code == ErrorCode::busy ? "change that key, or end the program that uses the port" : "");
    signals.listen({ [&] {
                        static bool again = false;
                        if (std::exchange(again, true))
                            return QCoreApplication::quit();
                        ::sd_notify(0, "STOPPING=1");
                        (*serving)->drain([] { QCoreApplication::quit(); });
                    },
                     [&] {
                         const auto fresh = admin::readConfig(options.common.sources);
                         if (fresh) {
                             QLoggingCategory::setFilterRules(logRules(*fresh).replace(';', '\n'));
                             (*serving)->reload(*fresh);
                         } else
                             qCritical("the configuration was not reloaded: %s", fresh.error().detail.c_str());
                     },
                     [&] { std::fputs(metrics.text().c_str(), stderr); } });
    announce(**serving, options);
    return QCoreApplication::exec();
}

int runCommand(const RunOptions &options)
{
    const auto config = admin::readConfig(options.common.sources);
    if (!config)
        return fail(config.error(), exitConfiguration, options.common.json);
    startLog(*config);
    admin::ProcessSignals signals;
    admin::raiseFileLimit();
    const int status = serve(*config, options, signals);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // no loop will come any more
    return status;
}

/// The command line, as CLI11 reads it.
struct CommandLine {
    CLI::App app { "Stores and forwards end-to-end encrypted messages." };
    RunOptions run;
    std::function<int()> chosen;

    CLI::App *command(CLI::App *parent, const char *name, const char *what, std::function<int()> action)
    {
        auto *sub = parent->add_subcommand(name, what);
        sub->fallthrough();
        sub->callback([this, action = std::move(action)] {
            if (!chosen)
                chosen = action;
        });
        return sub;
    }

    void globalOptions()
    {
        auto &common = run.common;
        const auto key = [&](const char *option, const char *name, const char *what) {
            app.add_option_function<std::string>(
                option, [&common, name](const std::string &value) { common.sources.options[name] = value; }, what);
        };
        app.add_option("--config", common.sources.file, "configuration file");
        key("--data-dir", "store.data_dir", "where everything is kept");
        key("--listen", "listen.gateway", "address:port of the gateway; port 0: any");
        key("--gateway", "listen.transport", "lean, or qt: sockets by QWebSocket");
        key("--listen-admin", "listen.admin", "address:port of the admin listener");
        app.add_flag("--json", common.json, "results and errors as JSON");
        app.add_flag("--dev", run.dev, "serve on loopback with open registration and no limits of rate");
        app.add_option_function<std::string>(
            "--print-ready", [this](const std::string &form) { run.readyJson = form == "json"; },
            "json: the readiness line as one JSON object");
        app.add_flag("--accept-rollback", run.acceptRollback, "serve a store that is older than it was");
    }

    void commands()
    {
        auto &common = run.common;
        command(&app, "run", "serve (the default)", [this] { return runCommand(run); });
        auto *init =
            command(&app, "init", "write a configuration and a certificate", [&] { return initCommand(common); });
        init->add_option("--host", common.hosts, "name or address that clients use; may be repeated");
        init->add_flag("--renew", common.renew, "a new certificate for the key that is there");
        auto *config = app.add_subcommand("config", "check, show or print the default configuration");
        config->require_subcommand(1)->fallthrough();
        command(config, "check", "say what is wrong with it", [&] { return configCheck(common); });
        command(config, "show", "each value with its origin", [&] { return configShow(common); });
        command(config, "default", "a commented file", [] { return configDefault(); });
        auto *invite = app.add_subcommand("invite", "tokens that let people register");
        invite->require_subcommand(1)->fallthrough();
        auto *create = command(invite, "create", "print a new token", [&] { return inviteCreate(common); });
        create->add_option("--uses", common.uses, "how many accounts it admits")->check(CLI::Range(1, 100'000));
        create->add_option("--expires", common.expires, "for example 12h or 7d");
        command(invite, "list", "all tokens", [&] { return inviteList(common); });
        command(invite, "revoke", "end a token", [&] { return inviteRevoke(common); })
            ->add_option("token", common.word)
            ->required();
        auto *user = app.add_subcommand("user", "the accounts of this server");
        user->require_subcommand(1)->fallthrough();
        command(user, "list", "names, at most 200", [&] {
            return userList(common);
        })->add_option("--after", common.word, "go on after this name");
        command(user, "delete", "remove an account for ever", [&] { return userDelete(common); })
            ->add_option("name", common.word)
            ->required();
        auto *db = app.add_subcommand("db", "copies of the store");
        db->require_subcommand(1)->fallthrough();
        command(db, "backup", "copy the running server's store into a new folder", [&] { return dbBackup(common); })
            ->add_option("--to", common.word, "the folder")
            ->required();
        command(db, "verify", "read a backup back, all of it", [&] { return dbVerify(common); })
            ->add_option("folder", common.word)
            ->required();
        command(db, "restore", "make a data directory of a backup; no server may run on it",
                [&] { return dbRestore(common); })
            ->add_option("folder", common.word)
            ->required();
        command(&app, "version", "print the version", [] { return std::printf("kith-server %s\n", versionText) < 0; });
        command(&app, "help", "print this", [this] { return std::fputs(app.help().c_str(), stdout) < 0; });
    }
};

int commandLine(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    CommandLine line;
    line.run.common.sources.environment = environmentValues();
    line.globalOptions();
    line.commands();
    line.app.require_subcommand(0, 1);
    try {
        line.app.parse(argc, argv);
    } catch (const CLI::ParseError &error) { // CLI11 reports by exceptions; they end here
        return line.app.exit(error) == 0 ? 0 : 2;
    }
    line.run.common.sources.dev = line.run.dev; // also for the commands that talk to such a server
    line.run.common.sources.devDataDir = stateFolder();
    if (auto &file = line.run.common.sources.file; file.empty() && !line.run.dev && ::access(systemConfig, F_OK) == 0)
        file = systemConfig;
    return line.chosen ? line.chosen() : runCommand(line.run);
}

} // namespace

int start(int argc, char **argv)
{
    return commandLine(argc, argv);
}

} // namespace kith::server

int main(int argc, char **argv)
{
    return kith::server::start(argc, argv);
}
