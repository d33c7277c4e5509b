'use strict';
const { need } = require('./common');

const INDEX = 'data/index.json.age';
const SCAN = /^data\/att\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\.age$/;

/** Parses a manifest into path → digest: F6.1. */
function parseManifest(bytes) {
  const rows = new Map();
  const text = bytes.toString('latin1');
  if (text === '') return rows;
  need(text.endsWith('\n'), 'PKG_CORRUPT', 'F6.1');
  let before = '';
  for (const row of text.slice(0, -1).split('\n')) {
    need(/^[0-9a-f]{64} {2}[A-Za-z0-9._/-]{1,200}$/.test(row), 'PKG_CORRUPT', 'F6.1');
    const path = row.slice(66);
    need(path > before, 'PKG_CORRUPT', 'F6.1');
    rows.set(path, row.slice(0, 64));
    before = path;
  }
  return rows;
}

/** Judges that a manifest names exactly these paths; a missing one is told first (F15.2). */
function compareNames(rows, paths, rule) {
  const known = new Set(paths);
  need([...rows.keys()].every((p) => known.has(p)), 'MISSING_MEMBER', rule);
  need(paths.every((p) => rows.has(p)), 'EXTRA_MEMBER', rule);
}

/** Tells which names a sealed package must and may have: F3.7. */
function sealedNames(paths, scans) {
  const numbers = paths.map((p) => /^data\/records-(\d{3})\.jsonl\.zst\.age$/.exec(p)).filter(Boolean).map((m) => Number(m[1]));
  const required = [INDEX];
  for (let i = 0; i <= Math.max(0, ...numbers); i++) required.push(`data/records-${String(i).padStart(3, '0')}.jsonl.zst.age`);
  const known = new Set(required);
  return { required, fits: (p) => known.has(p) || (scans && SCAN.test(p)) };
}

/** Tells which names a trust package must and may have: F3.8. */
function trustNames(paths) {
  const name = /^data\/trust\/(\d{6})\.json(?:\.sshsig|\.new\.sshsig)?$/;
  const numbers = paths.map((p) => name.exec(p)).filter(Boolean).map((m) => Number(m[1]));
  const highest = Math.max(1, ...numbers);
  const required = ['data/allowed_signers'];
  for (let i = 1; i <= Math.min(highest, 10000); i++) {
    const path = `data/trust/${String(i).padStart(6, '0')}.json`;
    required.push(path, `${path}.sshsig`);
  }
  const fits = (p) => p === 'data/allowed_signers' || (name.test(p) && !p.startsWith('data/trust/000000'));
  return { required, fits };
}

module.exports = { INDEX, parseManifest, compareNames, sealedNames, trustNames };
