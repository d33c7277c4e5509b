'use strict';
const { need, isTime, STATION, WRITER, ADDRESS, HEX64 } = require('./common');
const { OtherNumber, isString, isWhole, isList } = require('./json');

const KINDS = ['submission', 'urgent', 'answer', 'reference', 'trust', 'enrol', 'restore'];
const WITH_SCANS = ['submission', 'urgent', 'restore'];
const BAD = 'HEADER_INVALID';

/** The members and types of F4.3, and F4.8. */
const TYPES = {
  format: isWhole,
  crit: (v) => isList(v, isString),
  suite: isString,
  package_id: isString,
  kind: (v) => KINDS.includes(v),
  station: isString,
  writer: isString,
  to: isString,
  seq: isWhole,
  prev: (v) => v === null || isString(v),
  part: (v) => v === null || (isList(v, isWhole) && v.length === 2),
  created: isString,
  recipients: (v) => isList(v, isString),
  trust_version: isWhole,
  payload_oxum: isString,
};

/** Judges what every later format keeps: F4.4, F4.5, F4.6. `suites` is the trust document's list. */
function checkVersion(h, suites) {
  const big = h.format instanceof OtherNumber && /^[0-9]+$/.test(h.format.text);
  need(!big && !(isWhole(h.format) && h.format > 1), 'VERSION_TOO_NEW', 'F4.4');
  need(!(isList(h.crit, isString) && h.crit.length > 0), 'VERSION_TOO_NEW', 'F4.5');
  const suite = 'suite' in h ? h.suite : 'std-1';
  if (!isString(suite)) return;
  need(suites.includes(suite), 'SUITE_NOT_ALLOWED', 'F4.6');
  need(suite === 'std-1', 'VERSION_TOO_NEW', 'F4.6');
}

/** Judges members and types: F4.3, F4.8. */
function checkTypes(h) {
  for (const [name, fits] of Object.entries(TYPES)) need(name in h && fits(h[name]), BAD, `F4.3 ${name}`);
}

/** Judges the members' forms: F4.4, F4.7–F4.18. */
function checkForms(h) {
  need(h.format === 1, BAD, 'F4.4');
  need(STATION.test(h.station) && h.station === h.writer.split('-')[0], BAD, 'F4.9');
  need(WRITER.test(h.writer), BAD, 'F4.10');
  need(h.seq >= 1, BAD, 'F4.12');
  const start = `zf-${h.writer}-${String(h.seq).padStart(6, '0')}-`;
  need(h.package_id.startsWith(start) && /^[0-9a-f]{8}$/.test(h.package_id.slice(start.length)), BAD, 'F4.7');
  checkAddress(h);
  need(h.seq === 1 ? h.prev === null : h.prev !== null && HEX64.test(h.prev), BAD, 'F4.13');
  need(h.part === null || (h.part[0] >= 1 && h.part[0] <= h.part[1]), BAD, 'F4.14');
  need(isTime(h.created, false), BAD, 'F4.15');
  checkRecipients(h);
  need(h.trust_version >= 0, BAD, 'F4.17');
  need(/^(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)$/.test(h.payload_oxum), BAD, 'F4.18');
}

/** Judges `to`: F4.11. */
function checkAddress(h) {
  need(ADDRESS.test(h.to), BAD, 'F4.11');
  if (h.kind === 'trust') need(h.to === 'all', BAD, 'F4.11');
  else if (h.kind !== 'reference') need(h.to !== 'all', BAD, 'F4.11');
  if (h.kind === 'urgent' || h.kind === 'answer') need(h.to !== h.station, BAD, 'F4.11');
}

/** Judges `recipients`: F4.16. */
function checkRecipients(h) {
  const [least, most] = { trust: [0, 0], reference: [0, 1000] }[h.kind] || [1, 128];
  const n = h.recipients.length;
  need(n >= least && n <= most && new Set(h.recipients).size === n, BAD, 'F4.16');
  need(h.recipients.every((r) => /^[0-9a-f]{16}$/.test(r)), BAD, 'F4.16');
}

module.exports = { WITH_SCANS, checkVersion, checkTypes, checkForms };
