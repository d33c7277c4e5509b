'use strict';

/** A number that is no whole number below 2^53 (F4.3); keeps its spelling. It compares as no number does. */
class OtherNumber {
  constructor(text) { this.text = text; }
  get isWhole() { return WHOLE.test(this.text); }
  toJSON() { return Number(this.text); }
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WHOLE = /^-?[0-9]+$/;
const LONE = /\p{Surrogate}/u;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const SPACE = /[ \t\n\r]*/y;
const ESCAPES = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Strict JSON of F4.1; objects have no prototype, whole numbers are JS numbers. */
class Parser {
  constructor(text) {
    this.text = text;
    this.pos = 0;
  }

  fail(what) { throw new SyntaxError(`${what} at ${this.pos}`); }

  skip() {
    SPACE.lastIndex = this.pos;
    SPACE.test(this.text);
    this.pos = SPACE.lastIndex;
  }

  value(depth) {
    this.skip();
    const c = this.text[this.pos];
    if (c === '{') return this.object(depth);
    if (c === '[') return this.array(depth);
    if (c === '"') return this.string();
    for (const [word, v] of [['true', true], ['false', false], ['null', null]]) {
      if (this.text.startsWith(word, this.pos)) {
        this.pos += word.length;
        return v;
      }
    }
    return this.number();
  }

  object(depth) {
    if (depth > 32) this.fail('too deep');
    const result = Object.create(null);
    this.pos++;
    this.skip();
    if (this.take('}')) return result;
    for (;;) {
      this.skip();
      if (this.text[this.pos] !== '"') this.fail('no name');
      const name = this.string();
      if (name in result) this.fail('member twice');
      this.skip();
      if (!this.take(':')) this.fail('no colon');
      result[name] = this.value(depth + 1);
      this.skip();
      if (this.take('}')) return result;
      if (!this.take(',')) this.fail('no comma');
    }
  }

  array(depth) {
    if (depth > 32) this.fail('too deep');
    const result = [];
    this.pos++;
    this.skip();
    if (this.take(']')) return result;
    for (;;) {
      result.push(this.value(depth + 1));
      this.skip();
      if (this.take(']')) return result;
      if (!this.take(',')) this.fail('no comma');
    }
  }

  take(c) {
    if (this.text[this.pos] !== c) return false;
    this.pos++;
    return true;
  }

  string() {
    let result = '';
    let escaped = false;
    this.pos++;
    for (;;) {
      PLAIN.lastIndex = this.pos;
      PLAIN.test(this.text);
      result += this.text.slice(this.pos, PLAIN.lastIndex);
      this.pos = PLAIN.lastIndex;
      if (this.take('"')) break;
      if (!this.take('\\')) this.fail('bad string');
      escaped = true;
      result += this.escape();
    }
    if (escaped && LONE.test(result)) this.fail('lone surrogate');
    return result;
  }

  escape() {
    const c = this.text[this.pos++];
    if (c === 'u') {
      const hex = this.text.slice(this.pos, this.pos + 4);
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) this.fail('bad escape');
      this.pos += 4;
      return String.fromCharCode(parseInt(hex, 16));
    }
    if (c === undefined || !Object.hasOwn(ESCAPES, c)) this.fail('bad escape');
    return ESCAPES[c];
  }

  number() {
    NUMBER.lastIndex = this.pos;
    const m = NUMBER.exec(this.text);
    if (!m) this.fail('no value');
    this.pos = NUMBER.lastIndex;
    const n = Number(m[0]);
    if (!Number.isFinite(n)) this.fail('number too large');
    return WHOLE.test(m[0]) && Number.isSafeInteger(n) ? n : new OtherNumber(m[0]);
  }
}

/** Counts the bytes `,` `[` `{`, wherever they stand. */
function countSeparators(bytes) {
  let n = 0;
  for (let i = 0; i < bytes.length; i++) {
    const b = bytes[i];
    if (b === 0x2c || b === 0x5b || b === 0x7b) n++;
  }
  return n;
}

/** Parses strict JSON (F4.1) from bytes; throws SyntaxError or TypeError when it is not. */
function parseStrict(bytes, maxSeparators = 100000) {
  if (countSeparators(bytes) > maxSeparators) throw new SyntaxError('too many values');
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  const parser = new Parser(text);
  const value = parser.value(1);
  parser.skip();
  if (parser.pos !== text.length) parser.fail('more after the end');
  return value;
}

/** Parses strict JSON; undefined when it is not. */
function tryParse(bytes, maxSeparators) {
  try {
    return parseStrict(bytes, maxSeparators);
  } catch (e) {
    if (e instanceof SyntaxError || e instanceof TypeError) return undefined;
    throw e;
  }
}

/** Tells whether bytes of strict JSON have white space outside strings (F4.2). */
function hasOuterSpace(bytes) {
  return /[ \t\n\r]/.test(bytes.toString('latin1').replace(/"(?:[^"\\]|\\.)*"/g, ''));
}

const isObject = (v) => typeof v === 'object' && v !== null && !Array.isArray(v) && !(v instanceof OtherNumber);
const isString = (v) => typeof v === 'string';
/** Tells whether a value is a whole number of any size; whether it is below 2^53 is judged with its value (F4.3). */
const isWhole = (v) => typeof v === 'number' || (v instanceof OtherNumber && v.isWhole);
const isList = (v, each) => Array.isArray(v) && v.every(each);

module.exports = { OtherNumber, tryParse, hasOuterSpace, isObject, isString, isWhole, isList };
