'use strict';
const { need } = require('./common');
const { Xxh64 } = require('./xxh64');
const { corrupt, BackBits, readNorm, buildFse, singleFse, readHuffman, huffmanStream } = require('./entropy');

const MAX_WINDOW = 8 << 20;
const MAX_BLOCK = 128 << 10;

const LL_NORM = [4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1];
const ML_NORM = [1, 4, 3, 2, 2, 2, 2, 2, 2, ...Array(37).fill(1), -1, -1, -1, -1, -1, -1, -1];
const OF_NORM = [1, 1, 1, 1, 1, 1, 2, 2, 2, ...Array(15).fill(1), -1, -1, -1, -1, -1];
const LL_BITS = [...Array(16).fill(0), 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
const ML_BITS = [...Array(32).fill(0), 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

/** Gives the first value of each code from the widths of the codes before it. */
function baselines(widths, first) {
  const result = [];
  for (let i = 0, next = first; i < widths.length; next += 2 ** widths[i++]) result.push(next);
  return result;
}
const LL_BASE = baselines(LL_BITS, 0);
const ML_BASE = baselines(ML_BITS, 3);

/** Decodes one zstd frame block by block. */
class Frame {
  /** Reads the frame header and judges its form: F10.2. */
  constructor(bytes) {
    this.bytes = bytes;
    need(bytes.length >= 6 && bytes.readUInt32LE(0) === 0xfd2fb528, 'PKG_CORRUPT', 'F10.2');
    const flags = bytes[4];
    const single = (flags >> 5) & 1;
    const sizeFlag = flags >> 6;
    need((flags & 0x08) === 0 && (flags & 3) === 0 && (sizeFlag || single), 'PKG_CORRUPT', 'F10.2');
    this.checksum = (flags >> 2) & 1;
    const sizeBytes = [1, 2, 4, 8][sizeFlag];
    const sizeAt = single ? 5 : 6;
    this.pos = sizeAt + sizeBytes;
    need(bytes.length >= this.pos, 'PKG_CORRUPT', 'F10.2');
    const read = [() => bytes[sizeAt], () => bytes.readUInt16LE(sizeAt) + 256, () => bytes.readUInt32LE(sizeAt),
      () => Number(bytes.readBigUInt64LE(sizeAt))];
    this.contentSize = read[sizeFlag]();
    const base = 2 ** (10 + (bytes[5] >> 3));
    const window = single ? this.contentSize : base + (base / 8) * (bytes[5] & 7);
    need(window <= MAX_WINDOW, 'PKG_CORRUPT', 'F10.2');
    // The content size is judged by F10.3 alone, so a single segment's size bounds neither blocks nor window here.
    this.window = single ? MAX_WINDOW : window;
    this.maxBlock = Math.min(this.window, MAX_BLOCK);
  }

  /** Gives the content piece by piece, each valid until the next; stops the caller's way when it is longer than `limit`. */
  *pieces(limit) {
    this.out = Buffer.alloc(this.window + Math.max(this.window, 4 * MAX_BLOCK) + MAX_BLOCK);
    this.at = 0;
    this.total = 0;
    this.repeats = [1, 4, 8];
    this.tables = [null, null, null];
    this.huffman = null;
    const hash = this.checksum ? new Xxh64() : null;
    for (let last = false; !last;) {
      last = this.block();
      const piece = this.out.subarray(this.blockAt, this.at);
      const before = this.total;
      this.total += piece.length;
      if (hash) hash.update(piece);
      yield piece.subarray(0, Math.min(piece.length, limit - before));
      need(this.total <= limit, 'BOMB', 'F10.3');
    }
    if (hash) {
      need(this.pos + 4 <= this.bytes.length, 'PKG_CORRUPT', 'F10.2');
      need(this.bytes.readUInt32LE(this.pos) === hash.low32(), 'PKG_CORRUPT', 'F10.2');
      this.pos += 4;
    }
    need(this.pos === this.bytes.length, 'PKG_CORRUPT', 'F10.2');
  }

  /** Decodes the next block; tells whether it was the last. */
  block() {
    if (this.pos + 3 > this.bytes.length) corrupt('block header cut');
    const head = this.bytes.readUIntLE(this.pos, 3);
    const size = head >> 3;
    const type = (head >> 1) & 3;
    this.pos += 3;
    const stored = type === 1 ? 1 : size;
    if (type === 3 || size > this.maxBlock || this.pos + stored > this.bytes.length) corrupt('block');
    this.slide();
    this.blockAt = this.at;
    const data = this.bytes.subarray(this.pos, this.pos + stored);
    this.pos += stored;
    if (type === 0) this.append(data);
    else if (type === 1) this.out.fill(data[0], this.at, (this.at += size));
    else this.compressed(data);
    return (head & 1) === 1;
  }

  /** Makes room for a block, keeping one window. */
  slide() {
    if (this.at + MAX_BLOCK <= this.out.length) return;
    this.out.copyWithin(0, this.at - this.window, this.at);
    this.at = this.window;
  }

  append(bytes) {
    if (this.at + bytes.length - this.blockAt > this.maxBlock) corrupt('block too long');
    this.out.set(bytes, this.at);
    this.at += bytes.length;
  }

  /** Decodes a compressed block: literals, then sequences. */
  compressed(data) {
    if (data.length < 2) corrupt('block too short');
    const { literals, length } = this.literals(data);
    this.sequences(data.subarray(length), literals);
  }

  /** Reads the literals section (RFC 8878, 3.1.1.3.1). */
  literals(data) {
    const type = data[0] & 3;
    const format = (data[0] >> 2) & 3;
    const head = (n) => (n <= data.length ? data.readUIntLE(0, n) : corrupt('literals cut'));
    if (type < 2) {
      const n = [1, 2, 1, 3][format];
      const size = n === 1 ? data[0] >> 3 : head(n) >> 4;
      const stored = type === 0 ? size : 1;
      if (size > this.maxBlock || n + stored > data.length) corrupt('literals');
      const literals = type === 0 ? data.subarray(n, n + size) : Buffer.alloc(size, data[n]);
      return { literals, length: n + stored };
    }
    const n = [3, 3, 4, 5][format];
    const width = [10, 10, 14, 18][format];
    const word = Math.floor(head(n) / 16);
    const size = word % 2 ** width;
    const stored = Math.floor(word / 2 ** width);
    if (size > this.maxBlock || n + stored > data.length) corrupt('literals');
    const literals = Buffer.alloc(size);
    this.huffmanLiterals(data.subarray(n, n + stored), literals, type === 2, format === 0);
    return { literals, length: n + stored };
  }

  /** Decodes Huffman literals in one or four streams. */
  huffmanLiterals(data, out, fresh, one) {
    if (fresh) {
      const { table, length } = readHuffman(data);
      this.huffman = table;
      data = data.subarray(length);
    }
    if (!this.huffman) corrupt('no Huffman table');
    if (one) return huffmanStream(this.huffman, data, out);
    if (data.length < 6) corrupt('jump table');
    const part = (out.length + 3) >> 2;
    if (part * 3 > out.length) corrupt('four streams of too little');
    let p = 6;
    for (let i = 0; i < 4; i++) {
      const n = i < 3 ? data.readUInt16LE(2 * i) : data.length - p;
      if (n < 1 || p + n > data.length) corrupt('jump table');
      huffmanStream(this.huffman, data.subarray(p, p + n), out.subarray(part * i, i < 3 ? part * (i + 1) : out.length));
      p += n;
    }
  }

  /** Reads the sequences section and carries it out (RFC 8878, 3.1.1.3.2). */
  sequences(data, literals) {
    let p = 1;
    let count = data.length ? data[0] : corrupt('no sequences section');
    if (count >= 128) {
      p = count === 255 ? 3 : 2;
      if (data.length < p) corrupt('sequences cut');
      count = count === 255 ? data.readUInt16LE(1) + 0x7f00 : ((count - 128) << 8) + data[1];
    }
    if (count === 0) {
      if (p !== data.length) corrupt('more after the literals');
      return this.append(literals);
    }
    if (p >= data.length || data[p] & 3) corrupt('sequence modes');
    const modes = data[p++];
    p += this.readTable(0, modes >> 6, data.subarray(p), LL_NORM, 6, 9, 35);
    p += this.readTable(1, (modes >> 4) & 3, data.subarray(p), OF_NORM, 5, 8, 31);
    p += this.readTable(2, (modes >> 2) & 3, data.subarray(p), ML_NORM, 6, 9, 52);
    this.execute(new BackBits(data.subarray(p)), count, literals);
  }

  /** Reads one of the three tables; gives its length. */
  readTable(which, mode, data, norm, log, maxLog, maxSymbol) {
    if (mode === 0) this.tables[which] = buildFse(norm, log);
    if (mode === 1) {
      if (!data.length || data[0] > maxSymbol) corrupt('RLE symbol');
      this.tables[which] = singleFse(data[0]);
      return 1;
    }
    if (mode === 2) {
      const read = readNorm(data, maxLog, maxSymbol);
      this.tables[which] = buildFse(read.norm, read.log);
      return read.length;
    }
    if (!this.tables[which]) corrupt('no table to repeat');
    return 0;
  }

  /** Decodes the sequences and copies literals and matches. */
  execute(bits, count, literals) {
    const [ll, of, ml] = this.tables;
    let [l, o, m] = [bits.take(ll.log), bits.take(of.log), bits.take(ml.log)];
    let from = 0;
    for (let i = 0; i < count; i++) {
      const code = of.symbol[o];
      const raw = 2 ** code + bits.take(code);
      const mCode = ml.symbol[m];
      const match = ML_BASE[mCode] + bits.take(ML_BITS[mCode]);
      const lCode = ll.symbol[l];
      const run = LL_BASE[lCode] + bits.take(LL_BITS[lCode]);
      if (i < count - 1) {
        l = ll.base[l] + bits.take(ll.width[l]);
        m = ml.base[m] + bits.take(ml.width[m]);
        o = of.base[o] + bits.take(of.width[o]);
      }
      if (bits.left < 0 || from + run > literals.length) corrupt('sequences');
      this.append(literals.subarray(from, (from += run)));
      this.copyMatch(this.offset(raw, run), match);
    }
    if (bits.left !== 0) corrupt('sequences');
    this.append(literals.subarray(from));
  }

  /** Turns an offset value into a distance, keeping the three last ones. */
  offset(raw, run) {
    const r = this.repeats;
    if (raw > 3) {
      this.repeats = [raw - 3, r[0], r[1]];
      return raw - 3;
    }
    const which = raw - 1 + (run === 0 ? 1 : 0);
    const distance = which === 3 ? r[0] - 1 : r[which];
    if (distance < 1) corrupt('offset 0');
    if (which === 1) this.repeats = [distance, r[0], r[2]];
    if (which > 1) this.repeats = [distance, r[0], r[1]];
    return distance;
  }

  /** Copies a match that may overlap itself. */
  copyMatch(distance, length) {
    const { out, at } = this;
    const known = this.total + at - this.blockAt;
    if (distance > known || distance > this.window) corrupt('offset');
    if (at + length - this.blockAt > this.maxBlock) corrupt('block too long');
    if (distance >= length) out.copyWithin(at, at - distance, at - distance + length);
    else for (let i = at; i < at + length; i++) out[i] = out[i - distance];
    this.at += length;
  }
}

module.exports = { Frame };
