'use strict';
const crypto = require('crypto');
const { Refusal, need, sha256, unpadded, bech32Decode, bech32Encode } = require('./common');

const LABEL = 'age-encryption.org/v1';
const CHUNK = 65536;
const SEALED = CHUNK + 16;
const ZERO = Buffer.alloc(12);

/** Derives 32 bytes with HKDF-SHA256. */
function hkdf(secret, salt, info) {
  return Buffer.from(crypto.hkdfSync('sha256', secret, salt, info, 32));
}

/** Opens one ChaCha20-Poly1305 box; null when its tag is wrong. */
function unbox(key, nonce, sealed) {
  const tagAt = sealed.length - 16;
  const d = crypto.createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
  d.setAuthTag(sealed.subarray(tagAt));
  const plain = d.update(sealed.subarray(0, tagAt));
  try {
    d.final();
  } catch {
    return null;
  }
  return plain;
}

/** Makes a key object of a raw X25519 public key. */
function publicKey(raw) {
  return crypto.createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: raw.toString('base64url') }, format: 'jwk' });
}

/** Reads an age identity file (F20.1) into private keys with their public key and key id (F8.2). */
function parseIdentities(text) {
  const lines = text.split(/\r?\n/).map((l) => l.trim()).filter((l) => l && !l.startsWith('#'));
  return lines.map((line) => {
    const raw = bech32Decode('age-secret-key-', line.toLowerCase());
    if (!raw) throw new Error('not an age identity');
    const der = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), raw]);
    const secret = crypto.createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const open = Buffer.from(crypto.createPublicKey(secret).export({ format: 'jwk' }).x, 'base64url');
    return { secret, open, keyId: sha256(bech32Encode('age', open)).slice(0, 16) };
  });
}

/** Reads the text of an age header: F8.1, F8.3. Gives stanzas, the signed part, the MAC and where the payload begins. */
function parseHeader(bytes, recipients) {
  const bound = 22 + 400 * (recipients + 2);
  const text = bytes.toString('latin1');
  const row = text.indexOf('\n---') + 1;
  need(row > 0 && row + 3 <= bound, 'PKG_CORRUPT', 'F8.3');
  const last = /^--- ([A-Za-z0-9+/]{43})\n/.exec(text.slice(row, row + 48));
  const mac = last && unpadded(last[1]);
  need(mac, 'PKG_CORRUPT', 'F8.1');
  const rows = text.slice(0, row - 1).split('\n');
  need(rows.shift() === LABEL, 'PKG_CORRUPT', 'F8.1');
  const stanzas = [];
  while (rows.length) {
    stanzas.push(parseStanza(rows));
    need(stanzas.length <= recipients + 2, 'PKG_CORRUPT', 'F8.3');
  }
  need(stanzas.length > 0, 'PKG_CORRUPT', 'F8.1');
  return { stanzas, signed: bytes.subarray(0, row + 3), mac, end: row + 48 };
}

/** Takes one stanza off the rows of an age header. */
function parseStanza(rows) {
  const head = rows.shift();
  need(/^->(?: [\x21-\x7e]+)+$/.test(head), 'PKG_CORRUPT', 'F8.1');
  let body = '';
  for (;;) {
    const row = rows.shift();
    need(row !== undefined && row.length <= 64, 'PKG_CORRUPT', 'F8.1');
    body += row;
    if (row.length < 64) break;
  }
  const decoded = unpadded(body);
  need(decoded, 'PKG_CORRUPT', 'F8.1');
  const [type, ...args] = head.slice(3).split(' ');
  return { type, args, body: decoded };
}

/** Opens an X25519 stanza with one identity; null when it is not for that one. */
function openX25519(stanza, identity) {
  const share = stanza.args.length === 1 ? unpadded(stanza.args[0]) : null;
  need(share && share.length === 32 && stanza.body.length === 32, 'PKG_CORRUPT', 'F8.1');
  let shared;
  try {
    shared = crypto.diffieHellman({ privateKey: identity.secret, publicKey: publicKey(share) });
  } catch {
    throw new Refusal('PKG_CORRUPT', 'F8.1 share of low order');
  }
  const wrap = hkdf(shared, Buffer.concat([share, identity.open]), LABEL + '/X25519');
  return unbox(wrap, ZERO, stanza.body);
}

/**
 * Finds the file key among X25519 stanzas, tried in their order until one opens: F8.1, F8.4.
 * A malformed one that is met before refuses; those behind are not looked at.
 */
function findKey(stanzas, keys) {
  need(stanzas.length === 1 || stanzas.every((s) => s.type !== 'scrypt'), 'PKG_CORRUPT', 'F8.1');
  for (const identity of keys.identities) {
    for (const s of stanzas.filter((one) => one.type === 'X25519')) {
      const key = openX25519(s, identity);
      if (key) return key;
    }
  }
  throw new Refusal('NOT_FOR_US', 'F8.4');
}

/** Finds the file key of a scrypt stanza: F8.5. */
function findScryptKey(stanzas, keys) {
  const [s] = stanzas;
  need(stanzas.length === 1 && s.type === 'scrypt' && s.args.length === 2, 'PKG_CORRUPT', 'F8.5');
  const salt = unpadded(s.args[0]);
  need(salt && salt.length === 16 && s.body.length === 32, 'PKG_CORRUPT', 'F8.5');
  need(/^[1-9][0-9]?$/.test(s.args[1]) && Number(s.args[1]) <= 19, 'PKG_CORRUPT', 'F8.5');
  const options = { N: 2 ** Number(s.args[1]), r: 8, p: 1, maxmem: 1 << 30 };
  const wrap = crypto.scryptSync(Buffer.from(keys.passphrase), Buffer.concat([Buffer.from(LABEL + '/scrypt'), salt]), 32, options);
  const key = unbox(wrap, ZERO, s.body);
  need(key, 'NOT_FOR_US', 'F8.5');
  return key;
}

/**
 * Opens a sealed member as far as its header: F8.1–F8.5.
 * Gives the length of the plaintext, told before anything is deciphered, and its chunks.
 */
function openSealed(zip, member, recipients, keys) {
  need(recipients.length ? keys.identities.length : keys.passphrase !== null, 'NOT_FOR_US', 'F8.4, F8.5');
  const head = zip.at(member.dataAt, Math.min(member.size, 22 + 400 * (recipients.length + 2) + 60));
  const header = parseHeader(head, recipients.length);
  const fileKey = recipients.length ? findKey(header.stanzas, keys) : findScryptKey(header.stanzas, keys);
  const mac = crypto.createHmac('sha256', hkdf(fileKey, '', 'header')).update(header.signed).digest();
  need(mac.equals(header.mac), 'PKG_CORRUPT', 'F8.1');
  const start = member.dataAt + header.end + 16;
  const sealed = member.dataEnd - start;
  const count = Math.ceil(sealed / SEALED);
  const rest = sealed - (count - 1) * SEALED;
  need(sealed >= 16 && rest >= (count > 1 ? 17 : 16), 'PKG_CORRUPT', 'F8.1');
  const key = hkdf(fileKey, zip.at(start - 16, 16), 'payload');
  return { length: sealed - 16 * count, chunks: () => chunks(zip, start, sealed, key) };
}

/** Deciphers the chunks of a payload one by one (STREAM of age). */
function* chunks(zip, start, sealed, key) {
  for (let p = 0, i = 0; p < sealed; p += SEALED, i++) {
    const nonce = Buffer.alloc(12);
    nonce.writeUIntBE(i, 5, 6);
    nonce[11] = p + SEALED >= sealed ? 1 : 0;
    const plain = unbox(key, nonce, zip.at(start + p, Math.min(SEALED, sealed - p)));
    need(plain, 'PKG_CORRUPT', 'F8.1');
    yield plain;
  }
}

module.exports = { parseIdentities, openSealed };
