'use strict';
const fs = require('fs');
const crypto = require('crypto');
const { need } = require('./common');

const PIECE = 1 << 20;
const CRC_TABLE = Int32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let i = 0; i < 8; i++) c = (c >>> 1) ^ (c & 1 ? 0xedb88320 : 0);
  return c;
});

/** Goes on with the CRC-32 of ZIP over more bytes. */
function crc32(bytes, before) {
  let c = ~before;
  for (let i = 0; i < bytes.length; i++) c = CRC_TABLE[(c ^ bytes[i]) & 255] ^ (c >>> 8);
  return ~c;
}

/** One open package file and its members (F1, F2). */
class Container {
  constructor(fd) {
    this.fd = fd;
    this.size = fs.fstatSync(this.fd).size;
    need(this.size <= 4294967295, 'TOO_LARGE', 'F1.1');
    this.readEnd();
    this.readDirectory();
    this.readLocalHeaders();
    this.checkNames();
    this.checkOverlap();
    this.byPath = new Map(this.members.map((m) => [m.path, m]));
  }

  /** Reads bytes of the file at a place. */
  at(offset, length) {
    const bytes = Buffer.alloc(length);
    let got = 0;
    while (got < length) {
      const n = fs.readSync(this.fd, bytes, got, length - got, offset + got);
      need(n > 0, 'PKG_CORRUPT', 'file became shorter');
      got += n;
    }
    return bytes;
  }

  /** Finds the end record and the directory: F1.2–F1.4. */
  readEnd() {
    const tailLength = Math.min(this.size, 65557);
    const tail = this.at(this.size - tailLength, tailLength);
    const where = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1');
    need(where >= 0 && tailLength - where >= 22, 'PKG_CORRUPT', 'F1.2');
    this.endAt = this.size - tailLength + where;
    this.end = tail.subarray(where);
    const length = this.end.readUInt32LE(12);
    need(this.end.readUInt16LE(10) <= 10000 && length <= 4 << 20, 'TOO_LARGE', 'F1.3');
    this.dirAt = this.endAt - length;
    this.shift = this.dirAt - this.end.readUInt32LE(16);
    need(this.dirAt >= 0 && this.shift >= 0, 'PKG_CORRUPT', 'F1.4');
    this.directory = this.at(this.dirAt, length);
  }

  /** Reads the rows of the directory: F1.5. */
  readDirectory() {
    const dir = this.directory;
    this.members = [];
    let p = 0;
    while (p < dir.length) {
      need(this.members.length < 10000, 'TOO_LARGE', 'F1.5');
      need(p + 46 <= dir.length && dir.readUInt32LE(p) === 0x02014b50, 'PKG_CORRUPT', 'F1.5');
      const nameLength = dir.readUInt16LE(p + 28);
      const next = p + 46 + nameLength + dir.readUInt16LE(p + 30) + dir.readUInt16LE(p + 32);
      need(next <= dir.length, 'PKG_CORRUPT', 'F1.5');
      this.members.push({
        method: dir.readUInt16LE(p + 10),
        size: dir.readUInt32LE(p + 20),
        mode: dir.readUInt32LE(p + 38) >>> 16,
        headerAt: dir.readUInt32LE(p + 42) + this.shift,
        name: dir.toString('latin1', p + 46, p + 46 + nameLength),
      });
      p = next;
    }
  }

  /** Finds each member's data: F1.6. */
  readLocalHeaders() {
    for (const m of this.members) {
      need(m.headerAt + 30 <= this.size, 'PKG_CORRUPT', 'F1.6');
      const head = this.at(m.headerAt, 30);
      need(head.readUInt32LE(0) === 0x04034b50, 'PKG_CORRUPT', 'F1.6');
      m.dataAt = m.headerAt + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
      m.dataEnd = m.dataAt + m.size;
      need(m.dataEnd <= this.size, 'PKG_CORRUPT', 'F1.6');
    }
  }

  /** Judges the names: F2.1, F2.2, F2.4, F2.3, F2.5, in the order of F15.1. */
  checkNames() {
    const device = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?$/i;
    for (const m of this.members) {
      need(/^[A-Za-z0-9._/-]{1,200}$/.test(m.name), 'PATH_UNSAFE', 'F2.1');
      const bad = m.name.split('/').some((s) => s === '' || s.startsWith('.') || s.endsWith('.') || device.test(s));
      need(!bad, 'PATH_UNSAFE', 'F2.2');
    }
    const folded = new Set(this.members.map((m) => m.name.toLowerCase()));
    need(folded.size === this.members.length, 'PATH_DUP', 'F2.4');
    need(this.members.every((m) => (m.mode & 0o170000) !== 0o120000), 'PATH_UNSAFE', 'F2.3');
    need(this.members.length > 0, 'ROOT', 'F2.5');
    this.root = this.members[0].name.split('/')[0];
    for (const m of this.members) {
      need(m.name.startsWith(this.root + '/'), 'ROOT', 'F2.5');
      m.path = m.name.slice(this.root.length + 1);
    }
  }

  /** Judges methods and places: F1.7, F1.8. */
  checkOverlap() {
    need(this.members.every((m) => m.method === 0), 'ZIP_METHOD', 'F1.7');
    const spans = this.members.map((m) => [m.headerAt, m.dataEnd]).sort((a, b) => a[0] - b[0]);
    need(spans.every((s) => s[1] <= this.dirAt), 'ZIP_OVERLAP', 'F1.8');
    for (let i = 1; i < spans.length; i++) need(spans[i][0] >= spans[i - 1][1], 'ZIP_OVERLAP', 'F1.8');
  }

  /** Tells whether there is a member at a path. */
  has(path) { return this.byPath.has(path); }

  /** Reads a whole member; the caller has judged its size. */
  read(path) {
    const m = this.byPath.get(path);
    return this.at(m.dataAt, m.size);
  }

  /** Gives SHA-256 and CRC-32 of a member, read in pieces, once. */
  digest(m) {
    if (!m.digest) {
      const hash = crypto.createHash('sha256');
      let crc = 0;
      for (let p = m.dataAt; p < m.dataEnd; p += PIECE) {
        const piece = this.at(p, Math.min(PIECE, m.dataEnd - p));
        hash.update(piece);
        crc = crc32(piece, crc);
      }
      m.digest = { sha256: hash.digest('hex'), crc };
    }
    return m.digest;
  }

  /** Judges that the file is the one ZIP of its members: F6.6. */
  checkCanonical() {
    const first = this.root + '/header.json';
    const rank = (m) => (m.name === first ? '' : m.name);
    const sorted = [...this.members].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
    const entries = [];
    let offset = 0;
    for (const m of sorted) {
      const head = headerFields(m, this.digest(m).crc);
      const name = Buffer.from(m.name, 'latin1');
      const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), head, Buffer.alloc(2), name]);
      const same = m.headerAt === offset && m.dataAt === offset + local.length;
      need(same && this.at(offset, local.length).equals(local), 'ZIP_NOT_CANONICAL', 'F6.6');
      const where = Buffer.alloc(4);
      where.writeUInt32LE(offset);
      entries.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), head, Buffer.alloc(12), where, name);
      offset = m.dataEnd;
    }
    const directory = Buffer.concat(entries);
    const end = Buffer.alloc(22);
    end.write('PK\x05\x06', 'latin1');
    end.writeUInt16LE(sorted.length, 8);
    end.writeUInt16LE(sorted.length, 10);
    end.writeUInt32LE(directory.length, 12);
    end.writeUInt32LE(offset, 16);
    const same = this.dirAt === offset && this.directory.equals(directory) && this.end.equals(end);
    need(same, 'ZIP_NOT_CANONICAL', 'F6.6');
  }
}

/** Makes the fields that local header and directory entry share, from "needed" to the length of the name (F6.6). */
function headerFields(m, crc) {
  const b = Buffer.alloc(24);
  b.writeUInt16LE(20, 0);
  b.writeUInt16LE(0x21, 8);
  b.writeUInt32LE(crc >>> 0, 10);
  b.writeUInt32LE(m.size, 14);
  b.writeUInt32LE(m.size, 18);
  b.writeUInt16LE(m.name.length, 22);
  return b;
}

module.exports = { Container };
