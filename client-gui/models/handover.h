// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJSEngine>
#include <QQmlEngine>
#include <QVariant>

namespace kith::gui {

/// How main's objects become QML singletons without a global: main hands each to the engine before it loads anything,
/// and the type's create() takes it from there.
template <class T>
void handOver(QQmlEngine &engine, T &object)
{
    QJSEngine::setObjectOwnership(&object, QJSEngine::CppOwnership);
    engine.setProperty(T::staticMetaObject.className(), QVariant::fromValue<QObject *>(&object));
}

template <class T>
T *handedOver(const QJSEngine *engine)
{
    auto *object = qobject_cast<T *>(engine->property(T::staticMetaObject.className()).template value<QObject *>());
    Q_ASSERT(object); // main forgot it
    return object;
}

} // namespace kith::gui
