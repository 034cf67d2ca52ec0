// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/wire/frame.pb.h"
#include "common/wire/frames.h"

/// The generated member of each body type. Room-private: only codec.cpp includes it.
namespace kith::wire {

inline v1::Hello &bodyOf(v1::ClientFrame &frame, const Hello &)
{
    return *frame.mutable_hello();
}
inline v1::Register &bodyOf(v1::ClientFrame &frame, const Register &)
{
    return *frame.mutable_register_();
}
inline v1::Authenticate &bodyOf(v1::ClientFrame &frame, const Authenticate &)
{
    return *frame.mutable_authenticate();
}
inline v1::Lookup &bodyOf(v1::ClientFrame &frame, const Lookup &)
{
    return *frame.mutable_lookup();
}
inline v1::LookupAccount &bodyOf(v1::ClientFrame &frame, const LookupAccount &)
{
    return *frame.mutable_lookup_account();
}
inline v1::SetRelation &bodyOf(v1::ClientFrame &frame, const SetRelation &)
{
    return *frame.mutable_set_relation();
}
inline v1::SetProfile &bodyOf(v1::ClientFrame &frame, const SetProfile &)
{
    return *frame.mutable_set_profile();
}
inline v1::FetchProfile &bodyOf(v1::ClientFrame &frame, const FetchProfile &)
{
    return *frame.mutable_fetch_profile();
}
inline v1::DeleteAccount &bodyOf(v1::ClientFrame &frame, const DeleteAccount &)
{
    return *frame.mutable_delete_account();
}
inline v1::PublishDeviceList &bodyOf(v1::ClientFrame &frame, const PublishDeviceList &)
{
    return *frame.mutable_publish_device_list();
}
inline v1::PublishPreKeys &bodyOf(v1::ClientFrame &frame, const PublishPreKeys &)
{
    return *frame.mutable_publish_pre_keys();
}
inline v1::CountPreKeys &bodyOf(v1::ClientFrame &frame, const CountPreKeys &)
{
    return *frame.mutable_count_pre_keys();
}
inline v1::FetchBundles &bodyOf(v1::ClientFrame &frame, const FetchBundles &)
{
    return *frame.mutable_fetch_bundles();
}
inline v1::SendMessage &bodyOf(v1::ClientFrame &frame, const SendMessage &)
{
    return *frame.mutable_send_message();
}
inline v1::Ack &bodyOf(v1::ClientFrame &frame, const Ack &)
{
    return *frame.mutable_ack();
}
inline v1::Heartbeat &bodyOf(v1::ClientFrame &frame, const Heartbeat &)
{
    return *frame.mutable_heartbeat();
}
inline v1::Ephemeral &bodyOf(v1::ClientFrame &frame, const Ephemeral &)
{
    return *frame.mutable_ephemeral();
}
inline v1::ServerHello &bodyOf(v1::ServerFrame &frame, const ServerHello &)
{
    return *frame.mutable_hello();
}
inline v1::Challenge &bodyOf(v1::ServerFrame &frame, const Challenge &)
{
    return *frame.mutable_challenge();
}
inline v1::Ready &bodyOf(v1::ServerFrame &frame, const Ready &)
{
    return *frame.mutable_ready();
}
inline v1::AccountInfo &bodyOf(v1::ServerFrame &frame, const AccountInfo &)
{
    return *frame.mutable_account_info();
}
inline v1::Profile &bodyOf(v1::ServerFrame &frame, const Profile &)
{
    return *frame.mutable_profile();
}
inline v1::PreKeyCount &bodyOf(v1::ServerFrame &frame, const PreKeyCount &)
{
    return *frame.mutable_pre_key_count();
}
inline v1::Bundles &bodyOf(v1::ServerFrame &frame, const Bundles &)
{
    return *frame.mutable_bundles();
}
inline v1::Accepted &bodyOf(v1::ServerFrame &frame, const Accepted &)
{
    return *frame.mutable_accepted();
}
inline v1::DeviceMismatch &bodyOf(v1::ServerFrame &frame, const DeviceMismatch &)
{
    return *frame.mutable_device_mismatch();
}
inline v1::Deliver &bodyOf(v1::ServerFrame &frame, const Deliver &)
{
    return *frame.mutable_deliver();
}
inline v1::Drained &bodyOf(v1::ServerFrame &frame, const Drained &)
{
    return *frame.mutable_drained();
}
inline v1::Ephemeral &bodyOf(v1::ServerFrame &frame, const Ephemeral &)
{
    return *frame.mutable_ephemeral();
}
inline v1::PreKeysLow &bodyOf(v1::ServerFrame &frame, const PreKeysLow &)
{
    return *frame.mutable_pre_keys_low();
}
inline v1::GoAway &bodyOf(v1::ServerFrame &frame, const GoAway &)
{
    return *frame.mutable_go_away();
}
inline v1::Done &bodyOf(v1::ServerFrame &frame, const Done &)
{
    return *frame.mutable_done();
}
inline v1::Fault &bodyOf(v1::ServerFrame &frame, const Fault &)
{
    return *frame.mutable_fault();
}

} // namespace kith::wire
