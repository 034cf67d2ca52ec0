// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/rpc/error.h"

#include <QHash>
#include <QJsonObject>
#include <QRegularExpression>

namespace kith::rpc {

/// The shipped JSON Schemas (resources/rpc/v1), read on first use, and the checker of the subset that they use: type,
/// properties, required, additionalProperties, enum, pattern, items, min/maxItems, min/maxLength, minimum, maximum and
/// $ref to another file. One thread; each owner makes its own.
class SchemaSet {
public:
    SchemaSet();

    /// Checks `value` against the schema `name` ("send.params", "event.typing", "type.message").
    /// Errors: invalidParams, whose message names the place and the broken rule, never the value; internal for a name
    /// that is not shipped.
    RpcResult<void> validate(const QString &name, const QJsonValue &value);

    /// The schema as shipped; empty when there is none.
    QJsonObject document(const QString &name);

private:
    RpcResult<void> check(const QJsonObject &schema, const QJsonValue &value, const QString &place, int depth);
    RpcResult<void> checkString(const QJsonObject &schema, const QString &value, const QString &place);
    RpcResult<void> checkArray(const QJsonObject &schema, const QJsonArray &value, const QString &place, int depth);
    RpcResult<void> checkObject(const QJsonObject &schema, const QJsonObject &value, const QString &place, int depth);
    const QRegularExpression &pattern(const QString &text);

    QHash<QString, QJsonObject> documents_;
    QHash<QString, QRegularExpression> patterns_;
};

/// Names of all shipped schemas, without ".json", sorted.
QStringList shippedSchemas();

} // namespace kith::rpc
