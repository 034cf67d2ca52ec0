// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/settings.h"

#include "client-cli/suggest.h"
#include "common/base/durable_file.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace kith::cli {

using rpc::RpcError;
using rpc::RpcResult;

namespace {

/// One name of config.toml (cli 5). `form` is what its text must match.
struct Known {
    const char *name;
    const char *fallback;
    const char *form;
    bool isSwitch = false;
};

constexpr Known known[] = {
    { "agent.linger", "60s", "([0-9]{1,9}(ms|s|m|h|d)|forever)" },
    { "agent.frontends", "all", "(all|gui)" },
    { "lock.after", "never", "(never|[0-9]{1,9}(s|m|h|d))" },
    { "lock.with_screen", "true", "(true|false)", true },
    { "output.format", "auto", "(auto|table|plain|json|jsonl)" },
    { "media.auto_download", "8MiB", "(never|[0-9]{1,9}(B|KiB|MiB|GiB))" },
    { "net.proxy", "system", "(system|none|socks5://[A-Za-z0-9.:\\[\\]-]{1,255})" },
    { "log.level", "info", "(debug|info|warning|critical)" },
};
constexpr std::size_t fileLimit = 1024 * 1024;
const auto systemFile = "/etc/kith/config.toml";

const Known *find(const QString &name)
{
    for (const Known &one : known) {
        if (name == QLatin1StringView(one.name))
            return &one;
    }
    return nullptr;
}

QStringList names()
{
    QStringList all;
    for (const Known &one : known)
        all.append(QString::fromLatin1(one.name));
    return all;
}

bool fits(const Known &one, const QString &value)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(QString::fromLatin1(one.form)))
        .match(value)
        .hasMatch();
}

RpcError at(const QString &file, const toml::source_region &where, const QString &what, const QString &hint = {})
{
    const QString place = QStringLiteral("%1:%2:%3").arg(file).arg(where.begin.line).arg(where.begin.column);
    return { rpc::ErrorCode::invalidParams, QStringLiteral("%1: %2").arg(place, what), hint };
}

/// Strings and booleans are all that config.toml has.
QString textOf(const toml::node &node)
{
    if (const auto text = node.value_exact<std::string>())
        return QString::fromStdString(*text);
    if (const auto flag = node.value_exact<bool>())
        return *flag ? QStringLiteral("true") : QStringLiteral("false");
    return {};
}

using Found = QHash<QString, QString>;

RpcResult<void> collect(const toml::table &table, const QString &prefix, const QString &file, Found &found)
{
    for (const auto &[key, node] : table) {
        const QString name = prefix + QString::fromStdString(std::string(key.str()));
        if (const auto *inner = node.as_table()) {
            KITH_CHECK(collect(*inner, name + u'.', file, found));
            continue;
        }
        const Known *one = find(name);
        if (!one) {
            const QString near = nearest(name, names());
            return at(file, key.source(), QStringLiteral("unknown setting \"%1\"").arg(name),
                      near.isEmpty() ? QStringLiteral("see: man kith-config")
                                     : QStringLiteral("did you mean: %1").arg(near));
        }
        if (node.is_boolean() != one->isSwitch || !fits(*one, textOf(node)))
            return at(file, node.source(), QStringLiteral("a bad value for %1").arg(name),
                      QStringLiteral("it must match %1").arg(QString::fromLatin1(one->form)));
        found.insert(name, textOf(node));
    }
    return {};
}

RpcResult<Found> readText(const QByteArray &text, const QString &file)
{
    const toml::parse_result parsed =
        toml::parse(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
    if (!parsed)
        return at(file, parsed.error().source(), QString::fromStdString(std::string(parsed.error().description())));
    Found found;
    KITH_CHECK(collect(parsed.table(), {}, file, found));
    return found;
}

RpcResult<Found> readFile(const QString &file)
{
    if (!QFileInfo::exists(file))
        return Found {};
    const auto text = readWhole(QFile::encodeName(file).toStdString(), fileLimit);
    if (!text)
        return RpcError { rpc::ErrorCode::invalidParams, QStringLiteral("%1 cannot be read").arg(file) };
    return readText(*text, file);
}

/// `text` with `name` set to `literal`: its line replaced where it has one, else a line at the top.
QByteArray withLine(const QByteArray &text, const QString &name, const QString &literal)
{
    const toml::parse_result parsed =
        toml::parse(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
    QList<QByteArray> lines = text.split('\n');
    const auto node = parsed ? parsed.table().at_path(name.toStdString()) : toml::node_view<const toml::node> {};
    if (!node)
        return (name + QStringLiteral(" = ") + literal + u'\n').toUtf8() + text;
    const auto line = static_cast<qsizetype>(node.node()->source().begin.line) - 1;
    const qsizetype equals = lines.at(line).indexOf('=');
    lines[line] = lines.at(line).left(equals + 1) + ' ' + literal.toUtf8();
    return lines.join('\n');
}

} // namespace

RpcResult<Settings> Settings::load(const rpc::ProfilePaths &paths, const QProcessEnvironment &environment)
{
    KITH_TRY(const Found ofSystem, readFile(QString::fromLatin1(systemFile)));
    KITH_TRY(const Found ofUser, readFile(paths.configFile));
    Found ofEnvironment;
    if (const QString format = environment.value(QStringLiteral("KITH_OUTPUT")); !format.isEmpty()) {
        if (!fits(*find(QStringLiteral("output.format")), format))
            return RpcError { rpc::ErrorCode::invalidParams, QStringLiteral("KITH_OUTPUT names no format"),
                              QStringLiteral("use table, plain, json or jsonl") };
        ofEnvironment.insert(QStringLiteral("output.format"), format);
    }
    Settings result;
    for (const Known &one : known) {
        const QString name = QString::fromLatin1(one.name);
        Setting setting { name, QString::fromLatin1(one.fallback), QStringLiteral("default") };
        for (const auto &[found, origin] : { std::pair(&ofSystem, "system"), std::pair(&ofUser, "user"),
                                             std::pair<const Found *, const char *>(&ofEnvironment, "environment") }) {
            if (found->contains(name))
                setting = { name, found->value(name), QString::fromLatin1(origin) };
        }
        result.settings_.push_back(setting);
    }
    return result;
}

QString Settings::value(const char *name) const
{
    for (const Setting &setting : settings_) {
        if (setting.name == QLatin1StringView(name))
            return setting.value;
    }
    return {};
}

Result<Setting> Settings::change(const rpc::ProfilePaths &paths, const QString &name, const QString &value)
{
    const Known *one = find(name);
    if (!one)
        return Error { ErrorCode::notFound, "there is no setting of that name" };
    if (!fits(*one, value))
        return Error { ErrorCode::invalid, "a bad value for this setting" };
    QByteArray text;
    const std::string file = QFile::encodeName(paths.configFile).toStdString();
    if (QFileInfo::exists(paths.configFile)) {
        KITH_TRY(text, readWhole(file, fileLimit));
    } else {
        KITH_CHECK(makePrivateFolder(QFile::encodeName(QFileInfo(paths.configFile).path()).toStdString()));
    }
    // The form of every setting leaves nothing to escape.
    const QString literal = one->isSwitch ? value : u'"' + value + u'"';
    const QByteArray changed = withLine(text, name, literal);
    if (const auto again = readText(changed, paths.configFile); !again || again->value(name) != value)
        return Error { ErrorCode::conflict, "this file needs a change by hand" };
    KITH_CHECK(writeDurably(file, viewOf(changed)));
    return Setting { name, value, QStringLiteral("user") };
}

} // namespace kith::cli
