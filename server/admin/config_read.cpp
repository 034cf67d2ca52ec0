// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/durable_file.h"
#include "server/admin/config_values.h"

#include <toml++/toml.h>

#include <algorithm>
#include <sstream>

namespace kith::server::admin {

namespace {

constexpr std::size_t maxFileBytes = 1024 * 1024;
constexpr std::string_view environmentPrefix = "KITH_SERVER__";

const ConfigKey *find(std::string_view name)
{
    const auto &keys = configKeys();
    const auto found = std::ranges::find(keys, name, &ConfigKey::name);
    return found == keys.end() ? nullptr : &*found;
}

std::string sectionOf(std::string_view name)
{
    return std::string(name.substr(0, name.find('.')));
}

/// Collects every problem, so that an operator sees all of them at once.
class Reader {
public:
    explicit Reader(Config &config) : config_(config) { }

    void set(std::string_view name, const std::string &text, const char *origin, const std::string &place)
    {
        const auto *key = find(name);
        if (!key)
            return unknown(name, place);
        if (auto read = key->read(config_, text); !read)
            return problem(place, std::string(name) + " must be " + read.error().detail);
        config_.origins[std::string(name)] = origin;
    }

    void unknown(std::string_view name, const std::string &place)
    {
        std::vector<std::string_view> names;
        for (const auto &key : configKeys())
            names.push_back(key.name);
        const auto meant = nearest(name, names);
        problem(place, "unknown key " + std::string(name) + (meant.empty() ? "" : "; did you mean " + meant + "?"));
    }

    void problem(const std::string &place, const std::string &text)
    {
        problems_ += (problems_.empty() ? "" : "\n") + place + ": " + text;
    }

    const std::string &problems() const { return problems_; }

private:
    Config &config_;
    std::string problems_;
};

std::string placeOf(const std::string &file, const toml::source_region &source)
{
    return file + ':' + std::to_string(source.begin.line) + ':' + std::to_string(source.begin.column);
}

/// A number as it stands in a file, or the content of a string.
std::string textOf(const toml::node &node)
{
    if (const auto *text = node.as_string())
        return text->get();
    std::ostringstream out;
    if (const auto *number = node.as_integer())
        out << number->get();
    else if (const auto *real = node.as_floating_point())
        return showFactor(real->get());
    return out.str();
}

void readSection(Reader &reader, const std::string &file, const std::string &section, const toml::table &table)
{
    for (const auto &[key, node] : table) {
        const std::string name = section + '.' + std::string(key.str());
        const auto place = placeOf(file, key.source());
        const auto *known = find(name);
        if (!known)
            reader.unknown(name, place);
        else if (known->isNumber ? !node.is_number() : !node.is_string())
            reader.problem(place, name + " must be a " + (known->isNumber ? "number" : "text in quotes"));
        else
            reader.set(name, textOf(node), "file", place);
    }
}

Result<void> readFile(Reader &reader, const std::string &file)
{
    KITH_TRY(const auto bytes, readWhole(file, maxFileBytes));
    try {
        const auto table =
            toml::parse(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())), file);
        for (const auto &[section, node] : table) {
            if (const auto *inner = node.as_table())
                readSection(reader, file, std::string(section.str()), *inner);
            else
                reader.unknown(section.str(), placeOf(file, section.source()));
        }
    } catch (const toml::parse_error &error) {
        reader.problem(placeOf(file, error.source()), std::string(error.description()));
    }
    return {};
}

void readEnvironment(Reader &reader, const std::map<std::string, std::string> &environment)
{
    for (const auto &[variable, value] : environment) {
        if (!variable.starts_with(environmentPrefix))
            continue;
        std::string name = variable.substr(environmentPrefix.size());
        if (const auto split = name.find("__"); split != std::string::npos)
            name.replace(split, 2, ".");
        std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        reader.set(name, value, "environment", variable);
    }
}

void useDevValues(Config &config, const std::string &dataDir)
{
    config.listen.gateway = { "127.0.0.1", 8480 };
    config.store.dataDir = dataDir;
    config.limits.rateFactor = 0;
    config.registration.mode = "open";
    for (const char *name : { "listen.gateway", "store.data_dir", "limits.rate_factor", "register.mode" })
        config.origins[name] = "--dev";
}

/// What no key can see alone.
void checkTogether(Reader &reader, const Config &config)
{
    const auto &listen = config.listen;
    if (listen.tlsCert.empty() != listen.tlsKey.empty())
        reader.problem("listen", "tls_cert and tls_key belong together");
    if (listen.tlsCert.empty() && !isLoopback(listen.gateway))
        reader.problem("listen.gateway",
                       "plain text is allowed on this machine only; set tls_cert and tls_key "
                       "(kith-server init makes them)");
    if (!isLoopback(listen.admin))
        reader.problem("listen.admin", "the admin listener must be on this machine, like 127.0.0.1:8481");
    if (config.limits.rateFactor == 0 && !isLoopback(listen.gateway))
        reader.problem("limits.rate_factor", "0 is allowed only while every listener is on this machine");
    if (config.retention.queue < std::chrono::hours { 1 })
        reader.problem("retention.queue", "at least 1h, or devices lose what they were sent");
}

} // namespace

Result<Config> readConfig(const ConfigSources &sources)
{
    Config config;
    for (const auto &key : configKeys())
        config.origins[std::string(key.name)] = "default";
    if (sources.dev)
        useDevValues(config, sources.devDataDir);
    Reader reader(config);
    if (!sources.file.empty())
        KITH_CHECK(readFile(reader, sources.file));
    readEnvironment(reader, sources.environment);
    for (const auto &[name, value] : sources.options)
        reader.set(name, value, "option", "option");
    if (reader.problems().empty())
        checkTogether(reader, config);
    if (!reader.problems().empty())
        return Error { ErrorCode::invalid, reader.problems() };
    return config;
}

std::vector<std::string> keysThatNeedARestart(const Config &running, const Config &fresh)
{
    std::vector<std::string> names;
    for (const auto &key : configKeys()) {
        if (!key.reloads && key.show(running) != key.show(fresh))
            names.emplace_back(key.name);
    }
    return names;
}

std::string defaultConfigText()
{
    const Config config;
    std::string text = "# Configuration of kith-server. Every line that is commented out shows the default.\n"
                       "# Check it with: kith-server config check\n";
    std::string section;
    for (const auto &key : configKeys()) {
        if (sectionOf(key.name) != section) {
            section = sectionOf(key.name);
            text += "\n[" + section + "]\n";
        }
        const auto value = key.isNumber ? key.show(config) : '"' + key.show(config) + '"';
        text += "# " + std::string(key.what) + (key.reloads ? " (SIGHUP applies it)" : "") + "\n# "
            + std::string(key.name.substr(section.size() + 1)) + " = " + value + '\n';
    }
    return text;
}

std::string describeConfig(const Config &config)
{
    std::string text;
    for (const auto &key : configKeys()) {
        const auto value = key.isNumber ? key.show(config) : '"' + key.show(config) + '"';
        text += std::string(key.name) + " = " + value + "  # " + config.origins.at(std::string(key.name)) + '\n';
    }
    return text;
}

} // namespace kith::server::admin
