// The floor under the plugin's own time: a plain read and parse of every file that the graph is made of.
//   node bench/graph/floor.mjs FOLDER [--runs=11]   medians over fresh processes
//   node bench/graph/floor.mjs FOLDER --once        one process, as JSON for other scripts
// Finding the files is not part of it: in Nx, the walk and the hashes are Nx's share.
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isGraphFile, readAndParse } from './plain-parse.mjs';
import { median } from './statistics.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '11' }, once: { type: 'boolean', default: false } },
});
if (positionals.length !== 1) {
  console.error('usage: node bench/graph/floor.mjs FOLDER [--runs=N | --once]');
  process.exit(2);
}
const root = resolve(positionals[0]);
if (values.once) console.log(JSON.stringify(measureOnce()));
else report(Number(values.runs));

/** The first pass of this process over files that are listed beforehand, and how long it takes after that. */
function measureOnce() {
  const paths = listGraphFiles();
  const { ms, characters } = timePass(paths);
  const againMs = median(Array.from({ length: 5 }, () => timePass(paths).ms));
  return { ms, againMs, files: paths.length, characters };
}

function timePass(paths) {
  const started = performance.now();
  const { records, characters } = readAndParse(root, paths);
  const ms = performance.now() - started;
  if (records.size !== paths.length) throw new Error('a file was listed twice');
  return { ms, characters };
}

/** What git tracks or would track: the same files that Nx sees. */
function listGraphFiles() {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return listed.split('\0').filter((path) => path !== '' && isGraphFile(path));
}

function report(runs) {
  const all = Array.from({ length: runs }, measureInFreshProcess);
  const [{ files, characters }] = all;
  console.log(`${root}: ${files} files, ${Math.round(characters / 1000)} thousand characters`);
  console.log(`fresh process          ${median(all.map(({ ms }) => ms)).toFixed(1)} ms, median of ${runs}`);
  console.log(`again in that process  ${median(all.map(({ againMs }) => againMs)).toFixed(1)} ms`);
}

function measureInFreshProcess() {
  const output = execFileSync(process.execPath, [fileURLToPath(import.meta.url), root, '--once'], { encoding: 'utf8' });
  return JSON.parse(output);
}
