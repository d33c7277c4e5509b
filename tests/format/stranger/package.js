'use strict';
const { Refusal, need, sha256, STATION, WRITER } = require('./common');
const { tryParse, hasOuterSpace, isObject, isString } = require('./json');
const { Container } = require('./zip');
const { INDEX, parseManifest, compareNames, sealedNames, trustNames } = require('./bag');
const { parseSignature, verify, parseKeyText } = require('./sshsig');
const { openSealed } = require('./age');
const { WITH_SCANS, checkVersion, checkTypes, checkForms } = require('./header');
const { walkTrust, checkSender, isAgeKey } = require('./trust');
const { readIndex } = require('./index');
const { Lines, readRecordFile, isScanSound } = require('./records');

const FIVE = ['header.json', 'bagit.txt', 'bag-info.txt', 'manifest-sha256.txt', 'tagmanifest-sha256.txt'];
const SIGNED = ['bag-info.txt', 'bagit.txt', 'header.json', 'manifest-sha256.txt'];
const LIMITS = { 'header.json': 65536, 'bagit.txt': 4096, 'bag-info.txt': 4096, 'tagmanifest-sha256.txt': 4096,
  'manifest-sha256.txt': 4194304 };
const MAX_MEMBER = 500000000;
const MAX_BEHIND_CODE = 20;
const MAX_INDEX = 16777216;

/** One reading of one package, in the order of F15.1. */
class Reading {
  /** `own` is the chain of trust the reader has, or null; `keys` has identities and passphrase. */
  constructor(own, keys) {
    this.own = own;
    this.trust = own ? own[own.length - 1].doc : null;
    this.keys = keys;
    this.header = null;
    this.tip = null;
  }

  /** Judges the whole package; throws a Refusal at the first failure. */
  judge(fd) {
    this.zip = new Container(fd);
    this.data = this.zip.members.filter((m) => m.path.startsWith('data/'));
    this.checkMembers();
    const early = this.checkEarlyHeader();
    this.checkSignature();
    this.checkDigests();
    const header = this.checkHeader(early);
    this.checkPayloadNames(header);
    this.checkCityStation(header);
    this.header = header;
    this.tip = sha256(this.tagManifest);
    this.checkSender();
    if (header.kind === 'trust') this.chain = walkTrust(this.zip, this.own);
    else if (this.keys.identities.length || this.keys.passphrase !== null) this.open();
  }

  /** F3.1, F3.2. */
  checkMembers() {
    need(FIVE.every((p) => this.zip.has(p)), 'MISSING_MEMBER', 'F3.1');
    for (const m of this.zip.members) {
      need(m.size <= (LIMITS[m.path] || MAX_MEMBER), 'TOO_LARGE', `F3.2 ${m.path}`);
    }
  }

  /** F4.4–F4.6 and F3.6, of a header that is a strict JSON object; gives what was parsed. */
  checkEarlyHeader() {
    const early = tryParse(this.zip.read('header.json'));
    if (!isObject(early)) return undefined;
    checkVersion(early, this.trust ? this.trust.suites : ['std-1']);
    const limit = { enrol: 65536, trust: 67108864 }[isString(early.kind) ? early.kind : ''] || Infinity;
    need(this.dataSize() <= limit, 'TOO_LARGE', 'F3.6');
    return early;
  }

  dataSize() { return this.data.reduce((n, m) => n + m.size, 0); }

  /** F5.1, F5.3, F5.2, F5.4, F5.5, F5.6. */
  checkSignature() {
    const found = this.zip.members.filter((m) => m.path.startsWith('signatures/'));
    need(found.length > 0, 'SIG_MISSING', 'F5.1');
    need(found.length === 1, 'EXTRA_MEMBER', 'F5.1');
    need(found[0].size <= 4096, 'SIG_BAD', 'F5.3');
    this.signature = parseSignature(this.zip.read(found[0].path));
    need(found[0].path === `signatures/${this.signature.keyId}.sshsig`, 'SIG_BAD', 'F5.4');
    need(this.signature.namespace === 'zoufang-package-v1', 'SIG_NAMESPACE', 'F5.5');
    this.tagManifest = this.zip.read('tagmanifest-sha256.txt');
    verify(this.signature, this.tagManifest);
  }

  /** F6.1–F6.6 with F3.3 between. */
  checkDigests() {
    const tags = parseManifest(this.tagManifest);
    const outer = this.zip.members.map((m) => m.path).filter((p) => !/^(?:data|signatures)\//.test(p));
    need(outer.every((p) => FIVE.includes(p)), 'EXTRA_MEMBER', 'F3.3');
    compareNames(tags, SIGNED, 'F6.2');
    this.checkDigest('manifest-sha256.txt', tags, 'F6.3');
    const rows = parseManifest(this.zip.read('manifest-sha256.txt'));
    compareNames(rows, this.data.map((m) => m.path), 'F6.4');
    for (const path of SIGNED) this.checkDigest(path, tags, 'F6.5');
    for (const path of rows.keys()) this.checkDigest(path, rows, 'F6.5');
    this.zip.checkCanonical();
  }

  checkDigest(path, rows, rule) {
    need(this.zip.digest(this.zip.byPath.get(path)).sha256 === rows.get(path), 'HASH_MISMATCH', `${rule} ${path}`);
  }

  /** F4.1, F4.3, F2.6, F4.2, F4.7–F4.18, F3.4, F3.5. */
  checkHeader(header) {
    need(isObject(header), 'HEADER_INVALID', 'F4.1');
    checkTypes(header);
    need(this.zip.root === header.package_id, 'ROOT', 'F2.6');
    need(!hasOuterSpace(this.zip.read('header.json')), 'HEADER_INVALID', 'F4.2');
    checkForms(header);
    this.checkText('bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n', 'F3.4');
    this.checkText('bag-info.txt', `External-Identifier: ${header.package_id}\nPayload-Oxum: ${header.payload_oxum}\n`, 'F3.5');
    need(header.payload_oxum === `${this.dataSize()}.${this.data.length}`, 'HEADER_INVALID', 'F4.18');
    return header;
  }

  checkText(path, text, rule) {
    need(this.zip.read(path).equals(Buffer.from(text)), 'HEADER_INVALID', rule);
  }

  /** F3.7, F3.8, F8.5 as to the number of files. */
  checkPayloadNames(header) {
    const paths = this.data.map((m) => m.path);
    const trust = header.kind === 'trust';
    const allowed = trust ? trustNames(paths) : sealedNames(paths, WITH_SCANS.includes(header.kind));
    need(allowed.required.every((p) => this.zip.has(p)), 'MISSING_MEMBER', trust ? 'F3.8' : 'F3.7');
    need(paths.every(allowed.fits), 'EXTRA_MEMBER', trust ? 'F3.8' : 'F3.7');
    need(trust || header.recipients.length || paths.length <= MAX_BEHIND_CODE, 'TOO_LARGE', 'F8.5');
  }

  /** F4.20. */
  checkCityStation(header) {
    if (header.kind !== 'enrol' || !this.trust) return;
    const city = this.trust.writers.some((w) => w.role === 'city' && w.station === header.to);
    need(city, 'HEADER_INVALID', 'F4.20');
  }

  /** F7, or F5.7 for the kinds that count whoever signed. */
  checkSender() {
    const { header, keys } = this;
    if (header.kind === 'trust' || header.kind === 'enrol') {
      need(header.writer.slice(-8) === this.signature.keyId.slice(0, 8), 'SIGNER_NOT_WRITER', 'F5.7');
    } else if (this.trust || keys.identities.length || keys.passphrase !== null) {
      checkSender(this.trust, header, this.signature);
    }
  }

  /** Opens what is sealed: F8–F12, F14. */
  open() {
    const { zip, header, keys } = this;
    const sealed = openSealed(zip, zip.byPath.get(INDEX), header.recipients, keys);
    need(sealed.length <= MAX_INDEX, 'TOO_LARGE', 'F9.1');
    const paths = this.data.map((m) => m.path).filter((p) => p !== INDEX).sort();
    const index = readIndex(Buffer.concat([...sealed.chunks()]), header, paths);
    this.lines = new Lines(header, index.cover);
    for (const p of paths.filter((q) => q.startsWith('data/records-'))) {
      readRecordFile(zip, zip.byPath.get(p), index.files[p], header, keys, this.lines);
    }
    this.lines.finish();
    if (header.kind === 'enrol') this.checkEnrolment(this.lines.enrol.body);
    this.readScans(paths.filter((p) => p.startsWith('data/att/')), index);
  }

  /** F12.1. */
  readScans(paths, index) {
    this.scans = [];
    this.scansAside = [];
    for (const p of paths) {
      const facts = index.files[p];
      const sound = isScanSound(this.zip, this.zip.byPath.get(p), facts, this.header, this.keys);
      (sound ? this.scans : this.scansAside).push(facts.sha256);
    }
  }

  /** F14.2, F14.3. */
  checkEnrolment(body) {
    const text = (v) => isString(v);
    const machine = text(body.machine) && [...body.machine].length <= 255;
    const supersedes = body.supersedes === undefined || body.supersedes === null
      || (text(body.supersedes) && WRITER.test(body.supersedes));
    const station = text(body.station) && STATION.test(body.station);
    need(text(body.signing_key) && isAgeKey(body.age) && station && machine && supersedes, 'RECORD_INVALID', 'F14.2');
    const blob = parseKeyText(body.signing_key);
    const same = blob && blob.equals(this.signature.blob) && body.station === this.header.station;
    need(same, 'SIGNER_NOT_WRITER', 'F14.3');
  }

  /** Makes the verdict of F20. */
  verdict(refusal) {
    const code = refusal ? refusal.code : null;
    const { lines } = this;
    const opened = !refusal && Boolean(lines || this.chain);
    const read = opened && lines;
    const aside = read ? [...lines.aside, ...this.scansAside.sort().map((scan) => ({ code: 'RECORD_INVALID', scan }))] : [];
    return {
      verdict: code === null ? 'accepted' : code === 'SIGNER_UNKNOWN' ? 'held' : 'refused',
      code,
      header: this.header,
      tip: this.tip,
      opened,
      lines: read ? lines.good : 0,
      lines_sha256: read ? lines.hashes.digest('hex') : opened ? sha256('') : null,
      scans: read ? this.scans.sort() : [],
      aside,
      trust_version: !refusal && this.chain ? this.chain.length : null,
      detail: refusal ? refusal.detail : undefined,
    };
  }
}

/** Reads an open file and gives reading and verdict. */
function read(fd, own, keys) {
  const reading = new Reading(own, keys);
  let refusal = null;
  try {
    reading.judge(fd);
  } catch (e) {
    if (!(e instanceof Refusal)) throw e;
    refusal = e;
  }
  return { reading, verdict: reading.verdict(refusal) };
}

module.exports = { read };
