'use strict';
const { Refusal } = require('./common');

/** Refuses a frame that is not as RFC 8878 has it (F10.2). */
function corrupt(what) { throw new Refusal('PKG_CORRUPT', 'F10.2 ' + what); }

/** Gives the place of the highest bit that is set. */
const highBit = (n) => 31 - Math.clz32(n);

/** Reads a bit stream from its end towards its beginning. */
class BackBits {
  constructor(bytes) {
    const last = bytes[bytes.length - 1];
    if (!last) corrupt('bit stream without end mark');
    this.bytes = bytes;
    this.left = bytes.length * 8 - (8 - highBit(last));
  }

  /** Looks at the next n bits (at most 24); bits beyond the beginning are 0. */
  peek(n) {
    let from = this.left - n;
    let shift = 0;
    if (from < 0) {
      shift = -from;
      if (shift >= n) return 0;
      from = 0;
      n -= shift;
    }
    const b = this.bytes;
    const i = from >> 3;
    const word = b[i] | (b[i + 1] << 8) | (b[i + 2] << 16) | (b[i + 3] << 24);
    return ((word >>> (from & 7)) & ((1 << n) - 1)) << shift;
  }

  take(n) {
    if (n > 24) {
      const high = this.take(n - 24);
      return high * (1 << 24) + this.take(24);
    }
    const v = this.peek(n);
    this.left -= n;
    return v;
  }
}

/** Reads a table of normalized counts from its front (RFC 8878, 4.1.1); gives counts, accuracy and length. */
function readNorm(bytes, maxLog, maxSymbol) {
  let bit = 0;
  const take = (n) => {
    let v = 0;
    for (let i = 0; i < n; i++, bit++) {
      if (bit >> 3 >= bytes.length) corrupt('FSE table cut');
      v |= ((bytes[bit >> 3] >> (bit & 7)) & 1) << i;
    }
    return v;
  };
  const log = take(4) + 5;
  if (log > maxLog) corrupt('FSE accuracy');
  const norm = [];
  let remaining = 1 << log;
  while (remaining > 0) {
    if (norm.length > maxSymbol) corrupt('FSE symbols');
    const bits = highBit(remaining + 1) + 1;
    const low = (1 << (bits - 1)) - 1;
    const threshold = (1 << bits) - 2 - remaining;
    let v = take(bits);
    if ((v & low) < threshold) {
      bit--;
      v &= low;
    } else if (v > low) v -= threshold;
    const count = v - 1;
    norm.push(count);
    remaining -= Math.abs(count);
    for (let repeat = count === 0 ? 3 : 0; repeat === 3;) {
      repeat = take(2);
      for (let i = 0; i < repeat; i++) norm.push(0);
      if (norm.length > maxSymbol + 1) corrupt('FSE symbols');
    }
  }
  if (remaining !== 0 || norm.length > maxSymbol + 1) corrupt('FSE counts');
  return { norm, log, length: (bit + 7) >> 3 };
}

/** Builds the decoding table of normalized counts. */
function buildFse(norm, log) {
  const size = 1 << log;
  const symbol = new Uint8Array(size);
  const width = new Uint8Array(size);
  const base = new Uint16Array(size);
  const next = norm.map((n) => Math.abs(n));
  let high = size;
  norm.forEach((n, s) => { if (n === -1) symbol[--high] = s; });
  const step = (size >> 1) + (size >> 3) + 3;
  let p = 0;
  norm.forEach((n, s) => {
    for (let i = 0; i < n; i++) {
      symbol[p] = s;
      do p = (p + step) & (size - 1); while (p >= high);
    }
  });
  for (let i = 0; i < size; i++) {
    const n = next[symbol[i]]++;
    width[i] = log - highBit(n);
    base[i] = (n << width[i]) - size;
  }
  return { symbol, width, base, log };
}

/** Makes a table that has one symbol only. */
function singleFse(s) {
  return { symbol: Uint8Array.of(s), width: Uint8Array.of(0), base: Uint16Array.of(0), log: 0 };
}

/** Reads Huffman weights packed with FSE (RFC 8878, 4.2.1.2). */
function readFseWeights(bytes) {
  const { norm, log, length } = readNorm(bytes, 6, 255);
  const table = buildFse(norm, log);
  const bits = new BackBits(bytes.subarray(length));
  const weights = [];
  const states = [bits.take(log), bits.take(log)];
  if (bits.left < 0) corrupt('Huffman weights cut');
  for (let turn = 0; ; turn ^= 1) {
    if (weights.length > 253) corrupt('too many Huffman weights');
    const s = states[turn];
    weights.push(table.symbol[s]);
    if (bits.left < table.width[s]) {
      weights.push(table.symbol[states[turn ^ 1]]);
      return weights;
    }
    states[turn] = table.base[s] + bits.take(table.width[s]);
  }
}

/** Reads a Huffman table; gives it and its length (RFC 8878, 4.2.1). */
function readHuffman(bytes) {
  if (!bytes.length) corrupt('no Huffman table');
  const head = bytes[0];
  const length = 1 + (head < 128 ? head : (head - 126) >> 1);
  if (length > bytes.length) corrupt('Huffman table cut');
  let weights;
  if (head < 128) weights = readFseWeights(bytes.subarray(1, length));
  else weights = Array.from({ length: head - 127 }, (_, i) => (bytes[1 + (i >> 1)] >> (i & 1 ? 0 : 4)) & 15);
  return { table: buildHuffman(weights), length };
}

/** Builds a Huffman decoding table from all weights but the last. */
function buildHuffman(weights) {
  const sum = weights.reduce((n, w) => n + (w ? 2 ** (w - 1) : 0), 0);
  if (!sum) corrupt('Huffman weights');
  const log = Math.floor(Math.log2(sum)) + 1;
  const rest = 2 ** log - sum;
  if (log > 11 || (rest & (rest - 1)) !== 0) corrupt('Huffman weights');
  const all = [...weights, highBit(rest) + 1];
  const symbol = new Uint8Array(1 << log);
  const width = new Uint8Array(1 << log);
  let p = 0;
  for (let w = 1; w <= log; w++) {
    for (let s = 0; s < all.length; s++) {
      if (all[s] !== w) continue;
      symbol.fill(s, p, p + (1 << (w - 1)));
      width.fill(log + 1 - w, p, p + (1 << (w - 1)));
      p += 1 << (w - 1);
    }
  }
  return { symbol, width, log };
}

/** Decodes one Huffman stream that fills `out` exactly. */
function huffmanStream(table, bytes, out) {
  const bits = new BackBits(bytes);
  const { symbol, width, log } = table;
  for (let i = 0; i < out.length; i++) {
    const at = bits.peek(log);
    out[i] = symbol[at];
    bits.left -= width[at];
  }
  if (bits.left !== 0) corrupt('Huffman stream');
}

module.exports = { corrupt, BackBits, readNorm, buildFse, singleFse, readHuffman, huffmanStream };
