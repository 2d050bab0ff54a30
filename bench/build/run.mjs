// `npm run bench:build`: what builds cost, next to the plain tools and next to the same Nx with tasks that do nothing.
//   -- --no-cold    only what is cached; everything is built once, and that is not measured
//   -- --crates=N --go-modules=N --bridges=N  size of the monorepo; default 100, 100 and 20
//   -- --runs=N     rounds of each measurement; default 3
//   -- --no-single  without the build that has --batch=false
//   -- --keep       leave the scratch folder, and say where it is
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installOurs } from '../graph/installs.mjs';
import { describeMachine } from '../graph/machine.mjs';
import { nxEnvironment, toolEnvironment } from '../graph/processes.mjs';
import { median } from '../graph/statistics.mjs';
import { table } from '../graph/tables.mjs';
import * as workspaces from '../graph/workspaces.mjs';
import { measureCommand } from './cpu-time.mjs';
import { makeIdleTwin, makeTwinThatReads, makeTwinWithOutputs } from './twins.mjs';

const { values: options } = parseArgs({
  allowNegative: true,
  options: {
    crates: { type: 'string', default: '100' },
    'go-modules': { type: 'string', default: '100' },
    bridges: { type: 'string', default: '20' },
    runs: { type: 'string', default: '3' },
    cold: { type: 'boolean', default: true },
    single: { type: 'boolean', default: true },
    keep: { type: 'boolean', default: false },
  },
});
/** The crate whose artifact is restored. */
const RESTORED = 'bridge-00';
const runs = Number(options.runs);
const size = {
  crates: Number(options.crates),
  goModules: Number(options['go-modules']),
  bridges: Number(options.bridges),
};
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'nx-grout-bench-')));
try {
  measure();
} finally {
  if (options.keep) console.log(`kept: ${scratch}`);
  else rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

function measure() {
  const install = join(scratch, 'ours');
  installOurs(install);
  const ours = workspaces.setUpOurs(workspaces.generateWorkspace(install, size));
  const plain = workspaces.copyWorkspace(install, ours.folder, 'plain');
  console.log('# Results of `npm run bench:build`');
  console.log(
    `\n${describeMachine()}\n- medians of ${runs} rounds, ${Math.max(runs, 5)} where all is cached\n- ${size.crates} crates, ${size.goModules} Go modules, ${size.bridges} bridges`,
  );
  const env = nxEnvironment({ GOCACHE: join(scratch, 'go-cache') });
  // What lies outside is at hand for all; that is not part of any measurement.
  measureCommand('cargo fetch --locked && go mod download', { cwd: plain.folder, env: toolEnvironment() });
  if (options.cold) {
    prepareStandardLibrary(plain, env);
    console.log(`\n${coldTable(measureCold({ ours, plain, env }))}`);
  } else {
    measureCommand(buildAll(ours), { cwd: ours.folder, env });
  }
  const nothing = makeIdleTwin({ install, ours, restored: RESTORED });
  const sameOutputs = makeTwinWithOutputs({ install, ours });
  const read = makeTwinThatReads({ install, ours });
  const sides = { nothing, sameOutputs, read, ours };
  console.log(`\n${cachedTable('without the daemon', measureCached(sides, env))}`);
  console.log(`\n${cachedTable('with the daemon, whose CPU is not counted', measureWithDaemon(sides, env))}`);
  console.log(`\n${restoredTable(measureRestored({ nothing, ours }, env))}`);
  console.log(`\n${entryTable(ours)}`);
}

/** Go's standard library is compiled once per machine, not per build; for builds that name no folder, once more. */
function prepareStandardLibrary({ folder }, env) {
  measureCommand('go build std && go build -trimpath std', { cwd: folder, env });
  cpSync(env.GOCACHE, join(scratch, 'go-cache-of-std'), { recursive: true });
}

/** Nothing is built and nothing cached but Go's standard library. */
function forget({ folder }, env) {
  for (const name of ['target', 'dist', 'bin', '.nx']) rmSync(join(folder, name), { recursive: true, force: true });
  rmSync(env.GOCACHE, { recursive: true, force: true });
  cpSync(join(scratch, 'go-cache-of-std'), env.GOCACHE, { recursive: true });
}

function measureCold({ ours, plain, env }) {
  const sides = { plain: [], batched: [], single: [] };
  const build = buildAll(ours);
  for (let round = 0; round < runs; round++) {
    forget(plain, env);
    sides.plain.push(measureCommand(plainBuild(plain), { cwd: plain.folder, env }));
    forget(ours, env);
    sides.batched.push(measureCommand(build, { cwd: ours.folder, env }));
  }
  if (options.single) {
    forget(ours, env);
    sides.single.push(measureCommand(`${build} --batch=false`, { cwd: ours.folder, env }));
  }
  return sides;
}

function buildAll({ nx }) {
  return `'${process.execPath}' '${nx}' run-many -t build --output-style=static`;
}

/** What a person would type: one call of each tool, programs into one folder. */
function plainBuild({ folder }) {
  const modules = readFileSync(join(folder, 'go.work'), 'utf8').matchAll(/^\s+(?:use\s+)?(\.\/\S+)$/gm);
  const patterns = [...modules].map(([, path]) => `${path}/...`);
  return `mkdir -p bin && cargo build --workspace && go build -o bin/ ${patterns.join(' ')}`;
}

function middle(measured, key) {
  return median(measured.map((each) => each[key]));
}

function seconds(ms, digits = 1) {
  return (ms / 1000).toFixed(digits);
}

function coldTable({ plain, batched, single }) {
  const row = (title, measured) => [
    title,
    seconds(middle(measured, 'cpu')),
    (middle(measured, 'cpu') / middle(plain, 'cpu')).toFixed(2),
    seconds(middle(measured, 'wall')),
    (middle(measured, 'wall') / middle(plain, 'wall')).toFixed(2),
  ];
  return table(
    ['cold build of everything', 'CPU, s', 'of plain', 'clock, s', 'of plain'],
    row('cargo build --workspace, go build', plain),
    row('nx run-many -t build', batched),
    ...(single.length === 0 ? [] : [row('the same with --batch=false (one round)', single)]),
  );
}

/** Everything cached and in place, in workspaces of the same Nx. */
function measureCached(sides, env) {
  const build = ({ folder, nx }) => measureCommand(buildAll({ nx }), { cwd: folder, env });
  for (const side of Object.values(sides)) for (let warm = 0; warm < 2; warm++) build(side);
  return inTurns(sides, build);
}

/** As people have it: the graph is known, and outputs that are in their place are not copied again. */
function measureWithDaemon(sides, env) {
  try {
    return measureCached(sides, { ...env, NX_DAEMON: 'true' });
  } finally {
    for (const { folder, nx } of Object.values(sides)) {
      measureCommand(`'${process.execPath}' '${nx}' daemon --stop`, { cwd: folder, env });
    }
  }
}

/** One artifact deleted and restored from the cache, next to one of the same bytes that another executor made. */
function measureRestored(sides, env) {
  const artifacts = `dist/crates/${RESTORED}`;
  const restore = ({ folder, nx }) =>
    measureCommand(
      `rm -rf ${artifacts} && '${process.execPath}' '${nx}' build ${RESTORED} --output-style=static && ls ${artifacts}/*`,
      { cwd: folder, env },
    );
  return inTurns(sides, restore);
}

/** A slow minute of the machine slows all sides. */
function inTurns(sides, measureSide) {
  const measured = Object.fromEntries(Object.keys(sides).map((name) => [name, []]));
  for (let round = 0; round < Math.max(runs, 5); round++)
    for (const [name, side] of Object.entries(sides)) measured[name].push(measureSide(side));
  return measured;
}

function cachedTable(how, { nothing, sameOutputs, read, ours }) {
  const ratios = (key, measured) =>
    [nothing, sameOutputs, read].map((base) => (middle(measured, key) / middle(base, key)).toFixed(2));
  const row = (title, measured) => [
    title,
    ...['wall', 'cpu'].flatMap((key) => [seconds(middle(measured, key), 2), ...ratios(key, measured)]),
  ];
  const head = ['of a', 'of b', 'of c'];
  return table(
    [`nx run-many -t build, all cached, ${how}`, 'clock, s', ...head, 'CPU, s', ...head],
    row('a: tasks of the same Nx that do nothing', nothing),
    row('b: the same, with the same outputs as ours', sameOutputs),
    row('c: the same, and dependents read what they link', read),
    row('ours', ours),
  );
}

function restoredTable({ nothing, ours }) {
  const row = (title, measured) => [
    title,
    ...['wall', 'cpu'].flatMap((key) => [
      seconds(middle(measured, key), 2),
      (middle(measured, key) / middle(nothing, key)).toFixed(2),
    ]),
  ];
  return table(
    ['one artifact, deleted and restored', 'clock, s', 'ratio', 'CPU, s', 'ratio'],
    row('a task of the same Nx', nothing),
    row('ours', ours),
  );
}

/** What the cache keeps of a task, next to what the task made: only where that is more than a megabyte. */
function entryTable({ folder }) {
  const cache = join(folder, '.nx', 'cache');
  const entries = readdirSync(cache, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
  const sizes = entries.flatMap((hash) => {
    const kept = bytesBelow(join(cache, hash));
    const made = filesBelow(join(cache, hash, 'dist')).concat(filesBelow(join(cache, hash, 'outputs', 'dist')));
    const artifact = made.reduce((sum, file) => sum + statSync(file).size, 0);
    return artifact > 1e6 ? [{ kept, artifact }] : [];
  });
  const worst = Math.max(...sizes.map(({ kept, artifact }) => kept / artifact));
  const total = (key) => (sizes.reduce((sum, each) => sum + each[key], 0) / 1e6).toFixed(0);
  return table(
    ['cache entries of artifacts over 1 MB', 'entries', 'artifacts, MB', 'kept, MB', 'worst ratio'],
    ['ours', sizes.length, total('artifact'), total('kept'), worst.toFixed(3)],
  );
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function bytesBelow(path) {
  return filesBelow(path).reduce((sum, file) => sum + statSync(file).size, 0);
}
