'use strict';
const fs = require('fs');
const { parseIdentities } = require('./age');
const { read } = require('./package');

const USAGE = 'usage: reader.js FILE [--trust T] [--identity I] [--passphrase P], or reader.js --many';

/** Reads the words of a command line: FILE [--trust T] [--identity I] [--passphrase P]. */
function parseArguments(args) {
  const options = { file: null, trust: null, identity: null, passphrase: null };
  for (let i = 0; i < args.length; i++) {
    const name = args[i].startsWith('--') ? args[i].slice(2) : null;
    if (name === null) options.file = args[i];
    else if (name !== 'file' && Object.hasOwn(options, name)) options[name] = args[++i];
    else throw new Error(USAGE);
  }
  if (!options.file) throw new Error(USAGE);
  return options;
}

/** Reads one package file. */
function readFile(path, own, keys) {
  const fd = fs.openSync(path, 'r');
  try {
    return read(fd, own, keys);
  } finally {
    fs.closeSync(fd);
  }
}

/** Gives the chain of trust in a trust package: F20.1. */
function chainOf(path) {
  const { reading, verdict } = readFile(path, null, { identities: [], passphrase: null });
  if (!reading.chain || verdict.code) throw new Error(`the trust package is ${verdict.code}`);
  return reading.chain;
}

/** Reads what a command line asks for and writes the verdict: F20.1. */
function answer(args) {
  const { file, trust, identity, passphrase } = parseArguments(args);
  const own = trust ? chainOf(trust) : null;
  const identities = identity ? parseIdentities(fs.readFileSync(identity, 'utf8')) : [];
  const { verdict } = readFile(file, own, { identities, passphrase });
  fs.writeSync(1, `${JSON.stringify(verdict)}\n`);
}

/** Answers many command lines, each a list in JSON on a line of standard input, one after the other. */
function answerMany() {
  const lines = fs.readFileSync(0, 'utf8').split('\n').filter(Boolean);
  for (const line of lines) answer(JSON.parse(line));
}

const words = process.argv.slice(2);
if (words[0] === '--many') answerMany();
else answer(words);
