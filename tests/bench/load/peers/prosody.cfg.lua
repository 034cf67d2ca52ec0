-- SPDX-FileCopyrightText: 2026 The Kith authors
-- SPDX-License-Identifier: GPL-3.0-or-later
pidfile = "./prosody.pid"
data_path = "./data"
run_as_root = true
daemonize = false
interfaces = { "127.0.0.1" }
c2s_ports = { @PORT@ }
s2s_ports = {}
legacy_ssl_ports = {}
network_backend = "epoll"
network_settings = { tcp_backlog = 4096 }
modules_enabled = { "roster", "saslauth", "disco", "register", "smacks", "offline", "ping" }
modules_disabled = { "s2s", "tls", "posix" }
allow_registration = true
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
authentication = "internal_plain"
storage = "internal"
limits = {}
smacks_max_unacked_stanzas = 0
log = { warn = "./prosody.log" }
VirtualHost "localhost"
