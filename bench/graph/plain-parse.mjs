// The plainest honest parse of each kind of file that the graph is made of: no checks, no places, no messages.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse as parseToml } from 'smol-toml';

const BY_NAME = {
  'Cargo.toml': parseToml,
  'grout.toml': parseToml,
  'Cargo.lock': scanCargoLock,
  'go.mod': scanGoDirectives,
  'go.work': scanGoDirectives,
  'go.sum': scanGoSum,
  'project.json': JSON.parse,
};

const BY_EXTENSION = /\.(?:go|rs|proto)$/;

/** Whether the graph depends on what is in the file. */
export function isGraphFile(path) {
  return basename(path) in BY_NAME || BY_EXTENSION.test(path);
}

/** Reads and parses the files one after the other; the result holds all records, so that none is optimized away. */
export function readAndParse(root, paths) {
  const records = new Map();
  let characters = 0;
  for (const path of paths) {
    const text = readFileSync(join(root, path), 'utf8');
    characters += text.length;
    records.set(path, (BY_NAME[basename(path)] ?? splitLines)(text));
  }
  return { records, characters };
}

/** Sources of either language: what a parser of their headers does comes on top of this. */
function splitLines(text) {
  return text.split('\n');
}

/** Packages with their fields and dependencies, in the one shape that cargo writes. */
function scanCargoLock(text) {
  const packages = [];
  for (const line of text.split('\n')) {
    if (line === '[[package]]') packages.push({ dependencies: [] });
    else if (line.startsWith(' "')) packages.at(-1).dependencies.push(line.slice(2, line.lastIndexOf('"')));
    else if (line.endsWith('"') && packages.length > 0) {
      const equals = line.indexOf(' = "');
      packages.at(-1)[line.slice(0, equals)] = line.slice(equals + 4, -1);
    }
  }
  return packages;
}

/** Lines of go.mod or go.work as [directive, word, …]; those of a block take the block's directive. */
function scanGoDirectives(text) {
  const directives = [];
  let block;
  for (const line of text.split('\n')) {
    const words = line.trim().split(/\s+/);
    if (words[0] === '' || words[0].startsWith('//')) continue;
    if (words[0] === ')') block = undefined;
    else if (words[1] === '(') block = words[0];
    else directives.push(block === undefined ? words : [block, ...words]);
  }
  return directives;
}

/** Lines of go.sum as [module, version, checksum]. */
function scanGoSum(text) {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' '));
}
