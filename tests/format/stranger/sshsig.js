'use strict';
const crypto = require('crypto');
const { need, sha256 } = require('./common');

const BEGIN = '-----BEGIN SSH SIGNATURE-----\n';
const END = '\n-----END SSH SIGNATURE-----\n';
const ORDER = (1n << 252n) + 27742317777372353535851937790883648493n;

/** Writes an SSH string: length, then bytes. */
function sshString(bytes) {
  const b = Buffer.from(bytes);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(b.length);
  return Buffer.concat([length, b]);
}

/** Reads SSH strings one after the other from bytes; refuses when they do not fit. */
function sshReader(bytes, start = 0) {
  let p = start;
  return {
    next() {
      need(p + 4 <= bytes.length, 'SIG_BAD', 'F5.2');
      const n = bytes.readUInt32BE(p);
      need(p + 4 + n <= bytes.length, 'SIG_BAD', 'F5.2');
      p += 4 + n;
      return bytes.subarray(p - n, p);
    },
    end() { need(p === bytes.length, 'SIG_BAD', 'F5.2'); },
  };
}

/** Takes a pair (name, bytes) of SSH strings with the name ssh-ed25519. */
function ed25519Part(bytes, length) {
  const reader = sshReader(bytes);
  need(reader.next().toString('latin1') === 'ssh-ed25519', 'SIG_BAD', 'F5.2');
  const part = reader.next();
  need(part.length === length, 'SIG_BAD', 'F5.2');
  reader.end();
  return part;
}

/** Takes off the armor: F5.3, judged by writing it again. */
function dearmor(bytes) {
  need(bytes.length <= 4096, 'SIG_BAD', 'F5.3');
  const text = bytes.toString('latin1');
  need(text.startsWith(BEGIN) && text.endsWith(END), 'SIG_BAD', 'F5.3');
  const raw = Buffer.from(text.slice(BEGIN.length, -END.length), 'base64');
  const again = BEGIN + (raw.toString('base64').match(/.{1,70}/g) || []).join('\n') + END;
  need(again === text, 'SIG_BAD', 'F5.3');
  return raw;
}

/** Reads a signature file: F5.3, then F5.2. */
function parseSignature(bytes) {
  const raw = dearmor(bytes);
  need(raw.length >= 10 && raw.toString('latin1', 0, 6) === 'SSHSIG', 'SIG_BAD', 'F5.2');
  need(raw.readUInt32BE(6) === 1, 'SIG_BAD', 'F5.2');
  const reader = sshReader(raw, 10);
  const blob = reader.next();
  const key = ed25519Part(blob, 32);
  const namespace = reader.next();
  need(reader.next().length === 0, 'SIG_BAD', 'F5.2');
  need(reader.next().toString('latin1') === 'sha512', 'SIG_BAD', 'F5.2');
  const signature = ed25519Part(reader.next(), 64);
  reader.end();
  return { blob, key, keyId: keyId(blob), namespace: namespace.toString('latin1'), signature };
}

/** Gives the key id of an SSH public key blob: F5.4. */
function keyId(blob) { return sha256(blob).slice(0, 16); }

/** Judges that a parsed signature verifies over a message: F5.6. */
function verify(sig, message) {
  const s = BigInt('0x' + Buffer.from(sig.signature.subarray(32)).reverse().toString('hex'));
  need(s < ORDER, 'SIG_BAD', 'F5.6');
  const digest = crypto.createHash('sha512').update(message).digest();
  const signed = Buffer.concat([Buffer.from('SSHSIG'), sshString(Buffer.from(sig.namespace, 'latin1')), sshString(''),
    sshString('sha512'), sshString(digest)]);
  let good = false;
  try {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: sig.key.toString('base64url') };
    good = crypto.verify(null, signed, crypto.createPublicKey({ key: jwk, format: 'jwk' }), sig.signature);
  } catch { /* no point of the curve */ }
  need(good, 'SIG_BAD', 'F5.6');
}

/** Reads `ssh-ed25519 <base64>`; gives the blob, or null when it is not that and nothing else. */
function parseKeyText(text) {
  const m = /^ssh-ed25519 ([A-Za-z0-9+/]{68})$/.exec(text);
  if (!m) return null;
  const blob = Buffer.from(m[1], 'base64');
  return blob.subarray(0, 19).equals(sshKeyHead) ? blob : null;
}
const sshKeyHead = Buffer.concat([sshString('ssh-ed25519'), Buffer.from([0, 0, 0, 32])]);

module.exports = { parseSignature, verify, keyId, parseKeyText };
