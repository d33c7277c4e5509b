'use strict';
const { need, sha256, bech32Decode, STATION, WRITER, ADDRESS, HEX64 } = require('./common');
const { tryParse, isObject, isString, isWhole, isList } = require('./json');
const { parseSignature, verify, keyId, parseKeyText } = require('./sshsig');

const MAX_VERSION = 2097152;
const number = (i) => String(i).padStart(6, '0');

/** Walks the chain of a trust package: F13.1–F13.8. `own` is the chain the reader has, or null. Gives the chain. */
function walkTrust(zip, own) {
  const versions = zip.members.map((m) => m.path).filter((p) => /^data\/trust\/\d{6}\.json$/.test(p));
  const data = zip.members.filter((m) => m.path.startsWith('data/'));
  need(data.every((m) => m.size <= MAX_VERSION), 'TOO_LARGE', 'F13.1');
  const chain = [];
  for (let i = 1; i <= versions.length; i++) {
    const found = readVersion(zip, i);
    const known = own && own[i - 1];
    chain.push(known ? compareVersion(found, known, own[i - 2] || null) : judgeVersion(found, chain[i - 2] || null, i));
  }
  need(!own || chain.length >= own.length, 'TRUST_ROLLBACK', 'F13.7');
  checkAllowedSigners(zip, chain[chain.length - 1].doc);
  return chain;
}

/** Reads the two or three files of a version. */
function readVersion(zip, i) {
  const path = `data/trust/${number(i)}.json`;
  const second = `${path}.new.sshsig`;
  const sizes = [`${path}.sshsig`, second].filter((p) => zip.has(p)).map((p) => zip.byPath.get(p).size);
  need(sizes.every((n) => n <= 4096), 'SIG_BAD', 'F13.1');
  return {
    bytes: zip.read(path),
    signature: zip.read(`${path}.sshsig`),
    second: zip.has(second) ? zip.read(second) : null,
  };
}

/** Judges one signature as far as it can be without knowing whose it should be: F13.2. */
function checkSignature(bytes, message) {
  const sig = parseSignature(bytes);
  need(sig.namespace === 'zoufang-trust-v1', 'SIG_NAMESPACE', 'F13.2');
  verify(sig, message);
  return sig;
}

/** Refuses a signature that is not by the root given: F13.2. */
function needRoot(sig, root) {
  need(sig.blob.equals(parseKeyText(root)), 'SIGNER_UNKNOWN', 'F13.2');
}

/** Judges a version that the reader does not have: F13.2, F13.3, F13.4, F13.5. */
function judgeVersion(found, before, i) {
  const sig = checkSignature(found.signature, found.bytes);
  if (before) needRoot(sig, before.doc.root);
  const doc = parseVersion(found.bytes);
  if (!before) needRoot(sig, doc.root);
  need(doc.version === i, 'CHAIN_BREAK', 'F13.4');
  need(doc.previous === (before ? sha256(before.bytes) : null), 'CHAIN_BREAK', 'F13.4');
  checkSecond(found, doc, before);
  return { ...found, doc };
}

/** Judges a version that the reader has already: F13.6. */
function compareVersion(found, known, before) {
  const same = found.bytes.equals(known.bytes);
  const sameSecond = found.second === null ? known.second === null : known.second && found.second.equals(known.second);
  if (same && found.signature.equals(known.signature) && sameSecond) return known;
  const sig = checkSignature(found.signature, found.bytes);
  needRoot(sig, (before || known).doc.root);
  need(same, 'CHAIN_BREAK', 'F13.6');
  checkSecond(found, known.doc, before);
  return { ...found, doc: known.doc };
}

/** Judges the signature of a new root: F13.5. */
function checkSecond(found, doc, before) {
  if (!before || before.doc.root === doc.root) return need(found.second === null, 'EXTRA_MEMBER', 'F13.5');
  need(found.second !== null, 'MISSING_MEMBER', 'F13.5');
  return needRoot(checkSignature(found.second, found.bytes), doc.root);
}

/** Parses a version and judges its content: F13.3. */
function parseVersion(bytes) {
  const doc = tryParse(bytes);
  const good = isObject(doc) && isWhole(doc.version) && doc.version >= 1 && isString(doc.root) && parseKeyText(doc.root)
    && 'previous' in doc && (doc.previous === null || (isString(doc.previous) && HEX64.test(doc.previous)))
    && isList(doc.writers, isWriter) && isList(doc.recipients, isRecipient)
    && isList(doc.suites, isString) && doc.suites.length > 0
    && isUnique(doc.writers.map((w) => w.writer)) && isUnique(doc.writers.map((w) => w.signing_key));
  need(good, 'INDEX_INVALID', 'F13.3');
  return doc;
}

const isUnique = (list) => new Set(list).size === list.length;
const isAgeKey = (v) => isString(v) && bech32Decode('age', v) !== null;

/** Tells whether an entry of `writers` is as F13.3 has it. */
function isWriter(w) {
  if (!isObject(w) || !isString(w.writer) || !WRITER.test(w.writer)) return false;
  const blob = isString(w.signing_key) && parseKeyText(w.signing_key);
  return blob && isString(w.station) && w.writer === `${w.station}-${keyId(blob).slice(0, 8)}`
    && isString(w.role) && w.role !== '' && isAgeKey(w.age) && isList(w.kinds, isString)
    && isObject(w.channels) && Object.entries(w.channels).every(isChannel)
    && 'supersedes' in w && (w.supersedes === null || (isString(w.supersedes) && WRITER.test(w.supersedes)));
}

/** Tells whether a member of `channels` is an address with [first, last or null]. */
function isChannel([to, range]) {
  return ADDRESS.test(to) && Array.isArray(range) && range.length === 2 && isWhole(range[0]) && range[0] >= 1
    && (range[1] === null || (isWhole(range[1]) && range[1] >= 0));
}

/** Tells whether an entry of `recipients` is as F13.3 has it. */
function isRecipient(r) {
  return isObject(r) && isString(r.station) && STATION.test(r.station) && isAgeKey(r.age);
}

/** Judges `allowed_signers`: F13.8. */
function checkAllowedSigners(zip, doc) {
  const text = doc.writers.map((w) => `${w.writer} namespaces="zoufang-package-v1" ${w.signing_key}\n`).join('');
  const same = zip.byPath.get('data/allowed_signers').size === text.length
    && zip.read('data/allowed_signers').equals(Buffer.from(text));
  need(same, 'HASH_MISMATCH', 'F13.8');
}

/** Judges who sent a package: F7.1–F7.5. `doc` is null when the reader has no trust document. */
function checkSender(doc, h, sig) {
  const writer = doc && doc.writers.find((w) => parseKeyText(w.signing_key).equals(sig.blob));
  need(writer, 'SIGNER_UNKNOWN', 'F7.1');
  need(writer.writer === h.writer, 'SIGNER_NOT_WRITER', 'F7.2');
  need(writer.kinds.includes(h.kind), 'KIND_FORBIDDEN', 'F7.3');
  need(writer.role === 'city' || !['reference', 'restore'].includes(h.kind), 'KIND_FORBIDDEN', 'F7.3');
  need(h.to in writer.channels, 'KIND_FORBIDDEN', 'F7.4');
  const [first, last] = writer.channels[h.to];
  need(h.seq >= first && (last === null || h.seq <= last), 'REVOKED', 'F7.5');
}

module.exports = { walkTrust, checkSender, isAgeKey };
