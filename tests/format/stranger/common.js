'use strict';
const crypto = require('crypto');

/** A refusal: ends the reading with one of the codes of the description. */
class Refusal extends Error {
  constructor(code, detail) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

/** Refuses with `code` unless the condition holds; `rule` says where it is written. */
function need(condition, code, rule) {
  if (!condition) throw new Refusal(code, rule);
}

/** Gives the SHA-256 of bytes as 64 hex digits. */
function sha256(bytes) {
  return crypto.createHash('sha256').update(bytes).digest('hex');
}

/** Counts characters as code points. */
function charCount(text) {
  let n = 0;
  for (const _ of text) n++;
  return n;
}

/** Tells whether text has min to max characters, without counting far beyond max. */
function hasChars(text, min, max) {
  if (text.length < min || text.length > 2 * max) return false;
  const n = charCount(text);
  return n >= min && n <= max;
}

/** Decodes canonical unpadded base64; null when it is not. */
function unpadded(text) {
  if (!/^[A-Za-z0-9+/]*$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64').replace(/=+$/, '') === text ? bytes : null;
}

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Tells whether text is a time as F4.15 has it, or with a fraction as F11.5 allows. */
function isTime(text, fraction) {
  const m = RFC3339.exec(text);
  if (!m || (m[7] && !fraction)) return false;
  const [year, month, day, hour, minute, second] = m.slice(1, 7).map(Number);
  if (year < 1 || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return day >= 1 && day <= days;
}

const BECH = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/** Computes the Bech32 checksum state over a prefix and five-bit values (BIP 173). */
function polymod(hrp, values) {
  const gen = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
  const all = [...hrp].map((c) => c.charCodeAt(0) >> 5).concat(0, [...hrp].map((c) => c.charCodeAt(0) & 31), values);
  let chk = 1;
  for (const v of all) {
    const top = chk >>> 25;
    chk = ((chk & 0x1ffffff) << 5) ^ v;
    for (let i = 0; i < 5; i++) if ((top >>> i) & 1) chk ^= gen[i];
  }
  return chk >>> 0;
}

/** Decodes a 32-byte key in lower-case Bech32 with the prefix given; null when it is none. */
function bech32Decode(hrp, text) {
  if (!text.startsWith(hrp + '1') || text.length !== hrp.length + 59) return null;
  const values = [...text.slice(hrp.length + 1)].map((c) => BECH.indexOf(c));
  if (values.includes(-1) || polymod(hrp, values) !== 1) return null;
  let bits = '';
  for (const v of values.slice(0, -6)) bits += v.toString(2).padStart(5, '0');
  if (/1/.test(bits.slice(256))) return null;
  return Buffer.from(bits.slice(0, 256).match(/.{8}/g).map((b) => parseInt(b, 2)));
}

/** Encodes a 32-byte key in lower-case Bech32. */
function bech32Encode(hrp, bytes) {
  const bits = [...bytes].map((b) => b.toString(2).padStart(8, '0')).join('') + '0000';
  const values = bits.match(/.{5}/g).map((b) => parseInt(b, 2));
  const chk = polymod(hrp, values.concat([0, 0, 0, 0, 0, 0])) ^ 1;
  for (let i = 0; i < 6; i++) values.push((chk >>> (5 * (5 - i))) & 31);
  return hrp + '1' + values.map((v) => BECH[v]).join('');
}

const STATION = /^[0-9]{6,12}$/;
const WRITER = /^[0-9]{6,12}-[0-9a-f]{8}$/;
const ADDRESS = /^(?:[0-9]{6,12}|all)$/;
const HEX64 = /^[0-9a-f]{64}$/;

module.exports = { Refusal, need, sha256, hasChars, unpadded, isTime, bech32Decode, bech32Encode,
  STATION, WRITER, ADDRESS, HEX64 };
