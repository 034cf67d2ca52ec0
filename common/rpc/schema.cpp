// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/schema.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

// A resource inside a static library is only linked when somebody names it.
static void readResource()
{
    Q_INIT_RESOURCE(rpc);
}

namespace kith::rpc {

namespace {

constexpr QLatin1StringView folder(":/kith/rpc/v1/");
constexpr QLatin1StringView suffix(".json");

/// PCRE's $ also matches before a last newline, that of JSON Schema does not.
QString strictEnd(QString pattern)
{
    if (pattern.endsWith(u'$'))
        pattern.replace(pattern.size() - 1, 1, QStringLiteral("\\z"));
    return pattern;
}

RpcError broken(const QString &place, const QString &rule)
{
    return { ErrorCode::invalidParams, QStringLiteral("%1: %2").arg(place, rule) };
}

bool isWhole(const QJsonValue &value)
{
    return value.isDouble() && value.toDouble() == std::floor(value.toDouble());
}

bool isOfType(const QJsonValue &value, const QString &type)
{
    if (type == u"object")
        return value.isObject();
    if (type == u"array")
        return value.isArray();
    if (type == u"string")
        return value.isString();
    if (type == u"boolean")
        return value.isBool();
    if (type == u"integer")
        return isWhole(value);
    return type == u"number" && value.isDouble();
}

RpcResult<void> checkType(const QJsonValue &wanted, const QJsonValue &value, const QString &place)
{
    QStringList types;
    if (wanted.isString())
        types.append(wanted.toString());
    for (const QJsonValue &type : wanted.toArray())
        types.append(type.toString());
    for (const QString &type : types) {
        if (isOfType(value, type))
            return {};
    }
    return broken(place, QStringLiteral("must be %1").arg(types.join(QStringLiteral(" or "))));
}

RpcResult<void> checkNumber(const QJsonObject &schema, double value, const QString &place)
{
    const QJsonValue least = schema.value(u"minimum");
    if (least.isDouble() && value < least.toDouble())
        return broken(place, QStringLiteral("must be at least %1").arg(least.toDouble()));
    const QJsonValue most = schema.value(u"maximum");
    if (most.isDouble() && value > most.toDouble())
        return broken(place, QStringLiteral("must be at most %1").arg(most.toDouble()));
    return {};
}

RpcResult<void> checkCount(const QJsonObject &schema, qsizetype count, const char *least, const char *most,
                           const QString &place, const QString &what)
{
    const QJsonValue low = schema.value(QLatin1StringView(least));
    if (low.isDouble() && count < low.toInteger())
        return broken(place, QStringLiteral("needs at least %1 %2").arg(low.toInteger()).arg(what));
    const QJsonValue high = schema.value(QLatin1StringView(most));
    if (high.isDouble() && count > high.toInteger())
        return broken(place, QStringLiteral("has more than %1 %2").arg(high.toInteger()).arg(what));
    return {};
}

} // namespace

SchemaSet::SchemaSet()
{
    readResource();
}

QStringList shippedSchemas()
{
    readResource();
    QStringList names = QDir(folder).entryList({ QStringLiteral("*.json") }, QDir::Files, QDir::Name);
    for (QString &name : names)
        name.chop(suffix.size());
    return names;
}

QJsonObject SchemaSet::document(const QString &name)
{
    if (const auto known = documents_.constFind(name); known != documents_.constEnd())
        return *known;
    QFile file(folder + name + suffix);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return *documents_.insert(name, QJsonDocument::fromJson(file.readAll()).object());
}

RpcResult<void> SchemaSet::validate(const QString &name, const QJsonValue &value)
{
    const QJsonObject schema = document(name);
    if (schema.isEmpty())
        return RpcError { ErrorCode::internal, QStringLiteral("there is no schema of that name") };
    const bool ofCall = name.endsWith(u".params");
    return check(schema, value, ofCall ? QStringLiteral("params") : name, 0);
}

RpcResult<void> SchemaSet::check(const QJsonObject &schema, const QJsonValue &value, const QString &place, int depth)
{
    constexpr int depthLimit = 16; // our own files: only a loop of references is deeper
    if (depth > depthLimit)
        return RpcError { ErrorCode::internal, QStringLiteral("a schema refers to itself") };
    if (const QString other = schema.value(u"$ref").toString(); !other.isEmpty())
        return check(document(other.chopped(suffix.size())), value, place, depth + 1);
    if (schema.contains(u"type"))
        KITH_CHECK(checkType(schema.value(u"type"), value, place));
    if (const QJsonArray allowed = schema.value(u"enum").toArray(); !allowed.isEmpty() && !allowed.contains(value))
        return broken(place, QStringLiteral("is none of the allowed values"));
    if (value.isDouble())
        return checkNumber(schema, value.toDouble(), place);
    if (value.isString())
        return checkString(schema, value.toString(), place);
    if (value.isArray())
        return checkArray(schema, value.toArray(), place, depth);
    return value.isObject() ? checkObject(schema, value.toObject(), place, depth) : RpcResult<void> {};
}

RpcResult<void> SchemaSet::checkString(const QJsonObject &schema, const QString &value, const QString &place)
{
    KITH_CHECK(checkCount(schema, value.size(), "minLength", "maxLength", place, QStringLiteral("characters")));
    const QString text = schema.value(u"pattern").toString();
    if (!text.isEmpty() && !pattern(text).match(value).hasMatch())
        return broken(place, QStringLiteral("has the wrong form"));
    return {};
}

RpcResult<void> SchemaSet::checkArray(const QJsonObject &schema, const QJsonArray &value, const QString &place,
                                      int depth)
{
    KITH_CHECK(checkCount(schema, value.size(), "minItems", "maxItems", place, QStringLiteral("items")));
    const QJsonObject items = schema.value(u"items").toObject();
    for (qsizetype i = 0; i < value.size(); ++i)
        KITH_CHECK(check(items, value.at(i), QStringLiteral("%1[%2]").arg(place).arg(i), depth + 1));
    return {};
}

RpcResult<void> SchemaSet::checkObject(const QJsonObject &schema, const QJsonObject &value, const QString &place,
                                       int depth)
{
    for (const QJsonValue &name : schema.value(u"required").toArray()) {
        if (!value.contains(name.toString()))
            return broken(place, QStringLiteral("lacks \"%1\"").arg(name.toString()));
    }
    const QJsonObject known = schema.value(u"properties").toObject();
    const QJsonValue others = schema.value(u"additionalProperties");
    for (auto it = value.constBegin(); it != value.constEnd(); ++it) {
        const bool isKnown = known.contains(it.key());
        if (!isKnown && others.isBool() && !others.toBool())
            return broken(place, QStringLiteral("has a member that this method does not know"));
        const QJsonObject rule = isKnown ? known.value(it.key()).toObject() : others.toObject();
        const QString inner = isKnown ? place + u'.' + it.key() : place + QStringLiteral(".*");
        KITH_CHECK(check(rule, it.value(), inner, depth + 1));
    }
    return {};
}

const QRegularExpression &SchemaSet::pattern(const QString &text)
{
    auto known = patterns_.find(text);
    if (known == patterns_.end())
        known = patterns_.insert(text, QRegularExpression(strictEnd(text)));
    return *known;
}

} // namespace kith::rpc
