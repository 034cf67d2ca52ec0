// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Random conversations between our driver and the Rust library, out of order and in both directions; then safety
// numbers. Usage: node conversations.mjs DRIVER CONVERSATIONS [SEED]
// covers: security C22, C27
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { strict as assert } from 'node:assert';

const require = createRequire(process.cwd() + '/');
const Rust = require('@signalapp/libsignal-client');

const [driverPath, count, seedText] = process.argv.slice(2);
const seed = Number(seedText ?? (randomBytes(4).readUInt32LE() >>> 0));
console.log(`seed ${seed}`);

let state = seed >>> 0;
function below(bound) { // mulberry32
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) % bound;
}

const driver = spawn(driverPath, { stdio: ['pipe', 'pipe', 'inherit'] });
const lines = createInterface({ input: driver.stdout })[Symbol.asyncIterator]();
async function ask(request) {
  driver.stdin.write(JSON.stringify(request) + '\n');
  const { value, done } = await lines.next();
  assert(!done, 'the driver ended');
  const reply = JSON.parse(value);
  assert(!reply.error, `${request.op}: ${reply.error}`);
  return reply;
}
const base64 = bytes => Buffer.from(bytes).toString('base64');
const bytes = text => Buffer.from(text, 'base64');

class Sessions extends Rust.SessionStore {
  map = new Map();
  async saveSession(name, record) { this.map.set(name.toString(), record.serialize()); }
  async getSession(name) {
    const record = this.map.get(name.toString());
    return record ? Rust.SessionRecord.deserialize(record) : null;
  }
  async getExistingSessions(names) { return Promise.all(names.map(name => this.getSession(name))); }
}
class Identity extends Rust.IdentityKeyStore {
  key = Rust.PrivateKey.generate();
  registrationId = 1 + below(16380);
  map = new Map();
  async getIdentityKey() { return this.key; }
  async getLocalRegistrationId() { return this.registrationId; }
  async saveIdentity(name, key) { this.map.set(name.toString(), key); return false; }
  async isTrustedIdentity() { return true; }
  async getIdentity(name) { return this.map.get(name.toString()) ?? null; }
}
class PreKeys extends Rust.PreKeyStore {
  map = new Map();
  async savePreKey(id, record) { this.map.set(id, record); }
  async getPreKey(id) { return this.map.get(id); }
  async removePreKey(id) { this.map.delete(id); }
}
class SignedPreKeys extends Rust.SignedPreKeyStore {
  map = new Map();
  async saveSignedPreKey(id, record) { this.map.set(id, record); }
  async getSignedPreKey(id) { return this.map.get(id); }
}

class RustParty {
  sessions = new Sessions();
  identity = new Identity();
  preKeys = new PreKeys();
  signedPreKeys = new SignedPreKeys();
  peer = Rust.ProtocolAddress.new('kith', 1);

  get identityKey() { return base64(this.identity.key.getPublicKey().serialize()); }
  async bundle(withOneTimeKey) {
    const signed = Rust.PrivateKey.generate();
    const signature = this.identity.key.sign(signed.getPublicKey().serialize());
    await this.signedPreKeys.saveSignedPreKey(5,
      Rust.SignedPreKeyRecord.new(5, Date.now(), signed.getPublicKey(), signed, signature));
    const bundle = { registrationId: this.identity.registrationId, identityKey: this.identityKey, signedPreKeyId: 5,
      signedPreKey: base64(signed.getPublicKey().serialize()), signature: base64(signature) };
    if (!withOneTimeKey)
      return bundle;
    const oneTime = Rust.PrivateKey.generate();
    await this.preKeys.savePreKey(9, Rust.PreKeyRecord.new(9, oneTime.getPublicKey(), oneTime));
    return { ...bundle, oneTimeId: 9, oneTimeKey: base64(oneTime.getPublicKey().serialize()) };
  }
  async establish(bundle) {
    const key = text => Rust.PublicKey.deserialize(bytes(text));
    await Rust.processPreKeyBundle(Rust.PreKeyBundle.new(bundle.registrationId, 1, bundle.oneTimeId ?? null,
      bundle.oneTimeKey ? key(bundle.oneTimeKey) : null, bundle.signedPreKeyId, key(bundle.signedPreKey),
      bytes(bundle.signature), key(bundle.identityKey)), this.peer, this.sessions, this.identity);
  }
  async encrypt(text) {
    const message = await Rust.signalEncrypt(text, this.peer, this.sessions, this.identity);
    return { type: message.type(), bytes: base64(message.serialize()) };
  }
  async decrypt({ type, bytes: text }) {
    return type === 3
      ? Rust.signalDecryptPreKey(Rust.PreKeySignalMessage.deserialize(bytes(text)), this.peer, this.sessions,
        this.identity, this.preKeys, this.signedPreKeys)
      : Rust.signalDecrypt(Rust.SignalMessage.deserialize(bytes(text)), this.peer, this.sessions, this.identity);
  }
}

async function converse() {
  await ask({ op: 'new' });
  const rust = new RustParty();
  const oursBegin = below(2) === 0;
  const withOneTimeKey = below(2) === 0;
  if (oursBegin)
    await ask({ op: 'establish', ...await rust.bundle(withOneTimeKey) });
  else
    await rust.establish(await ask({ op: 'bundle', oneTimeId: withOneTimeKey ? 1 + below(10) : 0 }));

  const flying = [];
  let otherCanSend = false;
  let opened = 0;
  const steps = 10 + below(40);
  for (let step = 0; step < steps || flying.length > 0; ++step) {
    if (step < steps && below(2) === 0) {
      const fromOurs = otherCanSend ? below(2) === 0 : oursBegin;
      const text = randomBytes(below(4) === 0 ? below(3000) : below(40));
      flying.push({ fromOurs, text,
        message: fromOurs ? await ask({ op: 'encrypt', text: base64(text) }) : await rust.encrypt(text) });
    } else if (flying.length > 0) {
      const [one] = flying.splice(below(flying.length), 1);
      const text = one.fromOurs ? await rust.decrypt(one.message)
        : bytes((await ask({ op: 'decrypt', identityKey: rust.identityKey, ...one.message })).text);
      assert(Buffer.compare(text, one.text) === 0, 'another text came out');
      otherCanSend = otherCanSend || one.fromOurs === oursBegin;
      ++opened;
    }
  }
  return opened;
}

async function compareSafetyNumbers() {
  const [self, other] = [randomBytes(16), randomBytes(16)];
  const [selfKey, otherKey] = [randomBytes(32), randomBytes(32)];
  const ours = await ask({ op: 'safetyNumber', self: base64(self), other: base64(other), selfKey: base64(selfKey),
    otherKey: base64(otherKey) });
  const key = octets => Rust.PublicKey.deserialize(Buffer.concat([Buffer.from([5]), octets]));
  const name = account => Buffer.from(account.toString('hex'));
  const theirs = Rust.Fingerprint.new(5200, 1, name(self), key(selfKey), name(other), key(otherKey));
  assert.equal(ours.digits, theirs.displayableFingerprint().toString());
  assert.equal(ours.digits.length, 60);
  assert.equal(ours.scannable, base64(theirs.scannableFingerprint().toBuffer()));
}

let messages = 0;
for (let i = 0; i < Number(count); ++i)
  messages += await converse();
for (let i = 0; i < 20; ++i)
  await compareSafetyNumbers();
driver.stdin.end();
assert(messages > 0);
console.log(`${count} conversations, ${messages} messages, 20 safety numbers: all equal`);
