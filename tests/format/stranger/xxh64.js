'use strict';

const MASK = (1n << 64n) - 1n;
const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;
const rotl = (v, n) => ((v << n) | (v >> (64n - n))) & MASK;
const round = (acc, lane) => (rotl((acc + lane * P2) & MASK, 31n) * P1) & MASK;

/** The checksum of a zstd frame: XXH64 with seed 0, fed in pieces. */
class Xxh64 {
  constructor() {
    this.acc = [(P1 + P2) & MASK, P2, 0n, MASK + 1n - P1];
    this.rest = Buffer.alloc(0);
    this.length = 0;
  }

  update(piece) {
    this.length += piece.length;
    const all = this.rest.length ? Buffer.concat([this.rest, piece]) : piece;
    const { acc } = this;
    let p = 0;
    for (; p + 32 <= all.length; p += 32) {
      for (let i = 0; i < 4; i++) acc[i] = round(acc[i], all.readBigUInt64LE(p + 8 * i));
    }
    this.rest = Buffer.from(all.subarray(p));
  }

  /** Gives the lower 32 bits, as a frame carries them. */
  low32() {
    const [a, b, c, d] = this.acc;
    let h = P5;
    if (this.length >= 32) {
      h = (rotl(a, 1n) + rotl(b, 7n) + rotl(c, 12n) + rotl(d, 18n)) & MASK;
      for (const v of this.acc) h = ((h ^ round(0n, v)) * P1 + P4) & MASK;
    }
    h = (h + BigInt(this.length)) & MASK;
    let p = 0;
    const { rest } = this;
    for (; p + 8 <= rest.length; p += 8) h = (rotl(h ^ round(0n, rest.readBigUInt64LE(p)), 27n) * P1 + P4) & MASK;
    if (p + 4 <= rest.length) {
      h = (rotl(h ^ ((BigInt(rest.readUInt32LE(p)) * P1) & MASK), 23n) * P2 + P3) & MASK;
      p += 4;
    }
    for (; p < rest.length; p++) h = (rotl(h ^ ((BigInt(rest[p]) * P5) & MASK), 11n) * P1) & MASK;
    h = ((h ^ (h >> 33n)) * P2) & MASK;
    h = ((h ^ (h >> 29n)) * P3) & MASK;
    return Number((h ^ (h >> 32n)) & 0xffffffffn);
  }
}

module.exports = { Xxh64 };
