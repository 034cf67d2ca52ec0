// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/codec.h"

namespace kith::wire {

namespace {

struct KindOf {
    const char *operator()(const Hello &) const { return "hello"; }
    const char *operator()(const Register &) const { return "register"; }
    const char *operator()(const Authenticate &) const { return "authenticate"; }
    const char *operator()(const Lookup &) const { return "lookup"; }
    const char *operator()(const LookupAccount &) const { return "lookup-account"; }
    const char *operator()(const SetRelation &) const { return "relation"; }
    const char *operator()(const SetProfile &) const { return "set-profile"; }
    const char *operator()(const FetchProfile &) const { return "fetch-profile"; }
    const char *operator()(const DeleteAccount &) const { return "delete-account"; }
    const char *operator()(const PublishDeviceList &) const { return "publish-devices"; }
    const char *operator()(const PublishPreKeys &) const { return "publish-prekeys"; }
    const char *operator()(const CountPreKeys &) const { return "count-prekeys"; }
    const char *operator()(const FetchBundles &) const { return "fetch-bundles"; }
    const char *operator()(const SendMessage &) const { return "send"; }
    const char *operator()(const Ack &) const { return "ack"; }
    const char *operator()(const Heartbeat &) const { return "heartbeat"; }
    const char *operator()(const Ephemeral &) const { return "ephemeral"; }
    const char *operator()(const ServerHello &) const { return "hello"; }
    const char *operator()(const Challenge &) const { return "challenge"; }
    const char *operator()(const Ready &) const { return "ready"; }
    const char *operator()(const AccountInfo &) const { return "account-info"; }
    const char *operator()(const Profile &) const { return "profile"; }
    const char *operator()(const PreKeyCount &) const { return "prekey-count"; }
    const char *operator()(const Bundles &) const { return "bundles"; }
    const char *operator()(const Accepted &) const { return "accepted"; }
    const char *operator()(const DeviceMismatch &) const { return "device-mismatch"; }
    const char *operator()(const Deliver &) const { return "deliver"; }
    const char *operator()(const Drained &) const { return "drained"; }
    const char *operator()(const PreKeysLow &) const { return "prekeys-low"; }
    const char *operator()(const GoAway &) const { return "go-away"; }
    const char *operator()(const Done &) const { return "done"; }
    const char *operator()(const Fault &) const { return "fault"; }
};

} // namespace

const char *kindOf(const ClientBody &body)
{
    return std::visit(KindOf {}, body);
}

const char *kindOf(const ServerBody &body)
{
    return std::visit(KindOf {}, body);
}

} // namespace kith::wire
