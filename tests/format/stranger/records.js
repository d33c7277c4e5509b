'use strict';
const crypto = require('crypto');
const { need, sha256, hasChars, isTime, WRITER, HEX64 } = require('./common');
const { tryParse, isObject, isString, isWhole, isList } = require('./json');
const { openSealed } = require('./age');
const { Frame } = require('./zstd');
const { coverLines } = require('./index');

const MAX_FILE = 134217728;
const MAX_LINE = 1048576;
const MAX_ASIDE = 100000;
const OPS = ['create', 'edit', 'merge', 'void', 'restore', 'adopt'];
const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const ENVELOPE = /^\{"h":"([0-9a-f]{64})","r":$/;
const SUMS = { aid: ['money', 'goods_value'], visit: ['workers_met'] };

/** The record types each kind carries, other than "submission, urgent, restore": F18.2. */
const CARRIED = {
  area: 'reference restore', campaign: 'reference restore', target: 'reference restore', unit: 'reference restore',
  draw: 'submission urgent reference restore', enterprise: 'submission urgent reference restore',
  group: 'submission urgent reference restore', plan: 'submission urgent reference restore',
  link: 'submission answer restore', notice: 'answer restore', review: 'answer restore',
  score_sheet: 'answer restore', update_part: 'answer restore', refusal: 'submission restore', enrol: 'enrol',
};
for (const type of ('activity aid attainment briefing case contact demand diary document evaluation hazard honour leader '
  + 'meeting operator person policy press reporter score_appeal visit').split(' ')) CARRIED[type] = 'submission urgent restore';

/** Tells whether a kind carries a type: F11.6. */
function carries(kind, type) {
  return Object.hasOwn(CARRIED, type) && CARRIED[type].split(' ').includes(kind);
}

/** Tells whether all members of a revision are there with their JSON types: F11.5. */
function hasTypes(r) {
  return isObject(r) && ['id', 'type', 'writer', 'at', 'by', 'op'].every((n) => isString(r[n]))
    && OPS.includes(r.op) && isWhole(r.schema) && isList(r.parents, isString) && isObject(r.body)
    && (r.why === undefined || r.why === null || isString(r.why));
}

/** Tells whether the values of a revision are as F11.5 has them. */
function hasForms(r) {
  return UUID7.test(r.id) && r.schema >= 1 && r.parents.length <= 64
    && r.parents.every((p, i) => HEX64.test(p) && (i === 0 || r.parents[i - 1] < p))
    && WRITER.test(r.writer) && isTime(r.at, true) && hasChars(r.by, 1, 100);
}

/** Gives an amount in millionths, 0 when it is none: F11.13. */
function amount(v) {
  const text = typeof v === 'number' ? String(v) : v;
  const m = isString(text) && /^(-?)([0-9]{1,15})(?:\.([0-9]{1,6}))?$/.exec(text);
  return m ? millionths(m[1], m[2], m[3]) : 0n;
}

/** Makes millionths of sign, whole digits and decimals. */
function millionths(sign, whole, decimals) {
  const n = BigInt(whole) * 1000000n + BigInt((decimals || '').padEnd(6, '0'));
  return sign ? -n : n;
}

/** Packs an h in half its length. */
const pack = (h) => Buffer.from(h, 'hex').toString('latin1');

/** Judges the lines of all record files of a package: F11 and F14.1. */
class Lines {
  constructor(header, cover) {
    this.header = header;
    this.cover = cover;
    this.expected = coverLines(cover);
    this.count = 0;
    this.good = 0;
    this.hashes = crypto.createHash('sha256');
    this.aside = [];
    this.byType = new Map();
    this.allRead = true;
    this.parentCount = 0;
    this.parents = new Set();
    this.amounts = [];
    this.enrol = null;
  }

  /** Judges one line without its LF. */
  line(bytes, complete) {
    this.count++;
    need(this.count <= this.expected, 'COVER_MISMATCH', 'F11.11');
    need(this.header.kind !== 'enrol' || this.count === 1, 'RECORD_INVALID', 'F14.1');
    const { h, raw, revision } = complete ? openLine(bytes) : {};
    if (revision) this.countIn(h, revision);
    else this.allRead = false;
    const code = revision ? this.fault(h, raw, revision) : 'RECORD_INVALID';
    if (code) return this.setAside(code);
    this.good++;
    this.hashes.update(h + '\n');
    this.enrol = revision;
    return undefined;
  }

  /** Counts a line that could be read: F11.14; keeps what F11.12 and F11.13 need. */
  countIn(h, r) {
    this.byType.set(r.type, (this.byType.get(r.type) || 0) + 1);
    this.parentCount += r.parents.length;
    need(this.parentCount <= 1000 + 4 * this.expected, 'HISTORY_INVALID', 'F11.14');
    for (const p of r.parents) if (HEX64.test(p)) this.parents.add(pack(p));
    if (!Object.hasOwn(SUMS, r.type)) return;
    const values = SUMS[r.type].map((field) => amount(r.body[field]));
    if (values.some((v) => v !== 0n)) this.amounts.push({ h: pack(h), type: r.type, values });
  }

  /** Gives the code under which a readable line is set aside, or null: F11.3, F11.5–F11.7. */
  fault(h, raw, r) {
    if (sha256(raw) !== h || !hasForms(r) || !carries(this.header.kind, r.type)) return 'RECORD_INVALID';
    return r.writer !== this.header.writer && this.header.kind !== 'restore' ? 'REV_FORBIDDEN' : null;
  }

  setAside(code) {
    this.aside.push({ code, line: this.count });
    need(this.aside.length <= MAX_ASIDE, 'LINES_INVALID', 'F11.15');
  }

  /** Judges what can be said after the last line: F11.11–F11.13, F14.1. */
  finish() {
    need(this.count === this.expected, 'COVER_MISMATCH', 'F11.11');
    const { records } = this.cover;
    for (const [type, n] of this.byType) need(type in records && n <= records[type], 'COVER_MISMATCH', 'F11.12');
    if (this.allRead) this.checkSums();
    need(this.header.kind !== 'enrol' || this.good === 1, 'RECORD_INVALID', 'F14.1');
  }

  /** Compares the sums of the cover: F11.13. */
  checkSums() {
    const sums = { 'aid.money': 0n, 'aid.goods_value': 0n, 'visit.workers_met': 0n };
    for (const { h, type, values } of this.amounts) {
      if (!this.parents.has(h)) SUMS[type].forEach((field, i) => { sums[`${type}.${field}`] += values[i]; });
    }
    for (const [name, sum] of Object.entries(sums)) {
      const [, sign, whole, decimals] = /^(-?)([0-9]+)(?:\.([0-9]+))?$/.exec(this.cover.sums[name] || '0');
      need(sum === millionths(sign, whole, decimals), 'COVER_MISMATCH', `F11.13 ${name}`);
    }
  }
}

/** Takes a line apart: F11.2, F11.4, F11.5 as to types. Gives nothing when it could not be read. */
function openLine(bytes) {
  const m = bytes.length > 78 ? ENVELOPE.exec(bytes.toString('latin1', 0, 76)) : null;
  if (!m || bytes[bytes.length - 1] !== 0x7d) return {};
  const raw = bytes.subarray(76, bytes.length - 1);
  if (raw[0] !== 0x7b || raw[raw.length - 1] !== 0x7d) return {};
  const revision = tryParse(raw, Infinity);
  return hasTypes(revision) ? { h: m[1], raw, revision } : {};
}

/** Cuts pieces of text into lines: F11.1. */
class Splitter {
  constructor(onLine) {
    this.onLine = onLine;
    this.rest = [];
    this.length = 0;
  }

  push(piece) {
    let from = 0;
    for (;;) {
      const end = piece.indexOf(10, from);
      const part = piece.subarray(from, end < 0 ? piece.length : end);
      this.length += part.length;
      need(this.length <= MAX_LINE, 'LINE_TOO_LONG', 'F11.1');
      if (end < 0) {
        if (part.length) this.rest.push(Buffer.from(part));
        return;
      }
      this.onLine(this.rest.length ? Buffer.concat([...this.rest, part]) : part, true);
      this.rest = [];
      this.length = 0;
      from = end + 1;
    }
  }

  /** Hands on a last line without LF: F11.2. */
  end() {
    if (this.length) this.onLine(Buffer.concat(this.rest), false);
  }
}

/** Reads one record file: F8, F10 and F11 as the lines come. */
function readRecordFile(zip, member, facts, header, keys, lines) {
  const sealed = openSealed(zip, member, header.recipients, keys);
  need(sealed.length <= MAX_FILE, 'TOO_LARGE', 'F10.1');
  const frame = new Frame(Buffer.concat([...sealed.chunks()]));
  const larger = Math.max(facts.length, frame.contentSize);
  need(larger <= 200 * frame.bytes.length, 'BOMB', 'F10.3');
  const hash = crypto.createHash('sha256');
  const splitter = new Splitter((line, complete) => lines.line(line, complete));
  for (const piece of frame.pieces(Math.min(facts.length, frame.contentSize))) {
    hash.update(piece);
    splitter.push(piece);
  }
  need(frame.total >= larger, 'HASH_MISMATCH', 'F10.3');
  need(hash.digest('hex') === facts.sha256, 'HASH_MISMATCH', 'F10.4');
  splitter.end();
}

/** Tells whether a scan is as the index says: F12.1. */
function isScanSound(zip, member, facts, header, keys) {
  try {
    const sealed = openSealed(zip, member, header.recipients, keys);
    if (sealed.length !== facts.length) return false;
    const hash = crypto.createHash('sha256');
    for (const chunk of sealed.chunks()) hash.update(chunk);
    return hash.digest('hex') === facts.sha256;
  } catch (e) {
    if (e.code === 'PKG_CORRUPT' || e.code === 'NOT_FOR_US') return false;
    throw e;
  }
}

module.exports = { Lines, readRecordFile, isScanSound };
