// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// framing.mjs SERVER_PROGRAM: a foreign WebSocket client (npm ws) against the gateway, on both of its transports.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import WebSocket from 'ws';

const program = process.argv[2];

async function serve(transport) {
  const folder = mkdtempSync(join(tmpdir(), 'kith-ws-'));
  const server = spawn(program, ['run', '--dev', '--gateway', transport, '--listen', '127.0.0.1:0', '--listen-admin',
    '127.0.0.1:0', '--data-dir', folder, '--print-ready', 'json'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const line = await new Promise((resolve, reject) => {
    createInterface({ input: server.stdout }).once('line', resolve);
    server.once('exit', code => reject(new Error(`the server ended with ${code}`)));
  });
  const stop = () => new Promise(resolve => {
    server.once('exit', () => { rmSync(folder, { recursive: true }); resolve(); });
    server.kill();
  });
  return { url: JSON.parse(line).gateway, stop };
}

class Peer {
  constructor(url, options = {}, protocol = 'kith.v1') {
    this.answers = 0;
    this.pongs = [];
    this.socket = new WebSocket(url, protocol, options);
    this.socket.on('message', (data, isBinary) => { assert(isBinary); this.answers++; });
    this.socket.on('pong', data => this.pongs.push(data.toString()));
    this.open = new Promise((resolve, reject) => { this.socket.once('open', resolve); this.socket.once('error', reject); });
    this.closed = new Promise(resolve => this.socket.once('close', code => resolve(code)));
  }
  async answered(count) {
    while (this.answers < count) await new Promise(resolve => this.socket.once('message', resolve));
  }
}

/// Bytes that are no frame of the protocol: each is answered by a Fault, and the tenth closes.
const nonsense = size => Buffer.alloc(size, 0xff);

const cases = {
  async 'answers messages of every length form'(url) {
    const peer = new Peer(url);
    await peer.open;
    const sizes = [1, 125, 126, 65535, 65536, 128 * 1024];
    for (const size of sizes) peer.socket.send(nonsense(size));
    await peer.answered(sizes.length);
    peer.socket.close(1000, 'done');
    assert.equal(await peer.closed, 1000);
  },
  async 'joins fragments and answers pings between them'(url) {
    const peer = new Peer(url);
    await peer.open;
    peer.socket.send(nonsense(3), { fin: false });
    peer.socket.ping('between');
    peer.socket.send(nonsense(3), { fin: true });
    await peer.answered(1);
    assert.deepEqual(peer.pongs, ['between']);
    peer.socket.close(4000);
    assert.equal(await peer.closed, 4000);
  },
  async 'agrees to no compression'(url) {
    const peer = new Peer(url, { perMessageDeflate: true });
    await peer.open;
    assert.equal(peer.socket.extensions, '');
    assert.equal(peer.socket.protocol, 'kith.v1');
    peer.socket.send(nonsense(2000));
    await peer.answered(1);
    peer.socket.terminate();
  },
  async 'closes text with 1008'(url) {
    const peer = new Peer(url);
    await peer.open;
    peer.socket.send('text');
    assert.equal(await peer.closed, 1008);
  },
  async 'closes what is too big with 1009'(url) {
    const peer = new Peer(url);
    await peer.open;
    peer.socket.send(nonsense(128 * 1024 + 1));
    assert.equal(await peer.closed, 1009);
  },
  async 'closes the tenth error with 1008'(url) {
    const peer = new Peer(url);
    await peer.open;
    for (let i = 0; i < 10; ++i) peer.socket.send(nonsense(3));
    assert.equal(await peer.closed, 1008);
    assert.equal(peer.answers, 10);
  },
  async 'refuses browser pages with 403'(url) {
    await assert.rejects(new Peer(url, { origin: 'https://evil.example' }).open, /403/);
  },
  async 'closes other protocols with 1008'(url) {
    const peer = new Peer(url, {}, []);
    await peer.open;
    assert.equal(await peer.closed, 1008);
  },
};

for (const transport of ['lean', 'qt']) {
  const { url, stop } = await serve(transport);
  for (const [name, run] of Object.entries(cases)) {
    await run(url);
    console.log(`ok ${transport}: ${name}`);
  }
  await stop();
}
