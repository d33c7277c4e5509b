'use strict';
const { need, hasChars, WRITER, ADDRESS, HEX64 } = require('./common');
const { tryParse, isObject, isString, isWhole, isList } = require('./json');

const MAX_RECORD_FILE = 134217728;
const MAX_RECORDS = 1073741824;
const MAX_LINES = 1000000;
const MAX_LIST = 10000;
const BAD = 'INDEX_INVALID';
const SIX = ['package_id', 'kind', 'writer', 'to', 'seq', 'prev'];

/** Parses and judges the index: F9.2–F9.8. `paths` are the files under data/ but the index. */
function readIndex(bytes, header, paths) {
  const index = tryParse(bytes, 500000);
  need(isObject(index) && hasTypes(index), BAD, 'F9.2');
  for (const name of SIX) need(index[name] === header[name], 'INNER_OUTER_MISMATCH', `F9.3 ${name}`);
  const present = new Set(paths);
  need(Object.keys(index.files).every((p) => present.has(p)), 'MISSING_MEMBER', 'F9.4');
  need(paths.every((p) => p in index.files), 'EXTRA_MEMBER', 'F9.4');
  for (const [path, facts] of Object.entries(index.files)) checkFacts(path, facts);
  checkCover(index.cover);
  need(index.acks.length <= MAX_LIST, BAD, 'F9.7');
  index.acks.forEach(checkAck);
  checkSizes(index);
  return index;
}

/** Judges members and types on every level: F9.2. */
function hasTypes(v) {
  return isString(v.package_id) && isString(v.kind) && isString(v.writer) && isString(v.to) && isWhole(v.seq)
    && isTextOrNull(v.prev) && isList(v.acks, hasAckTypes)
    && isObject(v.cover) && isObject(v.cover.records) && Object.values(v.cover.records).every(isWhole)
    && isObject(v.cover.sums) && Object.values(v.cover.sums).every(isString)
    && isObject(v.files) && Object.values(v.files).every(hasFactTypes);
}

const isTextOrNull = (v) => v === null || isString(v);

/** Judges the types of an acknowledgement: F9.2. */
function hasAckTypes(a) {
  return isObject(a) && isString(a.writer) && isString(a.to) && isWhole(a.seq) && isTextOrNull(a.tip)
    && isList(a.missing, isWhole) && isList(a.parked, isString)
    && isList(a.rejected, (r) => isObject(r) && isWhole(r.seq) && isString(r.code));
}

/** Judges the types of an entry of `files`: F9.2. */
function hasFactTypes(f) {
  const optional = (v) => v === undefined || isTextOrNull(v);
  return isObject(f) && isString(f.sha256) && isWhole(f.length) && optional(f.name) && optional(f.type);
}

/** Judges the forms of an entry of `files`: F9.5. */
function checkFacts(path, f) {
  need(HEX64.test(f.sha256) && f.length >= 0, BAD, 'F9.5');
  if (!path.startsWith('data/att/')) return;
  for (const text of [f.name, f.type]) {
    need(isString(text) && hasChars(text, 1, 255) && !/[\u0000-\u001f\u007f-\u009f]/.test(text), BAD, 'F9.5');
  }
}

/** Judges the cover: F9.6. */
function checkCover({ records, sums }) {
  for (const part of [records, sums]) {
    const names = Object.keys(part);
    need(names.length <= 200 && names.every((n) => hasChars(n, 1, 60)), BAD, 'F9.6');
  }
  need(Object.values(records).every((n) => n >= 0), BAD, 'F9.6');
  need(Object.values(sums).every((s) => /^-?[0-9]{1,24}(?:\.[0-9]{1,6})?$/.test(s)), BAD, 'F9.6');
}

/** Judges an acknowledgement: F9.7. */
function checkAck(a) {
  need(WRITER.test(a.writer) && ADDRESS.test(a.to) && a.seq >= 0, BAD, 'F9.7');
  need(a.seq === 0 ? a.tip === null : a.tip !== null && HEX64.test(a.tip), BAD, 'F9.7');
  need([a.missing, a.rejected, a.parked].every((l) => l.length <= MAX_LIST), BAD, 'F9.7');
  need(a.missing.every((n) => n > a.seq) && a.parked.every((p) => HEX64.test(p)), BAD, 'F9.7');
  need(a.rejected.every((r) => r.seq >= 1 && /^[A-Z_]{1,40}$/.test(r.code)), BAD, 'F9.7');
}

/** Judges the sizes told: F9.8. */
function checkSizes({ files, cover }) {
  let all = 0;
  for (const [path, f] of Object.entries(files)) {
    if (!path.startsWith('data/records-')) continue;
    need(f.length <= MAX_RECORD_FILE, 'TOO_LARGE', 'F9.8');
    all += f.length;
  }
  need(all <= MAX_RECORDS && coverLines(cover) <= MAX_LINES, 'TOO_LARGE', 'F9.8');
}

/** Counts the lines that the cover tells. */
function coverLines(cover) { return Object.values(cover.records).reduce((n, v) => n + v, 0); }

module.exports = { readIndex, coverLines };
